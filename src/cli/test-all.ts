import { resolve } from 'node:path';
import { readCatalogue } from '../clauses/catalogue';
import type { Database } from '../database/database';
import { openDatabase } from '../database/open';
import { Fault } from '../fault/fault';
import { ROOT } from '../project';
import type { AdapterCommand } from '../runtime/command';
import type { Verdict } from '../verdict/judge';
import type { ResultFile } from '../verdict/result';
import type { RunOptions } from './run-options';
import { runRuntime } from './run-runtime';

/** Tests runtimes one after the other, on one server; gives the exit code. */
export async function testAll(commands: readonly AdapterCommand[], options: RunOptions): Promise<number> {
  return withDatabase(options, async (database) => {
    const results: ResultFile[] = [];
    for (const command of commands) results.push(await test(command, database, options));
    return exitCode(results);
  });
}

function test(command: AdapterCommand, database: Promise<Database | Fault>, options: RunOptions): Promise<ResultFile> {
  return runRuntime({
    command,
    database,
    clauses: readCatalogue(ROOT).clauses,
    tags: options.tags,
    parallel: options.parallel,
    reports: resolve(options.reports),
    session: {
      deadline: options.deadline === undefined ? undefined : options.deadline * 1000,
      procfs: process.env.GREENSPEC_PROCFS,
    },
    summary: { colour: process.stdout.isTTY, verbose: options.verbose },
    write: print,
  });
}

/** Where no server can be had, what needs none is tested all the same; one that the user named wrongly is to be named again. */
async function withDatabase<T>(
  options: RunOptions,
  use: (database: Promise<Database | Fault>) => Promise<T>,
): Promise<T> {
  const log = options.verbose ? (line: string) => process.stderr.write(`${line}\n`) : undefined;
  const database = openDatabase({ url: options.mysql, image: options.mysqlImage, log }).catch((error: unknown) => {
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

const CODES: Record<Verdict, number> = { pass: 0, fail: 1, inconclusive: 3, 'not-applicable': 3 };

/** One that does not conform outweighs one that is not judged: it is known for certain. */
function exitCode(results: readonly ResultFile[]): number {
  const codes = results.map(({ verdict }) => CODES[verdict]);
  if (codes.includes(1)) return 1;
  return codes.length === 0 ? 3 : Math.max(...codes);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
