import type { Bound, Schedule, Search, Strayed, Walk } from '../program/search';
import { keyOf, type Outcome } from './outcome';
import { Following } from './search';

/** The same schedule came to two outcomes: something is at work that is not under control. */
export interface Unlike {
  readonly schedule: Schedule;
  readonly before: Outcome;
  readonly now: Outcome;
}

/** What a schedule came to, for it to be run again. */
interface Came {
  readonly schedule: Schedule;
  readonly outcome: Outcome;
}

/**
 * Another search, ended where it has found enough, and a schedule of it repeated now and then (the first, the second, the fourth, …), which has to
 * come to the same.
 */
export class Guided implements Search {
  unlike: Unlike | undefined;
  repeated = 0;
  readonly #search: Search;
  readonly #repeats: boolean;
  readonly #again: Came[] = [];
  readonly #repeating = new Map<Walk, Came>();
  #strayed: Strayed | undefined;
  #enough = false;
  #tried = 0;

  constructor(search: Search, { repeats }: { readonly repeats: boolean }) {
    this.#search = search;
    this.#repeats = repeats;
  }

  get bounds(): ReadonlySet<Bound> {
    return this.#search.bounds;
  }

  get strayed(): Strayed | undefined {
    return this.#search.strayed ?? this.#strayed;
  }

  begin(): Walk | undefined {
    if (this.#enough || this.unlike !== undefined || this.strayed !== undefined) return undefined;
    const came = this.#again.shift();
    if (came === undefined) return this.#search.begin();
    const walk = new Following(came.schedule);
    this.#repeating.set(walk, came);
    return walk.begin();
  }

  /** A schedule came to this; gives whether it was tried for the first time. Of one that was tried before, whether it is the same is all that counts. */
  came(walk: Walk, outcome: Outcome): boolean {
    const before = this.#repeating.get(walk);
    if (before === undefined) {
      this.#tried += 1;
      if (this.#repeats && Number.isInteger(Math.log2(this.#tried)))
        this.#again.push({ schedule: [...walk.schedule], outcome });
      return true;
    }
    this.#repeating.delete(walk);
    this.repeated += 1;
    if (keyOf(before.outcome) !== keyOf(outcome))
      this.unlike ??= { schedule: before.schedule, before: before.outcome, now: outcome };
    return false;
  }

  /** A schedule could not be followed, or not to its end. */
  left(walk: Walk): void {
    if (this.#repeating.delete(walk) && walk instanceof Following) this.#strayed ??= walk.strayed;
  }

  enough(): void {
    this.#enough = true;
  }
}
