import { combine, type Verdict } from './judge';
import type { Deviation, Outcome, ResultFile, ScenarioResult } from './result';

/** A run in which nothing was judged is not green, and one that was cut short is so only as a failure. */
export function verdictOf(scenarios: readonly Pick<ScenarioResult, 'verdict'>[], cut: boolean): Verdict {
  const verdict = combine(scenarios.map((scenario) => scenario.verdict));
  if (verdict === 'fail') return 'fail';
  return cut || verdict === 'not-applicable' ? 'inconclusive' : verdict;
}

/** What a run comes to where some differences were expected: those count for nothing, and what does not fit the entries as a difference. */
export function judgeRun(
  scenarios: readonly ScenarioResult[],
  cut: boolean,
  deviations: readonly Deviation[],
): Outcome {
  if (deviations.length > 0) return 'differs';
  const unexpected = scenarios.map(({ verdict, expected }) => ({ verdict: expected === undefined ? verdict : 'pass' }));
  const outcome = fromVerdict(verdictOf(unexpected, cut));
  return outcome === 'conforms' && scenarios.some(({ expected }) => expected !== undefined) ? 'as-expected' : outcome;
}

/** What the run of a result file comes to: by the expectations, where there were any. */
export function outcomeOf({ verdict, expectations }: ResultFile): Outcome {
  return expectations?.outcome ?? fromVerdict(verdict);
}

function fromVerdict(verdict: Verdict): Outcome {
  switch (verdict) {
    case 'pass':
      return 'conforms';
    case 'fail':
      return 'differs';
    case 'inconclusive':
    case 'not-applicable':
      return 'not-judged';
  }
}
