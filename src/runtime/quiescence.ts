import { CONNECT, type StepName } from '../program/plan';
import type { Entry, ProcessReading } from '../trace/record';
import type { KernelWitness } from '../witness/kernel';
import type { MySqlWitness } from '../witness/mysql';
import { type Stillness, wakesSoon } from './stillness';

/**
 * Looks in a row at a process that rests, before nothing is taken to be on its way to it: a query that the server has received and not
 * yet begun shows nowhere, and each look is a query of the harness's own that the server has answered meanwhile.
 */
export const LOOKS = 100;

/** So many times as often it is looked while a connection is being made: a hand-shake takes the server longer than a query. */
const HAND_SHAKE = 3;

/** Entries of what was only looked at. */
const OBSERVATIONS: ReadonlySet<Entry['kind']> = new Set(['kernel', 'watched', 'server', 'outlasted'] as const);

/** What is known of a run while it goes on. */
export interface Observed {
  readonly nonce: string;
  readonly kernel: KernelWitness;
  readonly mysql: MySqlWitness | undefined;
  readonly gatePort: number;
  /** How often a process that rests is looked at before nothing is taken to be on its way to it. */
  readonly looks: number;
  readonly elapsed: number;
  readonly entries: readonly Entry[];
  going(step: StepName): boolean;
}

/**
 * Whether nothing moves and nothing will: the process sleeps and has not woken, no system call gives up soon, and the server works on
 * no query of the run. What cannot be told counts as movement. The more may still be on its way, the more often it is looked.
 */
export class Quiescence {
  readonly #run: Observed;
  #looks = 0;
  #needed = 1;

  constructor(run: Observed) {
    this.#run = run;
  }

  /**
   * Looks once more; true once it was so often enough in a row.
   *
   * @param allKnown every query that is under way is known to wait for a row that the process itself has locked, and counts as rest
   */
  async reached(stillness: Stillness, allKnown: boolean): Promise<boolean> {
    // An answer of the server's may have been on its way while it was asked: only a process that still has not moved is quiescent.
    const rests = this.#rests(stillness) && (await this.#serverIsIdle(allKnown)) && this.#rests(stillness);
    this.#looks = rests ? this.#looks + 1 : 0;
    // What lies unread goes on lying there as long as the process does not move, and the tables that tell are dear to read.
    if (this.#looks === 1) this.#needed = this.#howOften(allKnown);
    return rests && this.#looks >= this.#needed;
  }

  /** Its system calls are looked at between two readings, since it may wake, and sit in another, while they are. */
  #rests(stillness: Stillness): boolean {
    const { kernel } = this.#run;
    if (kernel.runs()) {
      stillness.reset();
      return false;
    }
    const reading = kernel.read();
    return stillness.observe(reading) && this.#nothingDue(reading) && stillness.observe(kernel.read());
  }

  #nothingDue({ threads }: ProcessReading): boolean {
    const { kernel, elapsed } = this.#run;
    return threads.every(({ tid }) => !wakesSoon(kernel.wakeUp(tid), elapsed));
  }

  async #serverIsIdle(allKnown: boolean): Promise<boolean> {
    const { mysql, nonce } = this.#run;
    if (mysql === undefined) return true;
    const owed = await mysql.owed(nonce);
    if (owed.length === 0 || !allKnown) return owed.length === 0;
    const heldUp = new Set((await mysql.heldUp(nonce)).map(({ id }) => id));
    return owed.every(({ id }) => heldUp.has(id));
  }

  #howOften(allKnown: boolean): number {
    const { entries, looks, mysql, kernel, gatePort } = this.#run;
    // Nothing was heard and nothing was given since it was last found so: it need not be found out anew.
    if (entries.findLast(({ kind }) => !OBSERVATIONS.has(kind))?.kind === 'quiescent') return 1;
    // The server owes a hand-shake, of which neither gates nor process list tell.
    if (this.#run.going({ label: CONNECT })) return HAND_SHAKE * looks;
    if (mysql !== undefined && !allKnown) return looks;
    // A byte that lies unread has woken nobody, and nobody will take it.
    return this.#tokenUnderWay() && kernel.someUnread(gatePort) ? looks : 1;
  }

  /** A gate was opened, and whoever went through has not said so yet: only then can anything lie unread. */
  #tokenUnderWay(): boolean {
    const { entries } = this.#run;
    const given = new Set(entries.flatMap((entry) => (entry.kind === 'event' ? [entry.event.value] : [])));
    return entries.some((entry) => entry.kind === 'opened' && !given.has(entry.token));
  }
}
