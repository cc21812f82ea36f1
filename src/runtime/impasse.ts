import { TIMER_SECONDS } from '../program/activities';
import type { EventParams } from '../protocol/messages';

/** Milliseconds of processor time that a process may use with no news of it, before those who go on and on in it are called off. */
export const TURNING = 500;

/** The share of it in which the harness must have looked, each time in vain: one that could not look may only not have heard. */
const LOOKS_A_MILLISECOND = 0.1;

/** How often, for each millisecond of it, those who go on and on may be heard of with no news of anybody else: as often as a timer of a cast fires. */
const VOICES_A_MILLISECOND = 1 / (TIMER_SECONDS * 1000);

/** Milliseconds: the longest slice after which a scheduler of threads takes the processor from one for another (Go's; Python's is 5). */
const SLICE = 10;

/** What each green thread may use of the processor before it, or whatever it has started, is heard of. */
const START = 1;

/** What the first connection of a process may use besides: a driver is loaded for it. */
const LOADING = 200;

/** So many rounds of slices may pass before the next of many is heard of: it may have to wait for a lock of its runtime's, too. */
const ROUNDS = 5;

/**
 * Tells when nobody but those who go on and on comes to run in a process: it has used the processor for long, while the harness looked
 * again and again, or they alone have been heard of again and again. It decides when the harness calls them off, and no verdict:
 * those rest on what is seen then.
 */
export class Impasse {
  readonly #turning: number;
  readonly #greenThreads: number;
  readonly #osThreads = new Set<number>();
  readonly #begun = new Beginnings();
  #before: number | undefined;
  #looks = 0;
  #voices = 0;

  /**
   * @param turning milliseconds of processor time
   * @param greenThreads how many may be at work at once
   * @param waits milliseconds that the program asks to be waited: a runtime may turn all the while
   */
  constructor(turning: number, greenThreads: number, waits: number) {
    this.#turning = Math.max(turning, START * greenThreads) + waits;
    this.#greenThreads = greenThreads;
  }

  /** A green thread was heard of. */
  hear({ thread, os, at }: Pick<EventParams, 'thread' | 'os' | 'at'>): void {
    this.#osThreads.add(os);
    if (at !== undefined) this.#begun.hear(thread, at);
  }

  /** Where green threads run on several OS threads, each may use up its slice before whoever has news comes to run. */
  #patience(connecting: boolean): number {
    const turning = this.#osThreads.size > 1 ? Math.max(this.#turning, ROUNDS * this.#round()) : this.#turning;
    return connecting ? turning + LOADING : turning;
  }

  /** Milliseconds in which each of them had a turn, were all as long as the first ones of those who have begun. */
  #round(): number {
    return this.#greenThreads * Math.min(SLICE, this.#begun.apart() ?? SLICE);
  }

  /** Something is heard that is news. */
  news(): void {
    this.#before = undefined;
    this.#looks = 0;
    this.#voices = 0;
  }

  /**
   * One of those who go on and on is heard of; true once that is all there is.
   *
   * @param connecting whether a connection to the database is being made
   */
  voice(connecting = false): boolean {
    this.#voices += 1;
    return this.#voices >= this.#patience(connecting) * VOICES_A_MILLISECOND;
  }

  /**
   * The process is looked at, with no news since the last look; true once it turns in vain.
   *
   * @param used gives the milliseconds of processor time that it has used; asked only where that can matter
   * @param connecting whether a connection to the database is being made
   */
  look(used: () => number, connecting = false): boolean {
    this.#before ??= used();
    this.#looks += 1;
    const patience = this.#patience(connecting);
    return this.#looks >= patience * LOOKS_A_MILLISECOND && used() - this.#before >= patience;
  }
}

/** When green threads were first heard of, milliseconds of the adapter's clock: one begins when another's turn is over. */
class Beginnings {
  readonly #threads = new Set<string>();
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  hear(thread: string, at: number): void {
    if (this.#threads.has(thread)) return;
    this.#threads.add(thread);
    this.#first = Math.min(this.#first, at);
    this.#last = Math.max(this.#last, at);
  }

  /** How far they are apart, on average; undefined before two have begun. */
  apart(): number | undefined {
    const others = this.#threads.size - 1;
    return others > 0 ? (this.#last - this.#first) / others : undefined;
  }
}
