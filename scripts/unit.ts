import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatUrl } from '../src/database/address';
import { openNamedDatabase } from '../src/database/open';
import { explain } from '../src/fault/explain';
import { endOnSignals, onExit } from '../src/guardian/orderly';
import { ROOT } from '../src/project';
import { findGo, GO_MODULE } from '../src/runtime/go-toolchain';

/** Runs the unit tests of TypeScript, Python and Go, with a MySQL server for those that take one. */
async function main(): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  endOnSignals(log);
  const database = await openNamedDatabase(log);
  try {
    log(`unit tests, with ${database.server.name} ${database.server.version} from ${database.provider}`);
    const url = formatUrl(database.address);
    const env = { ...process.env, GREENSPEC_MYSQL: url };
    const node = ['--require', 'ts-node/register', '--test', '--test-concurrency=2', 'test/**/*.test.ts'];
    let worst = 0;
    for (const suite of [{ command: process.execPath, args: node }, ...python(log), ...go(log)]) {
      const code = await run(suite, env);
      if (code === 'ended') return;
      worst = Math.max(worst, code);
    }
    process.exitCode = worst;
  } finally {
    await database.close();
  }
}

interface Suite {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

/** The Python SDK's tests: where there is no Python environment it is said, for they are part of the suite. */
function python(log: (line: string) => void): Suite[] {
  const command = join(ROOT, '.venv', 'bin', 'python');
  const args = ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'];
  if (existsSync(command)) return [{ command, args, cwd: join(ROOT, 'adapters', 'python') }];
  log('the tests of the Python SDK are NOT run: there is no Python environment; ./setup makes one');
  return [];
}

/** The Go SDK's tests, and what `go vet` finds. */
function go(log: (line: string) => void): Suite[] {
  const command = findGo();
  if (command !== undefined) return ['vet', 'test'].map((what) => ({ command, args: [what, './...'], cwd: GO_MODULE }));
  log('the tests of the Go SDK are NOT run: there is no Go; apt-get install golang-go gets one');
  return [];
}

/**
 * Gives the exit code, or that a signal has ended it: then no other is begun. Meanwhile this process goes on: one that stood still for minutes would not learn that the container engine has closed an
 * idle connection, and ask it over that to end the server.
 */
async function run({ command, args, cwd = ROOT }: Suite, env: NodeJS.ProcessEnv): Promise<number | 'ended'> {
  const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
  const exit = once(child, 'exit');
  let ended = false;
  const release = onExit(async () => {
    ended = true;
    child.kill();
    await exit;
  });
  const [code] = (await exit) as [number | null];
  release();
  return ended ? 'ended' : (code ?? 1);
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
