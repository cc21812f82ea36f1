import { eventlet } from './eventlet';
import { liars } from './liars';
import type { Mutant } from './mutant';
import { mysql } from './mysql';
import { pools } from './pools';
import { sleeps } from './sleeps';

/** All of them, each under a name of its own. */
export const MUTANTS: readonly Mutant[] = [...sleeps, ...mysql, ...pools, ...liars, ...eventlet];
