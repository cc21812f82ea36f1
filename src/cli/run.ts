import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { readCatalogue } from '../clauses/catalogue';
import type { Database } from '../database/database';
import { openDatabase } from '../database/open';
import { parseUrl } from '../database/url';
import { Fault } from '../fault/fault';
import { ROOT } from '../project';
import { type ShippedRuntime, shippedRuntimes } from '../runtime/shipped';
import type { Verdict } from '../verdict/judge';
import type { ResultFile } from '../verdict/result';
import { runRuntime } from './run-runtime';

export interface RunOptions {
  readonly mysql?: string;
  readonly mysqlImage?: string;
  readonly tags: string;
  readonly reports: string;
  /** Seconds. */
  readonly deadline?: number;
  /** How many scenarios are run at a time. */
  readonly parallel?: number;
  readonly verbose: boolean;
}

/** `greenspec run NAME [-- COMMAND…]`. */
export async function run(name: string, command: readonly string[], options: RunOptions): Promise<number> {
  const runtime = command.length > 0 ? ownRuntime(name, command) : find(name);
  return testAll([runtime], options);
}

/** `greenspec conformance`: the model, and every shipped runtime that is there. */
export async function conformance(options: RunOptions): Promise<number> {
  const runtimes = shippedRuntimes();
  for (const { command, missing } of runtimes) {
    if (missing !== undefined) print(`${command.name}: not installed (${missing})`);
  }
  return testAll(
    runtimes.filter(({ missing }) => missing === undefined),
    options,
  );
}

/** What can be known to be wrong before anything is started is told before anything is started. */
async function testAll(runtimes: readonly ShippedRuntime[], options: RunOptions): Promise<number> {
  prepareReports(options.reports);
  if (options.mysql !== undefined) parseUrl(options.mysql);
  if (options.tags !== '' && !(await someScenarioHas(options.tags))) {
    print(`nothing is judged: no scenario has the tags ${options.tags}`);
    return exitCode([]);
  }
  return withDatabase(options, async (database) => {
    const results: ResultFile[] = [];
    for (const runtime of runtimes) results.push(await test(runtime, database, options));
    return exitCode(results);
  });
}

/** Cucumber takes a while to load: where there are no tags to look at, that is done beside the start of adapter and server. */
async function someScenarioHas(tags: string): Promise<boolean> {
  const { countScenarios } = await import('./features');
  return (await countScenarios(tags)) > 0;
}

function prepareReports(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const what = 'results cannot be written';
    throw new Fault({ party: 'user', what, expected: 'a folder that can be written to', came: folder }, { cause });
  }
}

function ownRuntime(name: string, [command = '', ...args]: readonly string[]): ShippedRuntime {
  if (!/^[\w.-]+$/.test(name)) {
    throw new Fault({
      party: 'user',
      what: 'no name for a runtime',
      expected: 'letters, digits, and _ . -',
      came: name,
    });
  }
  return { command: { name, command, args, cwd: process.cwd() } };
}

function find(name: string): ShippedRuntime {
  const runtimes = shippedRuntimes();
  const runtime = runtimes.find(({ command }) => command.name === name);
  const known = runtimes.map(({ command }) => command.name).join(', ');
  if (runtime === undefined)
    throw new Fault({ party: 'user', what: 'no such runtime', expected: `one of ${known}`, came: name });
  if (runtime.missing !== undefined) {
    throw new Fault({
      party: 'environment',
      what: `${name} is not installed`,
      came: runtime.missing,
      advice: './setup',
    });
  }
  return runtime;
}

function test(
  { command }: ShippedRuntime,
  database: Promise<Database | Fault>,
  options: RunOptions,
): Promise<ResultFile> {
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
