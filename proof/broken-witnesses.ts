import type { Socket } from 'node:net';
import type { LockKind } from '../src/program/plan';
import type { DatabaseAddress } from '../src/protocol/messages';
import type { AdapterCommand } from '../src/runtime/command';
import type { ProcessReading } from '../src/trace/record';
import { type Arrival, type GateObserver, Gates } from '../src/witness/gates';
import { KernelWitness } from '../src/witness/kernel';
import type { MySqlWitness } from '../src/witness/mysql';
import type { Case } from './cases';
import { type JudgedCase, judgeCase } from './judged';
import { type CaseRun, runCases, type Witnesses } from './records';

/** A witness with one defect, in the place of the usual one. */
export interface BrokenWitness {
  readonly name: string;
  readonly defect: string;
  readonly witnesses: Witnesses;
  /** Whose scenarios rest on this witness, and are run before the others; absent where all do. */
  readonly clause?: string;
}

/** Says of every OS thread that it sleeps and has never woken, and that a byte lies unread at each connection. */
class SleepyKernel extends KernelWitness {
  override read(): ProcessReading {
    const { pid, threads } = super.read();
    return { pid, threads: threads.map((thread) => ({ ...thread, state: 'S', voluntarySwitches: 1, cpu: 1 })) };
  }

  override runs(): boolean {
    return false;
  }

  override wakeUp(): number {
    return Number.POSITIVE_INFINITY;
  }
}

/** Says of every process that it has one OS thread, whatever it has. */
class ShortSightedKernel extends KernelWitness {
  override read(): ProcessReading {
    const { pid, threads } = super.read();
    return { pid, threads: threads.slice(0, 1) };
  }
}

/** Lets everybody through at once. */
class OpenGates extends Gates {
  override admit(arrival: Arrival, socket: Socket): void {
    super.admit(arrival, socket);
    this.open(arrival.gate);
  }
}

export const BROKEN_WITNESSES: readonly BrokenWitness[] = [
  {
    name: 'kernel-always-asleep',
    defect: 'The kernel witness says of every OS thread that it sleeps',
    witnesses: { kernel: ({ pid, procfs }) => new SleepyKernel(pid, procfs) },
  },
  {
    name: 'kernel-sees-one-thread',
    defect: 'The kernel witness counts one OS thread in every process',
    witnesses: { kernel: ({ pid, procfs }) => new ShortSightedKernel(pid, procfs) },
  },
  {
    name: 'gates-never-hold',
    defect: 'The gates let everybody through at once',
    witnesses: { gates: (observer: GateObserver) => new OpenGates(observer) },
  },
  {
    name: 'mysql-always-waiting',
    defect: 'The MySQL witness says of every run that four of its queries wait',
    witnesses: { mysql: (usual) => always(usual, [1, 2, 3, 4]) },
    clause: 'MY-1',
  },
  {
    name: 'mysql-never-waiting',
    defect: 'The MySQL witness sees no query wait',
    witnesses: { mysql: (usual) => always(usual, []) },
    clause: 'MY-1',
  },
];

/** A witness that does all as the usual one, and sees always the same queries wait. */
function always(usual: MySqlWitness, ids: readonly number[]): MySqlWitness {
  const waiting = async (_nonce: string, lock: LockKind): Promise<readonly { id: number; state: string }[]> =>
    ids.map((id) => ({ id, state: lock === 'advisory' ? 'User lock' : '' }));
  return new Proxy(usual, {
    get: (target, name) => {
      if (name === 'waiting') return waiting;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** The first case that does not pass with a broken witness, on a runtime on which all pass with the usual ones. */
export async function noticedBy(
  { witnesses, clause }: BrokenWitness,
  command: AdapterCommand,
  database: DatabaseAddress,
  cases: readonly Case[],
): Promise<JudgedCase | undefined> {
  let found: JudgedCase | undefined;
  const enough = (one: Case, run: CaseRun): boolean => {
    const judged = judgeCase(one, run);
    if (judged.verdict !== 'pass') found = judged;
    return found !== undefined;
  };
  const first = (one: Case): boolean => one.clause === clause;
  await runCases(command, database, cases, { witnesses, first, enough });
  return found;
}
