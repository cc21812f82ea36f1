import { type Mutant, type Violation, violationsOf } from '../mutants/mutant';
import type { Case, CaseClaim } from './cases';
import { type JudgedCase, verdictOf } from './judged';

/** A mutant, and what every case came to on it. */
export interface Trial {
  readonly mutant: Mutant;
  readonly cases: readonly JudgedCase[];
  /** Seconds that the programs that were run asked to be waited. */
  readonly declaredWait: number;
}

/** Where a mutant was caught: the case, and the words. */
export interface Catch {
  readonly of: Case;
  readonly place: string;
  readonly why: string;
}

/** The cases in which a mutant is caught as it has to be: for the right reason, and not only by accident. */
export function catches({ mutant, cases }: Trial): Catch[] {
  if ('lie' in mutant) return lies(mutant, cases);
  const found = violationsOf(mutant).map((violation) => caughtBy(violation, cases));
  return found.every((catches) => catches.length > 0) ? found.flat() : [];
}

function caughtBy(violated: Violation, cases: readonly JudgedCase[]): Catch[] {
  return cases
    .filter(({ of, verdict }) => of.clause === violated.clause && verdict === 'fail')
    .flatMap(({ of, claims }) =>
      claims
        .filter(
          ({ claim, verdict, why }) =>
            claim.sentence === violated.claim && verdict === 'fail' && violated.why.test(why),
        )
        .map(({ claim, why }) => ({ of, place: claim.place, why })),
    );
}

/**
 * A liar has shown nothing: that is to be said, as the adapter's fault, and nowhere may it be taken for a failure of a runtime, but where a
 * scenario is about the very thing that it lies about.
 */
function lies({ why, looksLikeFailureOf = [] }: Extract<Mutant, { lie: true }>, cases: readonly JudgedCase[]): Catch[] {
  if (cases.some(({ of, verdict }) => verdict === 'fail' && !looksLikeFailureOf.includes(of.clause))) return [];
  return cases
    .filter(({ verdict }) => verdict === 'inconclusive')
    .flatMap(({ of, claims, fault }) => {
      const open = claims.find(({ verdict }) => verdict !== 'pass');
      const told = fault ?? { party: open?.party, what: open?.why ?? '' };
      const place = open?.claim.place ?? 'nowhere';
      return told.party === 'adapter' && why.test(told.what) ? [{ of, place, why: told.what }] : [];
    });
}

/** What the trials show of the suite; a mutant that was tried more than once is caught if it was once. */
export interface Score {
  readonly survivors: readonly Mutant[];
  /** Scenarios that fail on no mutant. */
  readonly idleCases: readonly Case[];
  /** Places of claims that could be taken away, and every scenario would still fail on the same mutants. */
  readonly idleClaims: readonly IdleClaim[];
}

/** A claim of a scenario, or of an outline with all its rows, by what does not change when lines move. */
export type ClaimName = Pick<CaseClaim, 'scenario' | 'sentence'>;

export interface IdleClaim extends ClaimName {
  readonly place: string;
  readonly clause: string;
  /** Whether it fails on some mutant at all, beside others. */
  readonly fails: boolean;
}

export function score(cases: readonly Case[], trials: readonly Trial[]): Score {
  const judged = trials.flatMap((trial) => trial.cases);
  const caught = new Set(trials.filter((trial) => catches(trial).length > 0).map(({ mutant }) => mutant));
  const failing = new Set(judged.filter(({ verdict }) => verdict === 'fail').map(({ of }) => of));
  return {
    survivors: mutantsOf(trials).filter((mutant) => !caught.has(mutant)),
    idleCases: cases.filter((one) => !failing.has(one)),
    idleClaims: idleClaims(cases, judged),
  };
}

export function mutantsOf(trials: readonly Trial[]): Mutant[] {
  return [...new Set(trials.map(({ mutant }) => mutant))];
}

/** The suite is weakened by one claim at a time: which would nobody miss? */
function idleClaims(cases: readonly Case[], judged: readonly JudgedCase[]): IdleClaim[] {
  const missed = new Set(judged.flatMap(missedIn));
  const failing = new Set(
    judged.flatMap(({ claims }) => claims.flatMap(({ claim, verdict }) => (verdict === 'fail' ? [claim.place] : []))),
  );
  const idle = new Map<string, IdleClaim>();
  for (const { clause, claims } of cases)
    for (const { place, scenario, sentence } of claims)
      if (!missed.has(place)) idle.set(place, { place, scenario, sentence, clause, fails: failing.has(place) });
  return [...idle.values()];
}

/** The claims of a case without which it would no longer fail. */
function missedIn({ verdict, claims }: JudgedCase): string[] {
  if (verdict !== 'fail') return [];
  return claims
    .map(({ claim }) => claim.place)
    .filter((place) => verdictOf(claims.filter(({ claim }) => claim.place !== place)) !== 'fail');
}
