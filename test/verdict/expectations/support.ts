import type { Named } from '../../../src/verdict/expectations/bind';
import { bind } from '../../../src/verdict/expectations/bind';
import { deviations, judgeScenario } from '../../../src/verdict/expectations/judge';
import { parseExpectations } from '../../../src/verdict/expectations/read';
import { judgeRun } from '../../../src/verdict/outcome';
import type { Deviation, Outcome, ScenarioResult } from '../../../src/verdict/result';

export const FILE = 'mine.yaml';

/** A few scenarios as a suite may have them: outlines, a name that two clauses have, one that another begins with. */
export const SCENARIOS: readonly Named[] = [
  { clause: 'TM-2', name: 'It computes (ready: 1)' },
  { clause: 'TM-2', name: 'It computes (ready: 10)' },
  { clause: 'TM-2', name: 'It sleeps' },
  { clause: 'TM-3', name: 'It sleeps' },
  { clause: 'TM-3', name: 'It sleeps long' },
  { clause: 'MY-1', name: 'It queries' },
];

/** What came of a scenario; a failure has a claim that says why. */
export function result({ clause = 'none', name }: Named, verdict: ScenarioResult['verdict'], why = 'it did not') {
  const claims = verdict === 'fail' ? [{ says: 'it holds', verdict, why }] : [];
  return {
    ...({ clause, strength: 'must', polarity: 'guarantee', name, feature: 'x.feature', line: 1, gherkin: [] } as const),
    ...{ verdict, claims, milliseconds: 1, declaredWait: 0 },
  } satisfies ScenarioResult;
}

export interface Judged {
  readonly results: readonly ScenarioResult[];
  readonly deviations: readonly Deviation[];
  readonly outcome: Outcome;
}

/** What a run comes to under the expectations of a text. */
export function judged(text: string, results: readonly ScenarioResult[], cut = false): Judged {
  const bound = bind(parseExpectations(FILE, text), SCENARIOS);
  const all = results.map((one) => judgeScenario(FILE, bound, one));
  const found = deviations(FILE, bound, all);
  return { results: all, deviations: found, outcome: judgeRun(all, cut, found) };
}

/** Results of all scenarios: what is not listed passes. */
export function run(others: Readonly<Record<number, ScenarioResult['verdict']>> = {}, why?: string): ScenarioResult[] {
  return SCENARIOS.map((scenario, i) => result(scenario, others[i] ?? 'pass', why));
}
