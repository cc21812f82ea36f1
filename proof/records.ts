import { existsSync, readFileSync, writeFileSync } from 'node:fs';
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

/** What came of a case: a record; nothing that applies; no run at all, and whose fault that is; or why none was made. */
export type CaseRun =
  | Attempt
  | { readonly kind: 'faulted'; readonly fault: FaultFacts }
  /** Its program cannot reach what is broken. */
  | { readonly kind: 'unaffected' }
  /** So many programs had not come to their end that what this one would come to says nothing more. */
  | { readonly kind: 'left-out' };

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
  /** Which cases are run before the others. */
  readonly first?: (one: Case) => boolean;
  /** Which cases can reach what is broken: all, if absent. */
  readonly reaches?: (one: Case) => boolean;
  /** Whether what a case came to is enough. */
  readonly enough?: (one: Case, run: CaseRun) => boolean;
}

/**
 * Programs that stand still, or are cut, after which a runtime is taken to bring none to its end: each costs a process, and what is left out can
 * only have been caught more often than is said.
 */
const STANDSTILLS = 12;

/** Runs the cases on one runtime, one after the other. */
export async function runCases(
  command: AdapterCommand,
  database: DatabaseAddress,
  cases: readonly Case[],
  {
    deadline = DEADLINE,
    witnesses = {},
    first = () => false,
    reaches = () => true,
    enough = () => false,
  }: HowToRun = {},
): Promise<CaseRun[]> {
  const session = await openSession(command, database, { deadline, turning: TURNING, looks: LOOKS });
  try {
    const runs: CaseRun[] = [];
    let standstills = 0;
    for (const [i, one] of inOrder(cases, first)) {
      if (standstills >= STANDSTILLS) runs[i] = { kind: 'left-out' };
      else runs[i] = reaches(one) ? await runCase(session, one.cast, witnesses) : { kind: 'unaffected' };
      if (hasNoEnd(runs[i])) standstills += 1;
      if (enough(one, runs[i])) break;
    }
    return runs;
  } finally {
    await session.close();
  }
}

/** Each with its index; some before the others. */
function inOrder(cases: readonly Case[], first: (one: Case) => boolean): [number, Case][] {
  const all = [...cases.entries()];
  return [...all.filter(([, one]) => first(one)), ...all.filter(([, one]) => !first(one))];
}

function hasNoEnd(run: CaseRun): boolean {
  return run.kind === 'ran' && run.record.end.kind !== 'completed';
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

/** What was kept of a mutant; undefined where nothing was. */
export function keptRuns(folder: string, name: string): CaseRun[] | undefined {
  if (!existsSync(fileOf(folder, name))) return undefined;
  return JSON.parse(gunzipSync(readFileSync(fileOf(folder, name))).toString('utf8')) as CaseRun[];
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${name}.json.gz`);
}
