import type { Bound, Schedule, Search, Stop, Strayed, Walk } from '../program/search';
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

/** A turn that is to be tried after others: the last of a path. */
interface Place extends Turn {
  readonly before: Place | undefined;
  /** Who could be let go there. */
  readonly ready: readonly number[];
  /** Turns that need not be tried there, since what follows from them is tried elsewhere. */
  readonly asleep: readonly Turn[];
  /** Of the switches up to and with this turn. */
  readonly switches: number;
  reads: number;
  writes: number;
  done: boolean;
}

/**
 * Tries every order, depth first. With `reduce`, of orders that differ only in turns which have nothing in common, one is tried (sleep sets, after
 * Godefroid): what is tried from a place sleeps in what else is tried from there, until a turn comes that has something in common with it. That
 * holds whenever the two are tried, so that they may be under way at once, as soon as it is known what the first turn does.
 */
export class Enumeration implements Search {
  readonly bounds = new Set<Bound>();
  strayed: Strayed | undefined;
  readonly #reduce: boolean;
  readonly #most: Required<{ [K in keyof Limits]: number }>;
  /** What is known to be left to try; the last is the deepest. */
  readonly #left: Place[] = [];
  #begun = false;
  #tried = 0;
  #underWay = 0;

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

  begin(): Walk | undefined {
    if (this.strayed !== undefined || (this.#begun && this.#left.length === 0)) return undefined;
    if (this.#tried + this.#underWay >= this.#most.schedules) {
      if (this.#underWay === 0) this.bounds.add('schedules');
      return undefined;
    }
    this.#begun = true;
    this.#underWay += 1;
    return new EnumerationWalk(this, pathTo(this.#left.pop()));
  }

  /** The first to be let go at a place that was not known before; undefined if all that could be sleep. */
  open(ready: readonly number[], before: Place | undefined): Place | undefined {
    const asleep = before === undefined || !this.#reduce ? [] : before.asleep.filter((one) => !dependent(one, before));
    return this.#next(ready, before, asleep);
  }

  /** It is known now what a turn does: whoever is next in its stead can be tried. */
  known(place: Place): void {
    const { thread, reads, writes } = place;
    const next = this.#next(place.ready, place.before, [...place.asleep, { thread, reads, writes }]);
    if (next !== undefined) this.#left.push(next);
  }

  tooLong(turns: number): boolean {
    if (turns < this.#most.turns) return false;
    this.bounds.add('turns');
    return true;
  }

  end(how: 'over' | Stop, path: readonly Place[]): bigint {
    this.#underWay -= 1;
    if (how === 'strayed' || how === 'asleep') return 0n;
    this.#tried += 1;
    return this.#reduce ? countOrders(path) : 1n;
  }

  /** Whoever had the turn before comes first, where it can go on, then the others in their order. */
  #next(ready: readonly number[], before: Place | undefined, asleep: readonly Turn[]): Place | undefined {
    const goesOn = before !== undefined && ready.includes(before.thread) ? before.thread : undefined;
    const spent = before?.switches ?? 0;
    for (const thread of goesOn === undefined ? ready : [goesOn, ...ready]) {
      if (asleep.some((one) => one.thread === thread)) continue;
      const switches = spent + (goesOn === undefined || thread === goesOn ? 0 : 1);
      if (switches <= this.#most.switches)
        return { before, ready, thread, reads: 0, writes: 0, asleep, switches, done: false };
      this.bounds.add('switches');
    }
    return undefined;
  }
}

class EnumerationWalk implements Walk {
  readonly #search: Enumeration;
  readonly #path: Place[];
  #depth = 0;

  constructor(search: Enumeration, path: Place[]) {
    this.#search = search;
    this.#path = path;
  }

  get schedule(): Schedule {
    return this.#path.slice(0, this.#depth).map(({ thread }) => thread);
  }

  get switches(): number {
    return this.#path[this.#depth - 1]?.switches ?? 0;
  }

  choose(ready: readonly number[]): number | Stop {
    let place = this.#path[this.#depth];
    if (place !== undefined && !sameMembers(place.ready, ready)) {
      this.#search.strayed ??= { schedule: this.schedule, before: place.ready, now: ready };
      return 'strayed';
    }
    if (place === undefined) {
      if (this.#search.tooLong(this.#depth)) return 'cut';
      place = this.#search.open(ready, this.#path[this.#depth - 1]);
      if (place === undefined) return 'asleep';
      this.#path.push(place);
    }
    this.#depth += 1;
    return place.thread;
  }

  did(reads: number, writes: number): void {
    const place = this.#path[this.#depth - 1];
    if (place === undefined || place.done) return;
    place.done = true;
    place.reads = reads;
    place.writes = writes;
    this.#search.known(place);
  }

  end(how: 'over' | Stop): bigint {
    return this.#search.end(how, this.#path);
  }
}

function pathTo(place: Place | undefined): Place[] {
  const path: Place[] = [];
  for (let at = place; at !== undefined; at = at.before) path.push(at);
  return path.reverse();
}

/** One given schedule; where it ends before its time, whoever had the last turn goes on as long as it can, then the first of those who can. */
export class Following implements Search, Walk {
  readonly bounds: ReadonlySet<Bound> = new Set();
  strayed: Strayed | undefined;
  readonly #given: Schedule;
  readonly #path: number[] = [];
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

  begin(): Walk | undefined {
    if (this.#begun) return undefined;
    this.#begun = true;
    return this;
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

/** Several given schedules, one after the other; those that cannot be followed are left out. */
export class Listed implements Search {
  readonly bounds: ReadonlySet<Bound> = new Set();
  readonly strayed = undefined;
  readonly #given: Schedule[];

  constructor(given: readonly Schedule[]) {
    this.#given = [...given];
  }

  begin(): Walk | undefined {
    const next = this.#given.shift();
    return next === undefined ? undefined : new Following(next).begin();
  }
}

/** Schedules drawn by lot: from the same seed, the same. */
export class RandomWalk implements Search {
  readonly bounds: Set<Bound> = new Set(['seed']);
  readonly strayed = undefined;
  readonly #seed: number;
  readonly #most: number;
  readonly #turns: number;
  #begun = 0;

  constructor(seed: number, { schedules = 1000, turns = MOST_TURNS }: Limits = {}) {
    this.#seed = seed;
    this.#most = schedules;
    this.#turns = turns;
  }

  begin(): Walk | undefined {
    if (this.#begun >= this.#most) return undefined;
    this.#begun += 1;
    // A lot of its own for each, so that it does not matter which come to their turns first.
    return new Drawn(lots(this.#seed * 1_000_003 + this.#begun), this.#turns, () => this.bounds.add('turns'));
  }
}

class Drawn implements Walk {
  readonly schedule: number[] = [];
  switches = 0;
  readonly #lot: () => number;
  readonly #turns: number;
  readonly #tooLong: () => void;

  constructor(lot: () => number, turns: number, tooLong: () => void) {
    this.#lot = lot;
    this.#turns = turns;
    this.#tooLong = tooLong;
  }

  choose(ready: readonly number[]): number | Stop {
    if (this.schedule.length >= this.#turns) {
      this.#tooLong();
      return 'cut';
    }
    const before = this.schedule.at(-1);
    const thread = ready[Math.floor(this.#lot() * ready.length)] ?? 0;
    if (before !== undefined && before !== thread && ready.includes(before)) this.switches += 1;
    this.schedule.push(thread);
    return thread;
  }

  did(): void {}

  end(): bigint {
    return 1n;
  }
}

/** mulberry32: numbers from 0 to 1, small, and the same everywhere. */
function lots(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sameMembers(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
