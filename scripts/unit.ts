import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatUrl } from '../src/database/address';
import { openDatabase } from '../src/database/open';
import { explain } from '../src/fault/explain';
import { endOnSignals } from '../src/guardian/orderly';
import { ROOT } from '../src/project';
import { findGo, GO_MODULE } from '../src/runtime/go-toolchain';

/** Runs the unit tests of TypeScript, Python and Go, with a MySQL server for those that take one. */
async function main(): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  endOnSignals(log);
  const database = await openDatabase({
    url: process.env.GREENSPEC_MYSQL || undefined,
    image: process.env.GREENSPEC_MYSQL_IMAGE || undefined,
    log,
  });
  try {
    log(`unit tests, with ${database.server.name} ${database.server.version} from ${database.provider}`);
    const url = formatUrl(database.address);
    const env = { ...process.env, GREENSPEC_MYSQL: url };
    const node = ['--require', 'ts-node/register', '--test', '--test-concurrency=2', 'test/**/*.test.ts'];
    const codes = [run(process.execPath, node, env), ...python(env, log), ...go(env, log)];
    process.exitCode = Math.max(...codes);
  } finally {
    await database.close();
  }
}

/** The Python SDK's tests: where there is no Python environment it is said, for they are part of the suite. */
function python(env: NodeJS.ProcessEnv, log: (line: string) => void): number[] {
  const interpreter = join(ROOT, '.venv', 'bin', 'python');
  if (existsSync(interpreter))
    return [
      run(interpreter, ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'], env, join(ROOT, 'adapters', 'python')),
    ];
  log('the tests of the Python SDK are NOT run: there is no Python environment; ./setup makes one');
  return [];
}

/** The Go SDK's tests, and what `go vet` finds. */
function go(env: NodeJS.ProcessEnv, log: (line: string) => void): number[] {
  const command = findGo();
  if (command !== undefined)
    return [
      ['vet', './...'],
      ['test', './...'],
    ].map((args) => run(command, args, env, GO_MODULE));
  log('the tests of the Go SDK are NOT run: there is no Go; apt-get install golang-go gets one');
  return [];
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = ROOT): number {
  return spawnSync(command, args, { cwd, env, stdio: 'inherit' }).status ?? 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
