/** Milliseconds of processor time that a process may use with no news of it, before those who go on and on in it are called off. */
export const TURNING = 1000;

/** The share of it in which the harness must have looked, each time in vain: one that could not look may only not have heard. */
const LOOKS_A_MILLISECOND = 0.1;

/** How often, for each millisecond of it, those who go on and on may be heard of with no news of anybody else. */
const VOICES_A_MILLISECOND = 0.1;

/**
 * Tells when nobody but those who go on and on comes to run in a process: it has used the processor for long, while the harness looked
 * again and again, or they alone have been heard of again and again. It decides when the harness calls them off, and no verdict:
 * those rest on what is seen then.
 */
export class Impasse {
  readonly #turning: number;
  #before: number | undefined;
  #looks = 0;
  #voices = 0;
  readonly #said = new Set<string>();

  /** @param turning milliseconds of processor time */
  constructor(turning: number) {
    this.#turning = turning;
  }

  /** Something is heard that is news. */
  news(): void {
    this.#before = undefined;
    this.#looks = 0;
    this.#voices = 0;
  }

  /**
   * One of those who go on and on is heard of; true once that is all there is. What was never said before is news, too: a hundred of
   * them may take long to have begun.
   */
  voice(saying: string): boolean {
    if (!this.#said.has(saying)) {
      this.#said.add(saying);
      this.news();
      return false;
    }
    this.#voices += 1;
    return this.#voices >= this.#turning * VOICES_A_MILLISECOND;
  }

  /**
   * The process is looked at, with no news since the last look; true once it turns in vain.
   *
   * @param used gives the milliseconds of processor time that it has used; asked only where that can matter
   */
  look(used: () => number): boolean {
    this.#before ??= used();
    this.#looks += 1;
    return this.#looks >= this.#turning * LOOKS_A_MILLISECOND && used() - this.#before >= this.#turning;
  }
}
