import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault, type FaultFacts } from '../src/fault/fault';
import type { DatabaseAddress } from '../src/protocol/messages';
import type { AdapterCommand } from '../src/runtime/command';
import type { WitnessMakers } from '../src/runtime/run-plan';
import { type Attempt, runScenario } from '../src/session/run-scenario';
import { openSession, type Session } from '../src/session/session';
import type { MySqlWitness } from '../src/witness/mysql';
import type { Case } from './cases';

/** What came of a case: a record; nothing that applies; no run at all, and whose fault that is; or that none was needed. */
export type CaseRun =
  | Attempt
  | { readonly kind: 'faulted'; readonly fault: FaultFacts }
  /** Its program cannot reach what is broken. */
  | { readonly kind: 'unaffected' };

/** Milliseconds: none of the programs takes as long unless it is stuck, and then that is proven before. */
export const DEADLINE = 8000;

/** Of a liar nothing is to be proven but that it lies, and that is known by then. */
export const DEADLINE_OF_LIARS = 2000;

/** Milliseconds of processor time: mutants that let nobody else run are many, and a verdict does not rest on it. */
const TURNING = 300;

/** Mutants that stand still are many, and the server is on this machine. */
const LOOKS = 20;

/** Witnesses to take the place of the usual ones. */
export interface Witnesses extends Partial<WitnessMakers> {
  readonly mysql?: (usual: MySqlWitness) => MySqlWitness;
}

interface HowToRun {
  readonly deadline?: number;
  readonly witnesses?: Witnesses;
  /** Which cases can reach what is broken: all, if absent. */
  readonly reaches?: (one: Case) => boolean;
  /** Whether what a case came to is enough. */
  readonly enough?: (one: Case, run: CaseRun) => boolean;
}

/** Runs the cases on one runtime, one after the other. */
export async function runCases(
  command: AdapterCommand,
  database: DatabaseAddress,
  cases: readonly Case[],
  { deadline = DEADLINE, witnesses = {}, reaches = () => true, enough = () => false }: HowToRun = {},
): Promise<CaseRun[]> {
  const session = await openSession(command, database, { deadline, turning: TURNING, looks: LOOKS });
  try {
    const runs: CaseRun[] = [];
    for (const one of cases) {
      const run: CaseRun = reaches(one) ? await runCase(session, one.cast, witnesses) : { kind: 'unaffected' };
      runs.push(run);
      if (enough(one, run)) break;
    }
    return runs;
  } finally {
    await session.close();
  }
}

async function runCase({ bench }: Session, cast: Case['cast'], witnesses: Witnesses): Promise<CaseRun> {
  const { database } = bench;
  const seen =
    database instanceof Fault || witnesses.mysql === undefined
      ? database
      : { ...database, witness: witnesses.mysql(database.witness) };
  try {
    return await runScenario({ ...bench, database: seen, witnesses }, cast);
  } catch (error) {
    if (error instanceof Fault) return { kind: 'faulted', fault: error.facts };
    throw error;
  }
}

/** Keeps what was recorded, so that it can be judged again without running anything. */
export function keepRuns(folder: string, name: string, runs: readonly CaseRun[]): void {
  writeFileSync(fileOf(folder, name), gzipSync(JSON.stringify(runs)));
}

export function keptRuns(folder: string, name: string): CaseRun[] {
  return JSON.parse(gunzipSync(readFileSync(fileOf(folder, name))).toString('utf8')) as CaseRun[];
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.json.gz`);
}
