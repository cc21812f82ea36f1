import { randomBytes } from 'node:crypto';
import { Fault, type FaultFacts } from '../fault/fault';
import { needsOf } from '../program/needs';
import { NO_FACTS, type Plan, type PlanFacts, ROWS } from '../program/plan';
import { countInstances, everyStep } from '../program/walk';
import type { DatabaseAddress, RunParams, RunResult } from '../protocol/messages';
import type { Challenges, End, Row, RunRecord } from '../trace/record';
import { type GateObserver, type GateServer, Gates } from '../witness/gates';
import type { KernelWitness } from '../witness/kernel';
import type { MySqlWitness } from '../witness/mysql';
import { callOffCompany, conduct } from './conductor';
import { LiveRun } from './live-run';
import type { AdapterPool, ReadyAdapter } from './pool';
import type { RunFolders } from './run-folders';
import { waitsOf } from './starvation';

/** What runs are made with: everything that outlives one. */
export interface Bench {
  readonly name: string;
  readonly pool: AdapterPool;
  readonly gates: GateServer;
  readonly folders: RunFolders;
  /** A server and the witness at it; or the reason why there is none, for programs that would use it. */
  readonly database: { readonly address: DatabaseAddress; readonly witness: MySqlWitness } | Fault;
  /** Milliseconds after which a run that goes on is given up. */
  readonly deadline: number;
  /** How often a process that rests is looked at before nothing is taken to be on its way to it from the server. */
  readonly looks: number;
  /** Milliseconds of processor time after which green threads that let nobody else run are called off. */
  readonly turning: number;
  /** How the witnesses of each run are made, where not as usual: a broken one must be noticed. */
  readonly witnesses?: Partial<WitnessMakers>;
  /** Where the kernel tells of processes: /proc, where there is one. */
  readonly procfs: string;
}

/** How the witnesses of a run are made; that of the kernel is its process's. */
export interface WitnessMakers {
  kernel(usual: KernelWitness): KernelWitness;
  gates(observer: GateObserver): Gates;
}

const USUAL: WitnessMakers = {
  kernel: (usual) => usual,
  gates: (observer) => new Gates(observer),
};

let runs = 0;

/**
 * Runs one plan on a runtime and gives the record of it, whatever happened: an adapter that dies, a program that is
 * stuck and a server that is lost end in the record. The process is replaced if it is not fit for another program.
 *
 * @throws Fault where no run could be made at all: no adapter, no server to prepare.
 */
export async function runPlan(
  bench: Omit<Bench, 'pool'>,
  adapter: ReadyAdapter,
  makePlan: (facts: PlanFacts) => Plan,
): Promise<RunRecord> {
  const nonce = randomBytes(8).toString('hex');
  const outline = makePlan(NO_FACTS);
  const database = databaseFor(outline, bench);
  const mysql = database?.witness;
  const rows = await rowsFor(outline, mysql);
  const plan = mysql === undefined || rows === undefined ? outline : makePlan(factsOf(mysql, nonce, rows));
  const folder = bench.folders.make(nonce, pipesOf(plan));
  const params: RunParams = {
    run: `r${++runs}`,
    nonce,
    program: plan.program,
    gates: bench.gates.address,
    folder: folder.path,
    ...(database === undefined ? {} : { database: database.address }),
  };
  const witnesses = { ...USUAL, ...bench.witnesses };
  const kernel = witnesses.kernel(adapter.kernel);
  const gatePort = bench.gates.address.port;
  const { name, deadline, turning, looks } = bench;
  const { flag = '', company = [] } = plan.callOff ?? {};
  const computing = plan.acts.flatMap((act) => (act.act === 'raise' ? [act.flag] : []));
  const callOff = (): void => callOffCompany(run, [flag, ...computing], folder.path);
  const run: LiveRun = new LiveRun({
    name,
    nonce,
    kernel,
    makeGates: witnesses.gates,
    mysql,
    gatePort,
    deadline,
    turning,
    looks,
    company,
    waits: waitsOf(plan.program),
    greenThreads: countInstances(plan.program),
    declaredWait: plan.declaredWait,
    callOff,
    waitToHear: adapter.process.waitToHear,
  });
  bench.gates.enter(nonce, run.gates, adapter.process.waitToHear);
  const readsRowWaits = plan.acts.some((act) => (act.act === 'see' && act.lock === 'row') || act.act === 'explore');
  try {
    if (readsRowWaits) await mysql?.claimRowWaits();
    if (plan.hold !== undefined) {
      await mysql?.hold(plan.hold, nonce, rows?.[0]?.id ?? 0);
      run.note({ kind: 'held', lock: plan.hold });
    }
    const library = adapter.identity.runtime.drivers['c-library']?.library;
    const end = await execute(adapter, params, plan, run);
    const mapped = database === undefined || library === undefined ? undefined : kernel.mapped(library);
    const challenges: Challenges = { ...(rows === undefined ? {} : { rows }), file: folder.text, log: folder.log() };
    return {
      run: params.run,
      nonce,
      pid: adapter.process.ownPid,
      runtime: adapter.identity.runtime,
      patched: adapter.identity.patched,
      program: plan.program,
      entries: run.entries,
      ...(mapped === undefined ? {} : { mapped }),
      challenges,
      end,
    };
  } finally {
    bench.gates.leave(nonce);
    if (kernel !== adapter.kernel) kernel.close();
    await mysql?.release(nonce).catch(() => {});
    if (readsRowWaits) await mysql?.leaveRowWaits().catch(() => {});
    // A query waits on without its client.
    if (!adapter.process.alive) await mysql?.end(nonce).catch(() => {});
  }
}

function factsOf(mysql: MySqlWitness, nonce: string, rows: readonly Row[]): PlanFacts {
  const [first = 0, ...others] = rows.map(({ id }) => id);
  return { lockName: mysql.lockName(nonce), table: mysql.table, rows: [first, ...others] };
}

async function rowsFor({ rows }: Plan, mysql: MySqlWitness | undefined): Promise<readonly Row[] | undefined> {
  return rows === undefined ? mysql?.newRows(ROWS) : mysql?.rowsOf(rows);
}

/** What a plan's program needs of the bench's database: nothing, for one that asks no queries. */
function databaseFor(plan: Plan, { database }: Pick<Bench, 'database'>): Exclude<Bench['database'], Fault> | undefined {
  if (!needsOf(plan).includes('query')) return undefined;
  if (!(database instanceof Fault)) return database;
  const { party, what } = database.facts;
  throw new Fault({ party, what: `there is no MySQL server for this: ${what}` });
}

/** Runs the program and does the harness's part, until the program ends, is proven stuck, or is given up. */
async function execute(adapter: ReadyAdapter, params: RunParams, plan: Plan, run: LiveRun): Promise<End> {
  const answer = adapter.process.run(params, (event) => run.event(event));
  const ended = answer.then(
    () => run.finish(),
    (error: Error) => run.fail(error),
  );
  try {
    await conduct(run, plan.acts, params.folder);
    // What quiescence means now: all that the harness owed is given, so nothing will ever move again.
    const reached = await run.reach('the end of the program', () => false);
    if (reached === 'quiescent' && !adapter.process.mute) return await stuck(adapter, run);
    const result = await answer;
    // A server that was lost meanwhile may be what queries ended with.
    await run.mysql?.active(run.nonce);
    return await completed(adapter, result);
  } catch (error) {
    return { kind: 'cut', fault: await giveUp(adapter, error) };
  } finally {
    await ended;
  }
}

async function completed(adapter: ReadyAdapter, result: RunResult): Promise<End> {
  if (result.unfinished > 0) await adapter.process.kill();
  return { kind: 'completed', events: result.events, unfinished: result.unfinished };
}

async function stuck(adapter: ReadyAdapter, run: LiveRun): Promise<End> {
  const at = run.openSteps();
  if (at.length === 0) throw adapter.process.blameForSilence();
  await adapter.process.kill();
  return { kind: 'stuck', at };
}

async function giveUp(adapter: ReadyAdapter, error: unknown): Promise<FaultFacts> {
  await adapter.process.kill();
  if (error instanceof Fault) return { ...error.facts, ...causeOf(error) };
  throw error;
}

/** A record is data: of a cause, the words are kept. */
function causeOf(fault: Fault): { cause?: string } {
  return fault.cause instanceof Error ? { cause: fault.cause.message || fault.cause.name } : {};
}

/** The pipes that a program reads by calls that nothing has patched. */
function pipesOf({ program }: Plan): string[] {
  return everyStep(program).flatMap(({ step }) =>
    step.do === 'wait' && step.through === 'raw-pipe' ? [step.gate] : [],
  );
}
