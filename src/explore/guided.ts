import type { Bound, Schedule, Search, Stop, Strayed } from '../program/search';
import { keyOf, type Outcome } from './outcome';
import { Following } from './search';

/** The same schedule came to two outcomes: something is at work that is not under control. */
export interface Unlike {
  readonly schedule: Schedule;
  readonly before: Outcome;
  readonly now: Outcome;
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
  #enough = false;
  #tried = 0;
  #repeat: Following | undefined;
  #last: { readonly schedule: Schedule; readonly outcome: Outcome } | undefined;

  constructor(search: Search, { repeats }: { readonly repeats: boolean }) {
    this.#search = search;
    this.#repeats = repeats;
  }

  /** Whether the schedule under way has been tried before. */
  get repeating(): boolean {
    return this.#repeat !== undefined;
  }

  get schedule(): Schedule {
    return this.#now.schedule;
  }

  get switches(): number {
    return this.#now.switches;
  }

  get bounds(): ReadonlySet<Bound> {
    return this.#search.bounds;
  }

  get strayed(): Strayed | undefined {
    return this.#search.strayed ?? this.#repeat?.strayed;
  }

  begin(): boolean {
    if (this.#enough || this.unlike !== undefined || this.strayed !== undefined) return false;
    const due = this.#repeats && this.#last !== undefined && Number.isInteger(Math.log2(this.#tried));
    this.#repeat = due && this.#last !== undefined ? new Following(this.#last.schedule) : undefined;
    return this.#now.begin();
  }

  choose(ready: readonly number[]): number | Stop {
    return this.#now.choose(ready);
  }

  did(reads: number, writes: number): void {
    this.#now.did(reads, writes);
  }

  end(how: 'over' | Stop): bigint {
    return this.repeating ? 0n : this.#search.end(how);
  }

  /** The schedule just ended came to this; of one that was tried before, whether it is the same is all that counts. */
  came(schedule: Schedule, outcome: Outcome): void {
    const last = this.#last;
    if (this.repeating && last !== undefined) {
      this.repeated += 1;
      this.#last = undefined;
      if (keyOf(last.outcome) !== keyOf(outcome)) this.unlike = { schedule, before: last.outcome, now: outcome };
    } else {
      this.#tried += 1;
      this.#last = { schedule, outcome };
    }
  }

  enough(): void {
    this.#enough = true;
  }

  get #now(): Search {
    return this.#repeat ?? this.#search;
  }
}
