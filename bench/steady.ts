import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { formatUrl } from '../src/database/address';
import { openNamedDatabase } from '../src/database/open';
import { guard } from '../src/guardian/guardian';
import { endOnSignals } from '../src/guardian/orderly';
import { ROOT } from '../src/project';
import type { ResultFile } from '../src/verdict/result';

interface Options {
  readonly runs: number;
  readonly load: number;
}

/** Runs the whole suite again and again beside busy loops, and says which verdicts differ from those of the first run. */
async function main(name: string, { runs, load }: Options): Promise<void> {
  endOnSignals(print);
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-steady-'));
  const unguard = guard({ kind: 'folder', path: folder });
  const database = await openNamedDatabase();
  const loops = Array.from({ length: load }, busyLoop);
  try {
    const url = formatUrl(database.address);
    print(`${name}, ${runs} runs beside ${load} busy loops, ${database.server.name} ${database.server.version}`);
    const differences = await compareRuns(name, runs, url, folder);
    print(differences === 0 ? `${runs} runs, not one verdict differs` : `${runs} runs, ${differences} verdicts differ`);
    process.exitCode = differences === 0 ? 0 : 1;
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
    await database.close();
    rmSync(folder, { recursive: true, force: true });
    unguard();
  }
}

async function compareRuns(name: string, runs: number, url: string, folder: string): Promise<number> {
  let first: Map<string, string> | undefined;
  let differences = 0;
  for (let run = 1; run <= runs; run++) {
    const began = performance.now();
    const verdicts = await runOnce(name, url, folder);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    first ??= verdicts;
    const different = [...verdicts].filter(([scenario, verdict]) => first?.get(scenario) !== verdict);
    differences += different.length;
    print(`run ${run}: ${verdicts.size} verdicts in ${seconds} s${different.length === 0 ? '' : ', which differ:'}`);
    for (const [scenario, verdict] of different) print(`  ${scenario}: ${verdict}`);
  }
  return differences;
}

/** The verdicts by scenario; a run that leaves no result is a difference, too. */
async function runOnce(name: string, url: string, folder: string): Promise<Map<string, string>> {
  const child = spawn(
    process.execPath,
    ['bin/greenspec.js', 'run', name, '--no-report', '--no-facts', '--mysql', url, '--reports', folder],
    {
      cwd: ROOT,
      stdio: 'ignore',
    },
  );
  await once(child, 'close');
  const { scenarios } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as ResultFile;
  return new Map(
    scenarios.map(({ clause, name: scenario, verdict, reason }) => [`${clause} ${scenario}`, told(verdict, reason)]),
  );
}

/** Why is worth knowing where it is not a pass; it varies in its figures, so only the verdict is compared. */
function told(verdict: string, reason: string | undefined): string {
  if (verdict !== 'pass' && verdict !== 'not-applicable') print(`    ${verdict}: ${reason}`);
  return verdict;
}

function busyLoop(): ChildProcess {
  const loop = spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore', detached: true });
  if (loop.pid !== undefined) guard({ kind: 'group', pid: loop.pid });
  return loop;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const command = new Command('steady')
  .argument('[runtime]', 'a shipped runtime', 'eventlet')
  .option('--runs <count>', 'how many runs', Number, 100)
  .option('--load <count>', 'how many busy loops', Number, 4)
  .action((name: string, options: Options) => main(name, options));
void command.parseAsync();
