import { z } from 'zod';
import type { Polarity, Strength } from '../../clauses/catalogue';
import type { Verdict } from '../../verdict/judge';
import type { ScenarioResult } from '../../verdict/result';

/**
 * How a clause, or a scenario, stands with a runtime. That something does not hold is a danger where code leans on it, and a gain
 * where it was a cost.
 */
export const Standing = z.enum(['holds', 'lost', 'gone', 'differs', 'open', 'not-applicable', 'not-run']);
export type Standing = z.infer<typeof Standing>;

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
export function clauseStanding(results: readonly ScenarioResult[]): ClauseStanding {
  const tallies = STRENGTHS.flatMap((strength) => {
    const own = results.filter((result) => result.strength === strength);
    return own.length === 0 ? [] : [tally(strength, own)];
  });
  return { standing: tallies[0]?.standing ?? 'not-run', tallies };
}

function tally(strength: Strength, results: readonly ScenarioResult[]): Tally {
  const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  return {
    strength,
    passed: count('pass'),
    applicable: results.length - count('not-applicable'),
    standing: worst(results.map(({ verdict, polarity }) => standingOf(verdict, polarity))),
  };
}

/** What several scenarios come to: a danger outweighs all, and that something could not be judged all that holds. */
const WEIGHT: readonly Standing[] = ['lost', 'gone', 'differs', 'open', 'holds', 'not-applicable'];

function worst(standings: readonly Standing[]): Standing {
  return WEIGHT.find((standing) => standings.includes(standing)) ?? 'not-run';
}
