import { serve } from '../src/sdk/serve';
import { MUTANTS } from './catalogue';

/** The adapter of one of the mutants over the reference, by its name. */
const name = process.argv[2];
const mutant = MUTANTS.find((one) => one.name === name);
if (mutant === undefined || !('make' in mutant)) {
  process.stderr.write(`no mutant over the reference is called ${name}\n`);
  process.exit(2);
}
serve(mutant.make());
