import { join } from 'node:path';
import { readCatalogue } from '../clauses/catalogue';
import type { Database } from '../database/database';
import { openDatabase } from '../database/open';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { ROOT } from '../project';
import type { ResultFile } from '../verdict/result';
import { exitCode } from './exit-code';
import { openExpectations } from './expectations';
import { inLanes } from './lanes';
import { runRuntime } from './run-runtime';
import type { Settings } from './settings';
import type { Target } from './targets';
import { Turns } from './turns';

/** Tests runtimes, some at a time, on one server; gives the exit code. All expectations are read before anything is run. */
export async function testAll(targets: readonly Target[], settings: Settings, update: boolean): Promise<number> {
  const { tags, features, parallel, facts, reports, verbose } = settings;
  const clauses = readCatalogue(ROOT).clauses;
  const deadline = settings.deadline === undefined ? undefined : settings.deadline * 1000;
  const common = {
    ...{ clauses, tags, features, parallel, facts, reports },
    session: { deadline, procfs: process.env.GREENSPEC_PROCFS },
    summary: { colour: process.stdout.isTTY, verbose },
  };
  const tests = targets.map((target) => ({
    command: target.command,
    named: target.named,
    judging: openExpectations(target, clauses, update),
  }));
  return withDatabase(settings, async (database) => {
    const turns = new Turns(tests.length, print);
    const test = (one: (typeof tests)[number], i: number): Promise<ResultFile> =>
      runRuntime({ ...common, ...one, database, write: (line) => turns.write(i, line) }).finally(() => turns.done(i));
    const results = await inLanes(settings.jobs, tests, test);
    if (settings.report) await report(settings.reports);
    return exitCode(results);
  });
}

/** The report is of all results that are there. What cannot be read of earlier ones is told, and keeps nobody from the rest. */
async function report(folder: string): Promise<void> {
  const { writeReport } = await import('./report');
  for (const problem of await writeReport([folder], folder)) print(explain(problem));
  print(`report: ${join(folder, 'index.html')}`);
}

/** Where no server can be had, what needs none is tested all the same; one that the user named wrongly is to be named again. */
async function withDatabase<T>(
  { mysql, image, verbose }: Settings,
  use: (database: Promise<Database | Fault>) => Promise<T>,
): Promise<T> {
  const log = verbose ? (line: string) => process.stderr.write(`${line}\n`) : undefined;
  const database = openDatabase({ url: mysql, image, log }).catch((error: unknown) => {
    if (error instanceof Fault && error.facts.party !== 'user') return error;
    throw error;
  });
  // Whoever waits for it hears of its failure.
  database.catch(() => {});
  try {
    return await use(database);
  } finally {
    const opened = await database.catch(() => undefined);
    if (opened !== undefined && !(opened instanceof Fault)) await opened.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
