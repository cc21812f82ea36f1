import { ends } from './ends';
import { eventlet } from './eventlet';
import { hubs } from './hubs';
import { io } from './io';
import { keptBack } from './kept-back';
import { liars } from './liars';
import { locks } from './locks';
import type { Mutant } from './mutant';
import { mysql } from './mysql';
import { osThreads } from './os-threads';
import { patching } from './patching';
import { pools } from './pools';
import { sleeps } from './sleeps';
import { switching } from './switching';

/** All of them, each under a name of its own. */
export const MUTANTS: readonly Mutant[] = [
  ...switching,
  ...sleeps,
  ...ends,
  ...io,
  ...osThreads,
  ...locks,
  ...patching,
  ...hubs,
  ...mysql,
  ...pools,
  ...eventlet,
  ...liars,
  ...keptBack,
];
