import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Fault, type FaultFacts } from '../src/fault/fault';
import { compose } from '../src/program/compose';
import { NO_FACTS } from '../src/program/plan';
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
  /** So many programs had come to no end of their own, or left green threads behind, that this one would hardly do better. */
  | { readonly kind: 'left-out' };

/**
 * Milliseconds, beside the waits that it asks for: no program takes as long unless it is stuck, and then that is proven before, or
 * goes on and on.
 */
export const DEADLINE = 4000;

/** What a program that asks to be waited is given for it, so many times over: a mutant may have all its green threads wait in turn. */
const WAITS = 5;

/** Of a liar nothing is to be proven but that it lies, and that is known by then. */
export const DEADLINE_OF_LIARS = 2000;

/** Milliseconds of processor time: mutants that let nobody else run are many, and a verdict does not rest on it. */
const TURNING = 100;

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
 * What a program costs that comes to no end of its own, or leaves green threads behind: a process, and where it is cut at the deadline all that
 * time, too. A runtime that has cost so much is taken to do so with any other; what is left out can only have been caught more often than is said.
 */
const COSTS = { stuck: 1, cut: 3 };
const COST_OF_LEAVING = 1;
const MAY_COST = 12;

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
  const session = await openSession(command, database, { deadline, turning: TURNING, looks: LOOKS, ahead: false });
  try {
    const runs: CaseRun[] = [];
    let cost = 0;
    for (const [i, one] of inOrder(cases, first)) {
      const run = cost >= MAY_COST ? LEFT_OUT : reaches(one) ? await runCase(session, one.cast, witnesses) : UNAFFECTED;
      runs[i] = run;
      cost += costOf(run);
      if (enough(one, run)) break;
    }
    return runs;
  } finally {
    await session.close();
  }
}

/** Each with its index: some before the others; of these one of each clause, then a second of each, and so on: what is left out is left out evenly. */
function inOrder(cases: readonly Case[], first: (one: Case) => boolean): [number, Case][] {
  const rounds = new Map<string, number>();
  const ranked = cases.map((one, i) => {
    const round = rounds.get(one.clause) ?? 1;
    if (!first(one)) rounds.set(one.clause, round + 1);
    return { i, one, rank: first(one) ? 0 : round };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ i, one }) => [i, one]);
}

const LEFT_OUT: CaseRun = { kind: 'left-out' };
const UNAFFECTED: CaseRun = { kind: 'unaffected' };

function costOf(run: CaseRun): number {
  if (run.kind !== 'ran') return 0;
  const { end } = run.record;
  if (end.kind !== 'completed') return COSTS[end.kind];
  return end.unfinished > 0 ? COST_OF_LEAVING : 0;
}

async function runCase({ bench }: Session, cast: Case['cast'], witnesses: Witnesses): Promise<CaseRun> {
  const { database } = bench;
  const seen =
    database instanceof Fault || witnesses.mysql === undefined
      ? database
      : { ...database, witness: witnesses.mysql(database.witness) };
  try {
    const deadline = bench.deadline + WAITS * compose(cast, NO_FACTS).declaredWait * 1000;
    return await runScenario({ ...bench, database: seen, witnesses, deadline }, cast);
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
