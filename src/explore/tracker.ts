import type { Value } from '../program/names';
import {
  endThing,
  joined,
  letterOf,
  lockThing,
  SERVER,
  type SmallProgram,
  variableThing,
} from '../program/small-program';
import type { Step } from '../program/step';
import { same } from '../sdk/plain';
import type { Ended, Outcome, Wait } from './outcome';

interface Variable {
  readonly bit: number;
  value: Value;
  writes: number;
  /** How many of the writes are contained in what it holds now. */
  contains: number;
}

interface Thread {
  /** What its locals were read from, and how many writes that contained. */
  readonly locals: Map<string, { readonly variable: string; readonly contains: number }>;
  asked: Wait | undefined;
  /** The variables that its loops look at, whenever they come round: no event tells of that. */
  readonly looksAt: number;
  /** What it was let into by another's turn: its next turn hangs on that. */
  carriedReads: number;
  carriedWrites: number;
  over: boolean;
  raised: string | undefined;
}

/** Two who are inside a lock at once, as long as the first has not shown that it is still there. */
interface Pair {
  readonly lock: string;
  readonly first: number;
}

/**
 * Follows one order of a small program, wherever it runs, by what its green threads do: what each turn reads and writes, and what the order
 * comes to.
 */
export class Tracker {
  /** The things that this turn has read and written so far: a bit each. */
  reads = 0;
  writes = 0;
  readonly #program: SmallProgram;
  readonly #variables = new Map<string, Variable>();
  readonly #threads: Thread[];
  readonly #inside = new Map<string, number[]>();
  readonly #together = new Set<string>();
  #pairs: Pair[] = [];
  readonly #ended: Ended[] = [];
  #rows: Readonly<Record<string, string>> | undefined;
  #lost = 0;
  #stale = 0;
  #turn = -1;

  constructor(program: SmallProgram) {
    this.#program = program;
    for (const name of program.things.keys())
      if (name.startsWith('variable '))
        this.#variables.set(name.slice(9), {
          bit: this.#bit(name),
          value: program.variables[name.slice(9)] ?? null,
          writes: 0,
          contains: 0,
        });
    this.#threads = program.threads.map(({ steps }) => ({
      locals: new Map(),
      looksAt: this.#looksAt(steps),
      asked: undefined,
      carriedReads: 0,
      carriedWrites: 0,
      over: false,
      raised: undefined,
    }));
  }

  /** A green thread is let go. */
  turn(thread: number): void {
    const one = this.#of(thread);
    this.#turn = thread;
    this.reads = one.carriedReads | one.looksAt;
    this.writes = one.carriedWrites;
    one.carriedReads = 0;
    one.carriedWrites = 0;
  }

  read(thread: number, name: string, into?: string): void {
    const variable = this.#variable(name);
    this.reads |= variable.bit;
    this.#isThere(thread);
    if (into !== undefined) this.#of(thread).locals.set(into, { variable: name, contains: variable.contains });
  }

  /** @param basis the local from which it is made, or because of which: what it was read from tells what the write contains */
  write(thread: number, name: string, value: Value, basis: string | undefined, because: boolean): void {
    const variable = this.#variable(name);
    const from = basis === undefined ? undefined : this.#of(thread).locals.get(basis);
    const before = from?.variable === name ? from.contains : variable.contains;
    if (before < variable.contains) {
      if (because) this.#stale += 1;
      this.#lost += variable.contains - before;
    }
    variable.value = value;
    variable.writes += 1;
    variable.contains = before + 1;
    this.writes |= variable.bit;
    this.#isThere(thread);
  }

  asks(thread: number, lock: string): void {
    this.#isThere(thread);
    this.#of(thread).asked = { thread: letterOf(thread), for: 'lock', lock, holders: [] };
    this.writes |= this.#bit(lockThing(lock));
  }

  entered(thread: number, lock: string): void {
    const inside = this.#inside.get(lock) ?? [];
    this.#inside.set(lock, inside);
    for (const first of inside) {
      // Whoever does not have the turn stands, or is held up, inside. Who has it may just have let go of the lock.
      if (first !== thread && first !== this.#turn) this.#together.add(lock);
      else if (first !== thread) this.#pairs.push({ lock, first });
    }
    inside.push(thread);
    this.#of(thread).asked = undefined;
    if (this.#turn !== thread) this.#of(thread).carriedWrites |= this.#bit(lockThing(lock));
  }

  left(thread: number, lock: string): void {
    const inside = this.#inside.get(lock) ?? [];
    inside.splice(inside.indexOf(thread), 1);
    this.#pairs = this.#pairs.filter((pair) => pair.first !== thread || pair.lock !== lock);
    this.writes |= this.#bit(lockThing(lock));
  }

  /** It stands where the explorer holds it; if that is inside a lock, it is inside. */
  stands(thread: number): void {
    this.#isThere(thread);
  }

  joins(thread: number, name: string): void {
    const other = this.#program.threads.findIndex((one) => one.name === joined(name));
    this.#of(thread).asked = { thread: letterOf(thread), for: 'end', of: letterOf(other) };
    this.reads |= this.#bit(endThing(joined(name)));
  }

  joined(thread: number, name: string): void {
    this.#of(thread).asked = undefined;
    if (this.#turn !== thread) this.#of(thread).carriedReads |= this.#bit(endThing(joined(name)));
  }

  /** A query is sent: what it finds hangs on every other. */
  asksServer(thread: number): void {
    this.#isThere(thread);
    this.#of(thread).asked = { thread: letterOf(thread), for: 'answer' };
    this.writes |= this.#bit(SERVER);
  }

  /** @param error MySQL's number, where it ended with an error */
  answered(thread: number, error?: string): void {
    const one = this.#of(thread);
    one.asked = undefined;
    this.writes |= this.#bit(SERVER);
    if (this.#turn !== thread) one.carriedWrites |= this.#bit(SERVER);
    if (error === '1205' || error === '1213')
      this.#ended.push({ thread: letterOf(thread), code: error === '1205' ? 1205 : 1213 });
  }

  get knowsRows(): boolean {
    return this.#rows !== undefined;
  }

  /** What the rows hold at the server, when nobody changes them any more. */
  found(rows: Readonly<Record<string, string>>): void {
    this.#rows = rows;
  }

  ended(thread: number, raised?: string): void {
    const one = this.#of(thread);
    one.over = true;
    one.raised = raised;
    this.writes |= this.#program.things.get(endThing(this.#program.threads[thread]?.name ?? '')) ?? 0;
  }

  get allOver(): boolean {
    return this.#threads.every(({ over }) => over);
  }

  /** What it waits for, if it has asked for something that it has not been given. */
  asked(thread: number): Wait | undefined {
    return this.#of(thread).asked;
  }

  /** The locks that it is inside of. */
  holds(thread: number): string[] {
    return [...this.#inside].filter(([, inside]) => inside.includes(thread)).map(([lock]) => lock);
  }

  value(name: string): Value {
    return this.#variable(name).value;
  }

  /** @param standing those who could go on and are not let go any more */
  outcome(standing: readonly number[], cut = false): Outcome {
    // Whoever is still inside has never left.
    for (const { lock } of this.#pairs) this.#together.add(lock);
    const raised = this.#threads.flatMap((one, i) => (one.raised === undefined ? [] : [[letterOf(i), one.raised]]));
    const wrong = Object.entries(this.#program.wanted).filter(([name, wanted]) => !cut && this.#isWrong(name, wanted));
    return {
      variables: Object.fromEntries([...this.#variables].map(([name, { value }]) => [name, value])),
      ...(this.#rows === undefined ? {} : { rows: this.#rows }),
      ...(this.#ended.length === 0 ? {} : { ended: [...this.#ended].sort((a, b) => (a.thread < b.thread ? -1 : 1)) }),
      ...(wrong.length === 0 ? {} : { wrong: Object.fromEntries(wrong) }),
      lost: this.#lost,
      stale: this.#stale,
      together: [...this.#together].sort(),
      raised: Object.fromEntries(raised),
      waits: this.#threads.flatMap((one, i) => (one.over || standing.includes(i) ? [] : [this.#wait(i, one)])),
      cut,
    };
  }

  /** Whether something holds what it should not, as far as that is known. A row's values are text. */
  #isWrong(name: string, wanted: Value): boolean {
    if (!(name in this.#program.rows)) return !same(this.value(name), wanted);
    const row = this.#rows?.[name];
    return row !== undefined && row !== String(wanted);
  }

  #wait(thread: number, { asked }: Thread): Wait {
    if (asked === undefined) return { thread: letterOf(thread), for: 'turn' };
    if (asked.for !== 'lock') return asked;
    return { ...asked, holders: (this.#inside.get(asked.lock) ?? []).map(letterOf) };
  }

  /** Whoever does something inside is inside. */
  #isThere(thread: number): void {
    if (this.#pairs.length === 0) return;
    for (const { lock, first } of this.#pairs) if (first === thread) this.#together.add(lock);
  }

  #variable(name: string): Variable {
    const variable = this.#variables.get(name);
    if (variable === undefined) throw new Error(`no variable ${name} in this program`);
    return variable;
  }

  #of(thread: number): Thread {
    const one = this.#threads[thread];
    if (one === undefined) throw new Error(`no green thread ${thread} in this program`);
    return one;
  }

  #looksAt(steps: readonly Step[]): number {
    return steps.reduce((bits, step) => {
      const inner = 'steps' in step ? this.#looksAt(step.steps) : 0;
      return bits | inner | (step.do === 'until' ? this.#bit(variableThing(step.variable)) : 0);
    }, 0);
  }

  #bit(thing: string): number {
    return this.#program.things.get(thing) ?? 0;
  }
}
