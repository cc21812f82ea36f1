import type { ProcessReading } from '../trace/record';

/** Milliseconds of processor time that green threads may turn with nothing heard of anybody, before they are called off. */
export const TURNING = 1000;

/** The share of it in which the harness must have looked, each time in vain: one that could not look may only not have heard. */
const LOOKS_A_MILLISECOND = 0.1;

/**
 * Tells when a process has used the processor for so long, while it was looked at again and again and nothing was heard of it, that who
 * turns there keeps the others from running. It decides when the harness calls them off, and no verdict: those rest on what is heard then.
 */
export class Impasse {
  readonly #turning: number;
  #before: number | undefined;
  #looks = 0;

  /** @param turning milliseconds of processor time */
  constructor(turning: number) {
    this.#turning = turning;
  }

  reset(): void {
    this.#before = undefined;
    this.#looks = 0;
  }

  /** Takes one more reading with nothing heard since the last. */
  observe(reading: ProcessReading): boolean {
    const used = reading.threads.reduce((sum, { cpu }) => sum + cpu, 0);
    this.#before ??= used;
    this.#looks += 1;
    return this.#looks >= this.#turning * LOOKS_A_MILLISECOND && (used - this.#before) / 1e6 >= this.#turning;
  }
}
