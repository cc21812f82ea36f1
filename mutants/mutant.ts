import type { Runtime } from '../src/sdk/runtime';
import type { Reach } from './reach';

/** A runtime with one defect, and how the suite has to notice it. */
export type Mutant = Noticed &
  Made & {
    readonly name: string;
    readonly defect: string;
    /** Which programs can reach what is broken; absent where any may. Another is run as on the unbroken runtime, and need not be. */
    readonly reachedBy?: Reach;
    /** Whether it asks the server who waits for a row, which only MySQL tells (performance_schema.data_lock_waits, from 8.0). */
    readonly asksWhoWaits?: true;
  };

/** What is broken: a runtime made here, over the reference; or an adapter in Python, over eventlet. */
type Made = { readonly make: () => Runtime<void> } | { readonly python: string };

/**
 * By whom it has to be caught: a scenario of the clause that it violates, by this claim (a sentence of docs/vocabulary.md), in these
 * words. A liar does no work that could be judged: each scenario that it lies in has to end inconclusive, in these words.
 */
type Noticed =
  | (Violation & {
      /** Where the same defect violates a second clause: it has to be caught there, too. */
      readonly also?: Violation;
    })
  | {
      readonly lie: true;
      readonly why: RegExp;
      /** Clauses whose scenarios are about the very thing that it lies about: there a lie looks like a failure. */
      readonly looksLikeFailureOf?: readonly string[];
    };

/** A clause that a mutant violates, with what has to catch it there. */
export interface Violation {
  readonly clause: string;
  readonly claim: string;
  readonly why: RegExp;
}

export function violationsOf(mutant: Mutant): readonly Violation[] {
  if ('lie' in mutant) return [];
  return mutant.also === undefined ? [mutant] : [mutant, mutant.also];
}
