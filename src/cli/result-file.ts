import { writeFileSync } from 'node:fs';
import { arch, availableParallelism, platform, release } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../database/database';
import { Fault } from '../fault/fault';
import { suiteVersion } from '../project';
import { deviations } from '../verdict/expectations/judge';
import { judgeRun, verdictOf } from '../verdict/outcome';
import type { FactResult, ResultFile, ScenarioResult } from '../verdict/result';
import { kernelAvailable } from '../witness/procfs';
import type { RuntimeRun } from './runtime-run';

/** What is known of a run at some moment. */
export interface RunState {
  readonly database: Database | Fault | undefined;
  readonly identity: unknown;
  readonly scenarios: ScenarioResult[];
  /** Undefined where they are not asked for. */
  readonly facts?: FactResult[] | undefined;
  /** What ended it before its time. */
  readonly fault: Fault | undefined;
}

export function resultFile(run: RuntimeRun, { database, identity, scenarios, facts, fault }: RunState): ResultFile {
  const { name, command, args } = run.command;
  const cut = fault !== undefined;
  return {
    greenspec: suiteVersion(),
    format: 2,
    runtime: { name, command: [command, ...args], named: run.named, identity },
    platform: {
      os: `${platform()} ${release()}`,
      architecture: arch(),
      cores: availableParallelism(),
      node: process.version,
      procfs: kernelAvailable(run.session.procfs),
    },
    database: identify(database),
    date: new Date().toISOString(),
    verdict: verdictOf(scenarios, cut),
    ...(fault === undefined ? {} : { fault: fault.facts }),
    ...compare(run, scenarios, cut),
    scenarios,
    ...(facts === undefined ? {} : { facts }),
  };
}

function compare({ judging }: RuntimeRun, scenarios: readonly ScenarioResult[], cut: boolean): Partial<ResultFile> {
  if (judging === undefined) return {};
  const { file } = judging.expectations;
  const found = deviations(file, judging.bound, scenarios);
  return { expectations: { file, outcome: judgeRun(scenarios, cut, found), deviations: found } };
}

export function writeResult({ reports, command }: RuntimeRun, file: ResultFile): void {
  const path = join(reports, `${command.name}.json`);
  try {
    writeFileSync(path, `${JSON.stringify(file)}\n`);
  } catch (cause) {
    throw new Fault({ party: 'environment', what: `${path} cannot be written` }, { cause });
  }
}

function identify(database: Database | Fault | undefined): ResultFile['database'] {
  if (database === undefined || database instanceof Fault) return null;
  const { provider, server } = database;
  return { provider, server: server.name, version: server.version };
}
