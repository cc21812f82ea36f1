import type { ClaimName } from './score';

/** A claim that no mutant fails alone, and that stands there all the same: as the control of another, or to tell more exactly. */
export interface Control extends ClaimName {
  readonly reason: string;
}

export const CONTROLS: readonly Control[] = [];
