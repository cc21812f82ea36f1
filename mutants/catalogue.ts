import type { Mutant } from './mutant';
import { sleeps } from './sleeps';

/** All of them, each under a name of its own. */
export const MUTANTS: readonly Mutant[] = [...sleeps];
