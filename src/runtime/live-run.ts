import { Fault } from '../fault/fault';
import { CONNECT, type StepName } from '../program/plan';
import type { EventParams } from '../protocol/messages';
import type { Entry, EntryBody, EntryOf, OpenStep } from '../trace/record';
import type { GateObserver, Gates } from '../witness/gates';
import type { KernelWitness } from '../witness/kernel';
import type { MySqlWitness } from '../witness/mysql';
import { Company } from './company';
import { Impasse } from './impasse';
import { instanceOf, OpenSteps } from './open-steps';
import { type Observed, Quiescence } from './quiescence';
import { starvedOf, type Waits } from './starvation';
import { Stillness } from './stillness';

/** More events than this are no program of ours any more. */
const EVENT_BUDGET = 20_000;

/** Looks that follow each other as fast as what comes in can be read, after the last thing that was heard: mostly something is about to come. */
const QUICK_LOOKS = 4;

/** Milliseconds between two looks at a process of which nothing is heard: the longer it is silent, the more, up to a bound. */
const LOOK = 1;
const LONGEST_LOOK = 10;
const LOOKS_A_MILLISECOND = 20;

/** Milliseconds of silence after which nothing more is hoped for of a process that cannot be looked at. */
const SILENCE = 3000;

/** How a wait of the harness ended: what it waited for came; the program ended; or nothing can come, since nothing moves. */
export type Reached = 'met' | 'over' | 'quiescent';

/** A run while it goes on: its entries so far, and waiting for what comes next. */
export class LiveRun implements Observed {
  readonly entries: Entry[] = [];
  readonly gates: Gates;
  readonly kernel: KernelWitness;
  readonly mysql: MySqlWitness | undefined;
  readonly nonce: string;
  readonly gatePort: number;
  /** How often a process that rests is looked at before nothing is taken to be on its way to it. */
  readonly looks: number;
  readonly #began = performance.now();
  readonly #deadline: number;
  readonly #name: string;
  readonly #company: Company;
  readonly #open = new OpenSteps();
  readonly #waits: Waits;
  readonly #waitToHear: (() => Promise<boolean>) | undefined;
  #changed: () => void = () => {};
  #over = false;
  #looks = 0;
  readonly #quiescence: Quiescence = new Quiescence(this);
  #broken: Error | undefined;
  #events = 0;

  constructor(facts: {
    name: string;
    nonce: string;
    kernel: KernelWitness;
    makeGates: (observer: GateObserver) => Gates;
    mysql: MySqlWitness | undefined;
    gatePort: number;
    looks: number;
    deadline: number;
    /** Milliseconds of processor time before those who go on and on are called off. */
    turning: number;
    /** How many green threads the program may have at once. */
    greenThreads: number;
    /** Seconds that the program itself asks to be waited. */
    declaredWait: number;
    /** The names of those who go on and on. */
    company: readonly string[];
    waits: Waits;
    callOff: () => void;
    /** Where others hand on what is said: waits until all is heard that the adapter has said so far; false where that cannot be known. */
    waitToHear: (() => Promise<boolean>) | undefined;
  }) {
    this.#name = facts.name;
    this.nonce = facts.nonce;
    this.kernel = facts.kernel;
    this.mysql = facts.mysql;
    this.gatePort = facts.gatePort;
    this.looks = facts.looks;
    this.#deadline = facts.deadline;
    const impasse = new Impasse(facts.turning, facts.greenThreads, facts.declaredWait * 1000);
    this.#company = new Company(facts.company, impasse, facts.callOff);
    this.#waits = facts.waits;
    this.#waitToHear = facts.waitToHear;
    this.gates = facts.makeGates({
      arrived: ({ gate, thread, n }) => this.note({ kind: 'arrived', gate, thread, n }),
      opened: ({ gate, thread }, token) => this.note({ kind: 'opened', gate, thread, token }),
    });
  }

  get elapsed(): number {
    return performance.now() - this.#began;
  }

  get over(): boolean {
    return this.#over;
  }

  /** Milliseconds since anything was last learned. */
  get silence(): number {
    return this.elapsed - (this.entries.at(-1)?.at ?? 0);
  }

  /** Where the kernel cannot be asked it is never known that nothing moves: waits that may end so are given up once it has been silent. */
  get patience(): number {
    return Math.min(SILENCE, this.#deadline);
  }

  /** @throws Fault of the environment, where the kernel cannot be asked */
  needKernel(what: string): void {
    const { blindness } = this.kernel;
    if (blindness === undefined) return;
    throw new Fault({
      party: 'environment',
      what: `${blindness.why}, and so nobody can tell ${what}`,
      advice: blindness.advice,
    });
  }

  note(entry: EntryBody): void {
    this.#company.hear(entry, this.#connecting);
    if (entry.kind === 'event') this.#open.hear(entry.event);
    this.entries.push({ at: Math.round(this.elapsed * 1000) / 1000, ...entry });
    this.#changed();
  }

  event(event: EventParams): void {
    this.#events += 1;
    if (this.#events > EVENT_BUDGET) this.fail(this.#tooManyEvents());
    else this.note({ kind: 'event', event });
  }

  /** The program has ended, one way or the other. */
  finish(): void {
    this.#over = true;
    this.#changed();
  }

  /** Nothing more can be learned: every wait ends with this error. */
  fail(error: Error): void {
    this.#broken ??= error;
    this.#changed();
  }

  /**
   * Waits until a condition on the entries holds; also ends with the program, and when nothing moves any more.
   *
   * @param allKnown every query that is under way is known to wait for a row that the process itself has locked
   */
  async reach(what: string, met: () => boolean, allKnown = false): Promise<Reached> {
    const stillness = new Stillness();
    for (;;) {
      if (this.#broken !== undefined) throw this.#broken;
      if (met()) return 'met';
      if (this.#over) return 'over';
      if (this.elapsed > this.#deadline) throw this.#late(what);
      if (this.silence > this.patience) this.needKernel(`whether ${what} can still come`);
      if (await this.#look('quick')) stillness.reset();
      else if (await this.#nothingMoves(stillness, allKnown)) {
        this.note({ kind: 'quiescent', awaiting: what });
        return 'quiescent';
      }
    }
  }

  async #nothingMoves(stillness: Stillness, allKnown: boolean): Promise<boolean> {
    return (await this.#quiescence.reached(stillness, allKnown)) && this.nothingOnTheWay();
  }

  /**
   * Whether nothing is on its way between the harness and the adapter, where others hand it on: not the program, of which nothing was
   * heard yet, and nothing that the adapter has said so far. What was seen of its process just now counts only then.
   */
  async nothingOnTheWay(): Promise<boolean> {
    if (this.#waitToHear === undefined) return true;
    if (this.#events === 0) return false;
    const before = this.entries.length;
    return (await this.#waitToHear()) && this.entries.length === before && !this.#over && this.#broken === undefined;
  }

  /** Lets what has come in meanwhile be noted, and some time pass: true if anything was. */
  pause(): Promise<boolean> {
    this.#needTime();
    return this.#look('steady');
  }

  /** The same for a witness to whom it does not matter how far apart its looks are. */
  glance(): Promise<boolean> {
    this.#needTime();
    return this.#look('quick');
  }

  #needTime(): void {
    if (this.#broken !== undefined) throw this.#broken;
    if (this.elapsed > this.#deadline) throw this.#late('a witness');
  }

  /** Whether a step has begun and not ended. */
  going(step: StepName): boolean {
    return this.countGoing(step) > 0;
  }

  /** In how many green threads a step has begun and not ended. */
  countGoing(step: StepName): number {
    return this.#open.count(step);
  }

  /** The OS thread on which a step began last; 0 where it never did. */
  osThreadOf(step: StepName): number {
    return this.#beginningOf(step)?.event.os ?? 0;
  }

  /** When it was heard that a step began, milliseconds of the run: it began before. */
  begunAt(step: StepName): number | undefined {
    return this.#beginningOf(step)?.at;
  }

  #beginningOf({ thread, label }: StepName): EntryOf<'event'> | undefined {
    return this.eventEntries().findLast(
      ({ event }) =>
        event.label === label &&
        event.phase === 'started' &&
        (thread === undefined || instanceOf(event.thread, thread)),
    );
  }

  /** Steps that began and have not ended, in the order of their beginning. */
  openSteps(): readonly OpenStep[] {
    return this.#open.list();
  }

  eventEntries(): EntryOf<'event'>[] {
    return this.entries.filter((entry) => entry.kind === 'event');
  }

  /** Bytes that lie unread at a connection of the adapter's to the gates. */
  unreadAt(port: number): number {
    return this.kernel.unreadAt(port, this.gatePort);
  }

  /** One that has good reason to go on, and does not, though nobody is known to keep it from that. */
  starved(): OpenStep | undefined {
    return starvedOf(this.openSteps(), this.#waits, (gate, thread) =>
      this.gates.waiting(gate).some((arrival) => arrival.thread === thread),
    );
  }

  /** Waits for something to be noted, a little longer each time: looking takes the processor from those who are looked at. */
  async #look(pace: 'quick' | 'steady'): Promise<boolean> {
    const changed =
      pace === 'quick' && this.#looks < QUICK_LOOKS
        ? await this.#changeNow()
        : await this.#changeWithin(Math.min(LONGEST_LOOK, LOOK + this.#looks / LOOKS_A_MILLISECOND));
    this.#looks = changed ? 0 : this.#looks + 1;
    // A process that has just been started may use the processor for long before anything is heard of it.
    if (this.#events > 0 && this.#looks > QUICK_LOOKS)
      this.#company.look(() => this.kernel.processorTime(), this.#connecting);
    return changed;
  }

  readonly #connecting = (): boolean => this.going({ label: CONNECT });

  /** Has all that lies at the harness's door taken in: a connection in a first turn of the event loop, what it says in a second. */
  async #changeNow(): Promise<boolean> {
    const before = this.entries.length;
    for (let turn = 0; turn < 2; turn++) await turnOfTheEventLoop();
    return this.entries.length > before;
  }

  #changeWithin(milliseconds: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(false), milliseconds);
      const settle = (changed: boolean): void => {
        clearTimeout(timer);
        this.#changed = () => {};
        resolve(changed);
      };
      this.#changed = () => settle(true);
    });
  }

  /** @throws Fault of the environment, where it is for want of the kernel that nothing could be shown */
  #late(what: string): Fault {
    this.needKernel(`whether ${what} can still come`);
    const open = this.openSteps().map(({ thread, label }) => `${label} of ${thread}`);
    return new Fault({
      party: 'adapter',
      what: `the program had not ended after ${this.#deadline / 1000} s, and it could not be shown that it is stuck`,
      expected: what,
      came: open.length === 0 ? 'no step that is open' : `open steps: ${open.join(', ')}`,
      advice: 'run it again alone, with a longer --deadline if the machine is slow',
    });
  }

  #tooManyEvents(): Fault {
    return new Fault({
      party: 'adapter',
      what: `the adapter of ${this.#name} sent too many events in one run`,
      expected: `at most ${EVENT_BUDGET}`,
      came: `more than ${EVENT_BUDGET}`,
    });
  }
}

/** What is asked for while events are polled is called after that same poll; only the next comes after another. */
function turnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
