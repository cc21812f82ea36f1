import { queries } from './database';
import { killedHolder, killRunning, timeoutInCall } from './ending';
import type { Fact } from './fact';
import { contendedLog, earlyLock } from './hidden-locks';
import { overdueTimer, yieldsBeforeBytes } from './hub';
import { barging, reentrancy } from './locks';
import { fullPool } from './pools';
import { sharedConnection } from './shared-connection';
import { negativeSleep, sleepWithoutArgument, switchInCallback } from './sleeping';
import { childStarts, turnOrder } from './spawning';

/** All facts, in the order in which they are observed and shown: those that may leave a process stuck stand last, since it is replaced then. */
export const FACTS: readonly Fact[] = [
  childStarts,
  turnOrder,
  yieldsBeforeBytes,
  overdueTimer,
  negativeSleep,
  sleepWithoutArgument,
  switchInCallback,
  contendedLog,
  fullPool,
  killRunning,
  timeoutInCall,
  ...queries,
  sharedConnection,
  barging,
  killedHolder,
  earlyLock,
  reentrancy,
];
