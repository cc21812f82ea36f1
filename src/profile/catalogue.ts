import { queries } from './database';
import type { Fact } from './fact';
import { overdueTimer, yieldsBeforeBytes } from './hub';
import { barging, reentrancy } from './locks';
import { sharedConnection } from './shared-connection';
import { childStarts, turnOrder } from './spawning';

/** All facts, in the order in which they are shown. */
export const FACTS: readonly Fact[] = [
  childStarts,
  turnOrder,
  yieldsBeforeBytes,
  overdueTimer,
  barging,
  reentrancy,
  ...queries,
  sharedConnection,
];
