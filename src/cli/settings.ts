import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { LoadedConfig } from '../config/load';
import type { RunOptions } from './run-options';

/** What a run is made with, wherever it was said. */
export interface Settings {
  /** At most one of the two. */
  readonly mysql?: string | undefined;
  readonly image?: string | undefined;
  readonly tags: string;
  /** Single scenarios, as FILE:LINE; all, where none are named. */
  readonly features?: readonly string[] | undefined;
  /** A whole path. */
  readonly reports: string;
  /** Seconds. */
  readonly deadline?: number | undefined;
  readonly parallel?: number | undefined;
  /** How many runtimes are tested at a time. */
  readonly jobs: number;
  /** Whether the profiles of the runtimes are taken. */
  readonly facts: boolean;
  readonly verbose: boolean;
  readonly report: boolean;
}

/** The command line wins over the configuration, which wins over the environment: docs/configuration.md. */
export function settle(
  options: RunOptions,
  loaded: LoadedConfig | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const config = loaded?.config;
  const parallel = options.parallel ?? config?.parallel;
  return {
    ...settleDatabase(options, loaded, env),
    tags: options.tags,
    features: options.scenario,
    reports: reports(options, loaded),
    deadline: options.deadline ?? config?.deadline,
    parallel,
    jobs: options.jobs ?? usualJobs(parallel),
    // Who looks at some scenarios only wants to see these soon.
    facts: options.facts ?? (options.tags === '' && options.scenario === undefined),
    verbose: options.verbose,
    report: options.report,
  };
}

/** While one runtime waits, others are tested: three of them fill two processors. Scenarios that run together leave nothing for that. */
function usualJobs(parallel = 1): number {
  return parallel > 1 || availableParallelism() < 2 ? 1 : 3;
}

/** Which server is meant. */
export function settleDatabase(
  options: Pick<RunOptions, 'mysql' | 'mysqlImage'>,
  loaded: LoadedConfig | undefined,
  env: Readonly<Record<string, string | undefined>>,
): DatabaseWish {
  return database([
    { mysql: options.mysql, image: options.mysqlImage },
    { ...loaded?.config.database },
    { mysql: env.GREENSPEC_MYSQL || undefined, image: env.GREENSPEC_MYSQL_IMAGE || undefined },
  ]);
}

interface DatabaseWish {
  readonly mysql?: string | undefined;
  readonly image?: string | undefined;
}

/** Who names a database at all, by whichever way, has the say; an address goes before an image. */
function database(wishes: readonly DatabaseWish[]): DatabaseWish {
  const { mysql, image } = wishes.find(({ mysql, image }) => (mysql ?? image) !== undefined) ?? {};
  return mysql === undefined ? { image } : { mysql };
}

/** Single scenarios that are run again leave the results of whole runs as they are, unless the user says where to write. */
function reports({ reports, scenario }: RunOptions, loaded: LoadedConfig | undefined): string {
  if (reports !== undefined) return resolve(reports);
  const usual =
    loaded?.config.reports === undefined ? resolve('reports') : resolve(loaded.folder, loaded.config.reports);
  return scenario === undefined ? usual : join(usual, 'again');
}
