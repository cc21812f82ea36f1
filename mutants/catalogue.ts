import { ends } from './ends';
import { locks } from './locks';
import type { Mutant } from './mutant';
import { mysql } from './mysql';
import { patching } from './patching';
import { pools } from './pools';
import { sleeps } from './sleeps';
import { switching } from './switching';

/** All of them, each under a name of its own. */
export const MUTANTS: readonly Mutant[] = [...switching, ...sleeps, ...ends, ...locks, ...patching, ...mysql, ...pools];
