import type { ScenarioResult } from '../result';

/**
 * Makes one result of the runs of a flaky scenario. It passes if all runs did; it fails, and shows the first failure, if one did; and
 * it is open if one was.
 */
export function mergeRepetitions(first: ScenarioResult, ...more: readonly ScenarioResult[]): ScenarioResult {
  const all = [first, ...more];
  const open = all.find(({ verdict }) => verdict === 'inconclusive' || verdict === 'not-applicable');
  if (open !== undefined) return open;
  const shown = all.find(({ verdict }) => verdict === 'fail') ?? first;
  const passed = all.filter(({ verdict }) => verdict === 'pass').length;
  return { ...shown, repetitions: { passed, of: all.length } };
}
