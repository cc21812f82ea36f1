import type { Cast } from '../program/compose';
import type { Claim } from '../trace/finding';

/** A claim as a scenario makes it: `sentence` is its pattern in the vocabulary. */
export interface PlannedClaim extends Claim {
  readonly sentence: string;
}

/** What a scenario would run, and what it would claim of the run. */
export interface PlannedScenario {
  readonly pickle: string;
  readonly cast: Cast;
  readonly claims: readonly PlannedClaim[];
}

let take: ((planned: PlannedScenario) => void) | undefined;

/** From here on scenarios are not run: what each would run and claim is handed over. */
export function planOnly(taker: ((planned: PlannedScenario) => void) | undefined): void {
  take = taker;
}

/** Whom plans are handed to; undefined where scenarios are run. */
export function planTaker(): ((planned: PlannedScenario) => void) | undefined {
  return take;
}
