import { type Mutant, violationsOf } from '../mutants/mutant';
import type { Case } from './cases';
import { type IdleClaim, mutantsOf, score, type Trial } from './score';

/**
 * On a machine that is busy otherwise a run now and then shows less than it could. Worth another try is each mutant that may show what is left: what
 * survives, and of a claim that nobody would miss the mutants that violate its clause, those that such a sentence has to catch, and those that it failed
 * on. Another try can show more, and takes nothing back.
 */
export function worthAnotherTry(cases: readonly Case[], trials: readonly Trial[]): Mutant[] {
  const { survivors, idleClaims } = score(cases, trials);
  return mutantsOf(trials).filter(
    (mutant) =>
      survivors.includes(mutant) || idleClaims.some((idle) => aimsAt(mutant, idle) || failedOn(mutant, idle, trials)),
  );
}

function aimsAt(mutant: Mutant, { clause, sentence }: IdleClaim): boolean {
  return violationsOf(mutant).some((violation) => violation.clause === clause || violation.claim === sentence);
}

function failedOn(mutant: Mutant, { place }: IdleClaim, trials: readonly Trial[]): boolean {
  return trials.some(
    (trial) =>
      trial.mutant === mutant &&
      trial.cases.some(({ claims }) =>
        claims.some(({ claim, verdict }) => claim.place === place && verdict === 'fail'),
      ),
  );
}
