import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, platform, release } from 'node:os';
import { join } from 'node:path';
import type { Clause } from '../clauses/catalogue';
import type { Database } from '../database/database';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { suiteVersion } from '../project';
import { Summary, type SummaryOptions } from '../report/summary';
import type { AdapterCommand } from '../runtime/command';
import { setCurrentSession } from '../session/current';
import { openSession, type Session } from '../session/session';
import { Collector } from '../verdict/collect';
import { combine, type Verdict } from '../verdict/judge';
import type { ResultFile, ScenarioResult } from '../verdict/result';
import { kernelAvailable } from '../witness/kernel';
import { runFeatures } from './features';

export interface RuntimeRun {
  readonly command: AdapterCommand;
  readonly database: Database;
  readonly clauses: readonly Clause[];
  readonly tags: string;
  readonly reports: string;
  readonly summary: SummaryOptions;
  readonly write: (line: string) => void;
}

/** Tests one runtime: prints clause by clause while it goes, and writes the result file, whatever comes of it. */
export async function runRuntime(run: RuntimeRun): Promise<ResultFile> {
  mkdirSync(run.reports, { recursive: true });
  const scenarios: ScenarioResult[] = [];
  const summary = new Summary(run.clauses, run.summary, run.write);
  let identity: unknown = null;
  let fault: unknown;
  try {
    const session = await openSession(run.command, run.database.address);
    try {
      identity = await introduce(run, session);
      setCurrentSession(session);
      const collector = new Collector(run.clauses, (result) => {
        scenarios.push(result);
        summary.scenario(result);
      });
      const messages = join(run.reports, `${run.command.name}.ndjson`);
      await runFeatures({ tags: run.tags, messages, onMessage: (envelope) => collector.message(envelope) });
      summary.end();
    } finally {
      setCurrentSession(undefined);
      await session.close();
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    fault = error;
    run.write(explain(error));
  }
  const file = resultFile(run, identity, scenarios, fault);
  writeFileSync(join(run.reports, `${run.command.name}.json`), `${JSON.stringify(file)}\n`);
  run.write(closing(file));
  return file;
}

/** Says what is tested, and gives it for the result; an adapter that cannot be started ends the run here. */
async function introduce({ command, database, write }: RuntimeRun, { bench }: Session): Promise<unknown> {
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
  write(`  ${database.server.name} ${database.server.version}, ${database.provider}`);
  return adapter.identity;
}

function resultFile(run: RuntimeRun, identity: unknown, scenarios: ScenarioResult[], fault: unknown): ResultFile {
  const { name, command, args } = run.command;
  const { provider, server } = run.database;
  return {
    greenspec: suiteVersion(),
    format: 1,
    runtime: { name, command: [command, ...args], identity },
    platform: {
      os: `${platform()} ${release()}`,
      architecture: arch(),
      cores: availableParallelism(),
      node: process.version,
      procfs: kernelAvailable(),
    },
    database: { provider, server: server.name, version: server.version },
    date: new Date().toISOString(),
    verdict: verdictOf(scenarios, fault),
    ...(fault instanceof Fault ? { fault: fault.facts } : {}),
    scenarios,
  };
}

/** A run in which nothing was judged is not green. */
function verdictOf(scenarios: readonly ScenarioResult[], fault: unknown): Verdict {
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
