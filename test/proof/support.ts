import type { Mutant, Violation } from '../../mutants/mutant';
import type { Case, CaseClaim } from '../../proof/cases';
import { type JudgedCase, type JudgedClaim, verdictOf } from '../../proof/judged';
import type { Trial } from '../../proof/score';
import { Reference } from '../../reference-impl/adapter';
import { holds } from '../../src/trace/finding';

/** A scenario with claims of these sentences, each on a line of its own. */
export function scenario(clause: string, name: string, ...sentences: string[]): Case {
  const claims = sentences.map(
    (sentence, i): CaseClaim => ({
      ...{ sentence, says: sentence, scenario: name, place: `${name}:${i + 1}` },
      judge: () => holds,
    }),
  );
  return { clause, strength: 'must', name, cast: { ready: 0, pending: 0 }, claims };
}

/** What a scenario came to, by its claims' verdicts: `pass`, or a verdict with words, as in `fail: nobody ran`. */
export function came(of: Case, ...outcomes: string[]): JudgedCase {
  const claims = of.claims.map((claim, i): JudgedClaim => {
    const [verdict = 'pass', why = ''] = (outcomes[i] ?? 'pass').split(': ');
    if (verdict === 'pass' || verdict === 'fail') return { claim, verdict, why };
    return { claim, verdict: 'inconclusive', why, party: verdict };
  });
  return { of, verdict: verdictOf(claims), claims };
}

export function mutant(name: string, clause: string, claim: string, why: RegExp): Mutant & Violation {
  return { name, defect: `${name} is broken`, clause, claim, why, make: () => new Reference() };
}

export function liar(name: string, why: RegExp, looksLikeFailureOf: readonly string[] = []): Mutant {
  return { name, defect: `${name} lies`, lie: true, why, looksLikeFailureOf, make: () => new Reference() };
}

export function trial(of: Mutant, ...cases: JudgedCase[]): Trial {
  return { mutant: of, cases, declaredWait: 0 };
}
