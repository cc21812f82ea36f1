import type { Bound, Schedule, Search, Stop, Strayed } from '../program/search';
import { countOrders, dependent, type Turn } from './orders';

export interface Limits {
  /** How often at most the turn goes to another although the one before could go on. */
  readonly switches?: number | undefined;
  /** The most schedules that are tried. */
  readonly schedules?: number | undefined;
  /** The most turns of one schedule; then it may go on for ever, and is given up. */
  readonly turns?: number | undefined;
}

/** More turns than a small program has unless it goes round and round. */
const MOST_TURNS = 500;

interface Place extends Turn {
  readonly ready: readonly number[];
  thread: number;
  reads: number;
  writes: number;
  /** Turns that need not come next, since what follows from them has been tried already. */
  readonly asleep: Turn[];
  /** Of the switches up to and with this turn. */
  switches: number;
}

/**
 * Tries every order, depth first. With `reduce`, of orders that differ only in turns which have nothing in common, one is tried (sleep sets, after
 * Godefroid): what has been tried from a place sleeps in what follows, until a turn comes that has something in common with it.
 */
export class Enumeration implements Search {
  readonly bounds = new Set<Bound>();
  strayed: Strayed | undefined;
  readonly #reduce: boolean;
  readonly #most: Required<{ [K in keyof Limits]: number }>;
  readonly #path: Place[] = [];
  #depth = 0;
  #tried = 0;
  #more = true;

  constructor({ reduce, ...limits }: Limits & { readonly reduce: boolean }) {
    // A bound on switches may leave out the order that stands for others.
    this.#reduce = reduce && limits.switches === undefined;
    const none = Number.POSITIVE_INFINITY;
    this.#most = {
      switches: limits.switches ?? none,
      schedules: limits.schedules ?? none,
      turns: limits.turns ?? MOST_TURNS,
    };
  }

  get schedule(): Schedule {
    return this.#path.slice(0, this.#depth).map(({ thread }) => thread);
  }

  get switches(): number {
    return this.#path[this.#depth - 1]?.switches ?? 0;
  }

  begin(): boolean {
    this.#depth = 0;
    if (!this.#more || this.strayed !== undefined) return false;
    if (this.#tried >= this.#most.schedules) {
      this.bounds.add('schedules');
      return false;
    }
    return true;
  }

  choose(ready: readonly number[]): number | Stop {
    const known = this.#path[this.#depth];
    if (known === undefined) return this.#open(ready);
    if (!sameMembers(known.ready, ready)) {
      this.strayed = { schedule: this.schedule, before: known.ready, now: ready };
      this.#path.length = this.#depth;
      return 'strayed';
    }
    this.#depth += 1;
    return known.thread;
  }

  did(reads: number, writes: number): void {
    const place = this.#path[this.#depth - 1];
    if (place === undefined) return;
    place.reads = reads;
    place.writes = writes;
  }

  end(how: 'over' | Stop): bigint {
    if (how === 'strayed') return 0n;
    const tried = how !== 'asleep';
    if (tried) this.#tried += 1;
    const orders = !tried ? 0n : this.#reduce ? countOrders(this.#path) : 1n;
    this.#goBack();
    return orders;
  }

  #open(ready: readonly number[]): number | Stop {
    if (this.#depth >= this.#most.turns) {
      this.bounds.add('turns');
      return 'cut';
    }
    const before = this.#path[this.#depth - 1];
    const asleep = before === undefined || !this.#reduce ? [] : before.asleep.filter((one) => !dependent(one, before));
    const place: Place = { ready, thread: -1, reads: 0, writes: 0, asleep, switches: before?.switches ?? 0 };
    if (!this.#next(place, before)) return 'asleep';
    this.#path.push(place);
    this.#depth += 1;
    return place.thread;
  }

  /** The next to be let go at a place: the one who had the turn before, where it can, then the others in their order. */
  #next(place: Place, before: Place | undefined): boolean {
    const goesOn = before !== undefined && place.ready.includes(before.thread) ? before.thread : undefined;
    const spent = before?.switches ?? 0;
    for (const thread of goesOn === undefined ? place.ready : [goesOn, ...place.ready]) {
      if (place.asleep.some((one) => one.thread === thread)) continue;
      const switches = spent + (goesOn === undefined || thread === goesOn ? 0 : 1);
      if (switches > this.#most.switches) {
        this.bounds.add('switches');
        continue;
      }
      place.thread = thread;
      place.switches = switches;
      return true;
    }
    return false;
  }

  #goBack(): void {
    for (let last = this.#path.at(-1); last !== undefined; last = this.#path.at(-1)) {
      last.asleep.push({ thread: last.thread, reads: last.reads, writes: last.writes });
      if (this.#next(last, this.#path.at(-2))) return;
      this.#path.pop();
    }
    this.#more = false;
  }
}

/** One given schedule; where it ends before its time, whoever had the last turn goes on as long as it can, then the first of those who can. */
export class Following implements Search {
  readonly bounds: ReadonlySet<Bound> = new Set();
  strayed: Strayed | undefined;
  readonly #given: Schedule;
  #path: number[] = [];
  #switches = 0;
  #begun = false;

  constructor(given: Schedule) {
    this.#given = given;
  }

  get schedule(): Schedule {
    return this.#path;
  }

  get switches(): number {
    return this.#switches;
  }

  begin(): boolean {
    const first = !this.#begun;
    this.#begun = true;
    return first;
  }

  choose(ready: readonly number[]): number | Stop {
    const before = this.#path.at(-1);
    const goesOn = before !== undefined && ready.includes(before);
    const thread = this.#given[this.#path.length] ?? (goesOn ? before : (ready[0] ?? 0));
    if (!ready.includes(thread)) {
      this.strayed = { schedule: this.#path, before: [thread], now: ready };
      return 'strayed';
    }
    if (this.#path.length >= this.#given.length + MOST_TURNS) return 'cut';
    if (goesOn && thread !== before) this.#switches += 1;
    this.#path.push(thread);
    return thread;
  }

  did(): void {}

  end(how: 'over' | Stop): bigint {
    return how === 'strayed' ? 0n : 1n;
  }
}

/** Schedules drawn by lot: from the same seed, the same. */
export class RandomWalk implements Search {
  readonly bounds: Set<Bound> = new Set(['seed']);
  readonly strayed = undefined;
  readonly #most: number;
  readonly #turns: number;
  #state: number;
  #tried = 0;
  #path: number[] = [];
  #switches = 0;

  constructor(seed: number, { schedules = 1000, turns = MOST_TURNS }: Limits = {}) {
    this.#state = seed >>> 0 || 1;
    this.#most = schedules;
    this.#turns = turns;
  }

  get schedule(): Schedule {
    return this.#path;
  }

  get switches(): number {
    return this.#switches;
  }

  begin(): boolean {
    this.#path = [];
    this.#switches = 0;
    return this.#tried < this.#most;
  }

  choose(ready: readonly number[]): number | Stop {
    if (this.#path.length >= this.#turns) {
      this.bounds.add('turns');
      return 'cut';
    }
    const before = this.#path.at(-1);
    const thread = ready[this.#draw(ready.length)] ?? 0;
    if (before !== undefined && before !== thread && ready.includes(before)) this.#switches += 1;
    this.#path.push(thread);
    return thread;
  }

  did(): void {}

  end(): bigint {
    this.#tried += 1;
    return 1n;
  }

  /** mulberry32: small, and the same everywhere. */
  #draw(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  }
}

function sameMembers(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
