import type { RunRecord } from './record';

/**
 * What a claim finds in a record. `contradicted` rests on something that was seen, and names it; `unknown` means that what would
 * tell was not seen.
 */
export type Finding =
  | { readonly kind: 'holds' }
  | { readonly kind: 'contradicted'; readonly why: string; readonly against: readonly number[] }
  | { readonly kind: 'unknown'; readonly why: string };

export type Contradiction = Extract<Finding, { kind: 'contradicted' }>;

/** A claim: a sentence about a run that a record supports, contradicts, or leaves open. */
export interface Claim {
  /** The sentence, as a person reads it in a feature. */
  readonly says: string;
  readonly judge: (record: RunRecord) => Finding;
}

export const holds: Finding = { kind: 'holds' };

/** @param against the numbers of the events that contradict */
export function contradicted(why: string, against: readonly number[] = []): Contradiction {
  return { kind: 'contradicted', why, against };
}

export function unknown(why: string): Finding {
  return { kind: 'unknown', why };
}
