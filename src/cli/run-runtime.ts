import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, platform, release } from 'node:os';
import { join } from 'node:path';
import type { Clause } from '../clauses/catalogue';
import type { Database } from '../database/database';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { onExit } from '../guardian/orderly';
import { suiteVersion } from '../project';
import { Summary, type SummaryOptions } from '../report/summary';
import { interrupted } from '../runtime/adapter-faults';
import type { AdapterCommand } from '../runtime/command';
import { setCurrentSession } from '../session/current';
import { openSession, type Session, type SessionOptions } from '../session/session';
import { Collector } from '../verdict/collect';
import { combine, type Verdict } from '../verdict/judge';
import type { ResultFile, ScenarioResult } from '../verdict/result';
import { kernelAvailable } from '../witness/procfs';
import { FEATURES } from './feature-files';

export interface RuntimeRun {
  readonly command: AdapterCommand;
  /** A server, or the reason why there is none. */
  readonly database: Database | Fault | Promise<Database | Fault>;
  readonly clauses: readonly Clause[];
  readonly tags: string;
  readonly parallel?: number | undefined;
  /** Feature files other than the suite's own. */
  readonly features?: readonly string[];
  readonly reports: string;
  readonly session: SessionOptions;
  readonly summary: SummaryOptions;
  readonly write: (line: string) => void;
}

/** Tests one runtime: prints clause by clause while it goes, and writes the result file, whatever comes of it. */
export async function runRuntime(run: RuntimeRun): Promise<ResultFile> {
  mkdirSync(run.reports, { recursive: true });
  const scenarios: ScenarioResult[] = [];
  const summary = new Summary(run.clauses, run.summary, run.write);
  let identity: unknown = null;
  let database: Database | Fault | undefined;
  let fault: Fault | undefined;
  let stopped = false;
  const together = (run.parallel ?? 1) > 1;
  const address = Promise.resolve(run.database).then((database) =>
    database instanceof Fault ? database : database.address,
  );
  const opening = openSession(run.command, address, run.session);
  // Registered after the session, so called before it is closed: what is in hand then is what there is.
  const release = onExit(async () => {
    stopped = true;
    writeResult(run, resultFile(run, database, identity, scenarios, interrupted()));
  });
  try {
    // Loaded while the adapter starts.
    const { loadSteps, runFeatures } = await import('./features');
    await loadSteps();
    const session = await opening;
    database = await run.database;
    try {
      identity = await introduce(run, database, session);
      setCurrentSession(session);
      const collector = new Collector(run.clauses, (result) => {
        if (stopped) return;
        scenarios.push(result);
        if (!together) summary.scenario(result);
      });
      const messages = join(run.reports, `${run.command.name}.ndjson`);
      const { tags, features, parallel, command, session: options } = run;
      const setting = { command, database: await address, options };
      await runFeatures({
        ...{ features, tags, messages, parallel, session: setting },
        onMessage: (envelope) => collector.message(envelope),
      });
      // Those that ran together are told when all have run, each where it stands.
      if (together) for (const result of inOrder(scenarios)) summary.scenario(result);
      summary.end();
    } finally {
      setCurrentSession(undefined);
      for (const late of await session.close()) run.write(explain(late));
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    fault = error;
    if (!stopped) run.write(explain(error));
  } finally {
    release();
  }
  if (stopped) throw interrupted();
  const file = resultFile(run, database, identity, scenarios, fault);
  writeResult(run, file);
  run.write(closing(file));
  return file;
}

/** In the order in which they stand in the features. */
function inOrder(scenarios: ScenarioResult[]): ScenarioResult[] {
  const place = ({ feature }: ScenarioResult): number => FEATURES.indexOf(feature);
  return scenarios.sort((a, b) => place(a) - place(b) || a.line - b.line);
}

/** Says what is tested, and gives it for the result; an adapter that cannot be started ends the run here. */
async function introduce(
  { command, write }: RuntimeRun,
  database: Database | Fault,
  { bench }: Session,
): Promise<unknown> {
  if (!kernelAvailable(bench.procfs))
    write(`there is no procfs at ${bench.procfs}: what only the kernel can tell stays open`);
  const adapter = await bench.pool.take();
  if (adapter === undefined) {
    throw new Fault({
      party: 'adapter',
      what: `the adapter of ${command.name} will be neither patched nor unpatched`,
      advice: 'docs/protocol.md',
    });
  }
  const { runtime } = adapter.identity;
  const { 'c-library': driver } = runtime.drivers;
  const lock = `${runtime.lock.name}${runtime.lock.standIn ? ' (stand-in)' : ''}`;
  write(
    `${command.name}: ${runtime.name} ${runtime.version} on ${runtime.language.name} ${runtime.language.version}, lock ${lock}`,
  );
  write(
    `  C driver ${driver === undefined ? 'none' : `${driver.name} ${driver.version}${driver.model === true ? ' (a model of one)' : ''}`}`,
  );
  if (!(database instanceof Fault)) write(`  ${database.server.name} ${database.server.version}, ${database.provider}`);
  if (bench.database instanceof Fault)
    write(
      `without MySQL, since there is ${bench.database === database ? 'none' : 'trouble with it'}:\n${explain(bench.database)}`,
    );
  return adapter.identity;
}

function writeResult({ reports, command }: RuntimeRun, file: ResultFile): void {
  const path = join(reports, `${command.name}.json`);
  try {
    writeFileSync(path, `${JSON.stringify(file)}\n`);
  } catch (cause) {
    throw new Fault({ party: 'environment', what: `${path} cannot be written` }, { cause });
  }
}

function resultFile(
  run: RuntimeRun,
  database: Database | Fault | undefined,
  identity: unknown,
  scenarios: ScenarioResult[],
  fault: Fault | undefined,
): ResultFile {
  const { name, command, args } = run.command;
  return {
    greenspec: suiteVersion(),
    format: 1,
    runtime: { name, command: [command, ...args], identity },
    platform: {
      os: `${platform()} ${release()}`,
      architecture: arch(),
      cores: availableParallelism(),
      node: process.version,
      procfs: kernelAvailable(run.session.procfs),
    },
    database: identify(database),
    date: new Date().toISOString(),
    verdict: verdictOf(scenarios, fault),
    ...(fault === undefined ? {} : { fault: fault.facts }),
    scenarios,
  };
}

function identify(database: Database | Fault | undefined): ResultFile['database'] {
  if (database === undefined || database instanceof Fault) return null;
  const { provider, server } = database;
  return { provider, server: server.name, version: server.version };
}

/** A run in which nothing was judged is not green. */
function verdictOf(scenarios: readonly ScenarioResult[], fault: Fault | undefined): Verdict {
  const verdict = combine(scenarios.map((scenario) => scenario.verdict));
  if (verdict === 'fail') return 'fail';
  return fault !== undefined || verdict === 'not-applicable' ? 'inconclusive' : verdict;
}

function closing({ verdict, scenarios, runtime }: ResultFile): string {
  const counts = (['pass', 'fail', 'inconclusive', 'not-applicable'] as const)
    .map((kind) => ({ kind, count: scenarios.filter((scenario) => scenario.verdict === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`);
  const words = {
    pass: 'conforms',
    fail: 'does not conform',
    inconclusive: 'is not judged',
    'not-applicable': 'is not judged',
  };
  return `${runtime.name} ${words[verdict]}: ${counts.length === 0 ? 'no scenario was run' : counts.join(', ')}\n`;
}
