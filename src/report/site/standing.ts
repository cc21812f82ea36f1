import type { Clause, Polarity, Strength } from '../../clauses/catalogue';
import { combine, type Verdict } from '../../verdict/judge';
import type { ScenarioResult } from '../../verdict/result';

/**
 * How a clause, or a scenario, stands with a runtime. That something does not hold is a danger where code leans on it, and a gain
 * where it was a cost.
 */
export type Standing = 'holds' | 'lost' | 'gone' | 'differs' | 'open' | 'not-applicable' | 'not-run';

/** In words, and by a sign that does without colour. */
export const WORDS: Record<Standing, { readonly sign: string; readonly word: string }> = {
  holds: { sign: '✓', word: 'holds' },
  lost: { sign: '✗', word: 'guarantee lost' },
  gone: { sign: '◇', word: 'hazard gone' },
  differs: { sign: '≠', word: 'differs' },
  open: { sign: '?', word: 'inconclusive' },
  'not-applicable': { sign: '–', word: 'not applicable' },
  'not-run': { sign: '·', word: 'not run' },
};

export function standingOf(verdict: Verdict | undefined, polarity: Polarity): Standing {
  switch (verdict) {
    case undefined:
      return 'not-run';
    case 'pass':
      return 'holds';
    case 'inconclusive':
      return 'open';
    case 'not-applicable':
      return 'not-applicable';
    case 'fail':
      return whenFailed(polarity);
  }
}

function whenFailed(polarity: Polarity): Standing {
  switch (polarity) {
    case 'guarantee':
      return 'lost';
    case 'hazard':
      return 'gone';
    case 'advice':
    case 'none':
      return 'differs';
  }
}

/** How many of a clause's scenarios of one strength pass, of those that apply. */
export interface Tally {
  readonly strength: Strength;
  readonly passed: number;
  readonly applicable: number;
  readonly standing: Standing;
}

export interface ClauseStanding {
  readonly standing: Standing;
  /** The strengths in which it has scenarios, the strongest first. */
  readonly tallies: readonly Tally[];
}

const STRENGTHS: readonly Strength[] = ['must', 'should', 'consequence', 'info'];

/** A clause stands as its strongest scenarios do; what only follows from it, or is recommended, is told apart. */
export function clauseStanding(clause: Clause, results: readonly ScenarioResult[]): ClauseStanding {
  const tallies = STRENGTHS.flatMap((strength) => {
    const verdicts = results.filter((result) => result.strength === strength).map(({ verdict }) => verdict);
    return verdicts.length === 0 ? [] : [tally(strength, verdicts, clause.polarity)];
  });
  return { standing: tallies[0]?.standing ?? 'not-run', tallies };
}

function tally(strength: Strength, verdicts: readonly Verdict[], polarity: Polarity): Tally {
  return {
    strength,
    passed: verdicts.filter((verdict) => verdict === 'pass').length,
    applicable: verdicts.filter((verdict) => verdict !== 'not-applicable').length,
    standing: standingOf(combine(verdicts), polarity),
  };
}
