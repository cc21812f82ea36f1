import { judge, type Verdict } from '../src/verdict/judge';
import type { Case, CaseClaim } from './cases';
import type { CaseRun } from './records';

/** What one claim of a case came to on one runtime: each is judged, also those after one that does not hold. */
export interface JudgedClaim {
  readonly claim: CaseClaim;
  readonly verdict: Exclude<Verdict, 'not-applicable'>;
  readonly why: string;
  /** Whose fault it is that there is no verdict. */
  readonly party?: string;
}

export interface JudgedCase {
  readonly of: Case;
  readonly verdict: Verdict;
  readonly claims: readonly JudgedClaim[];
  /** Why there is no verdict, where not even a run could be made. */
  readonly fault?: { readonly party: string; readonly what: string };
}

export function judgeCase(of: Case, run: CaseRun): JudgedCase {
  switch (run.kind) {
    case 'unaffected':
    case 'left-out':
    case 'not-applicable':
      return { of, verdict: 'not-applicable', claims: [] };
    case 'faulted':
      return { of, verdict: 'inconclusive', claims: [], fault: run.fault };
    case 'ran': {
      const claims = of.claims.map((claim): JudgedClaim => {
        const { verdict, why = '', fault } = judge(run.record, claim);
        return { claim, verdict, why, ...(fault === undefined ? {} : { party: fault.party }) };
      });
      return { of, verdict: verdictOf(claims), claims };
    }
  }
}

/** A scenario ends with its first claim that does not hold. */
export function verdictOf(claims: readonly Pick<JudgedClaim, 'verdict'>[]): Verdict {
  return claims.find(({ verdict }) => verdict !== 'pass')?.verdict ?? 'pass';
}
