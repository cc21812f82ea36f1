import type { Deviation, ScenarioResult } from '../result';
import { type Bound, entryFor } from './bind';
import { type Entry, TODO, targetOf } from './schema';

/** A scenario's result, with the entry by which its verdict is the expected one, if there is one. */
export function judgeScenario(file: string, bound: readonly Bound[], result: ScenarioResult): ScenarioResult {
  const entry = entryFor(bound, result);
  if (entry === undefined || !isExpected(entry, result)) return result;
  const { list, reason, link, line } = entry;
  return { ...result, expected: { list, reason, ...(link === undefined ? {} : { link }), file, line } };
}

/** Every entry that does not fit what came. Of scenarios that were not run nothing is said. */
export function deviations(file: string, bound: readonly Bound[], results: readonly ScenarioResult[]): Deviation[] {
  return bound.flatMap(({ entry, scenarios }) => {
    const own = results.filter((result) => entryFor(bound, result) === entry);
    if (own.length === 0) return [];
    const whole = own.length >= scenarios.length;
    return [...misfits(entry, own), ...stale(entry, own, whole), ...unexplained(entry)].map(({ kind, says }) => ({
      ...{ kind, file, line: entry.line },
      says,
    }));
  });
}

type Misfit = Pick<Deviation, 'kind' | 'says'>;

function isExpected(entry: Entry, result: ScenarioResult): boolean {
  switch (result.verdict) {
    case 'fail':
      return fits(entry, result);
    case 'pass':
      return entry.list === 'flaky';
    case 'inconclusive':
    case 'not-applicable':
      return false;
  }
}

/** Whether a failure has the reason that the entry pins, if it pins one. */
export function fits({ why }: Entry, result: ScenarioResult): boolean {
  return why === undefined || whyOf(result).includes(why);
}

/** Why the failed claims of a scenario failed. */
export function whyOf({ claims }: ScenarioResult): string {
  return claims.flatMap(({ verdict, why }) => (verdict === 'fail' && why !== undefined ? [why] : [])).join('\n');
}

/** What came in single scenarios and is not what the entry says. */
function misfits(entry: Entry, own: readonly ScenarioResult[]): Misfit[] {
  const failed = own.filter((result) => result.verdict === 'fail' && !fits(entry, result));
  const passed = own.filter(
    ({ verdict }) => verdict === 'pass' && entry.list === 'known' && entry.scenario !== undefined,
  );
  return [
    ...failed.map((result) => {
      const says = `"${result.name}" fails for another reason than "${entry.why}": ${whyOf(result)}`;
      return { kind: 'another-reason' as const, says };
    }),
    ...passed.map(({ name }) => ({ kind: 'unexpected-pass' as const, says: `"${name}" passes: ${toDo(entry)}` })),
  ];
}

function toDo({ scenario }: Entry): string {
  return scenario?.endsWith('*') ? 'name those that fail one by one' : 'take the entry out';
}

/** An entry of which nothing is left: what it speaks for passes, or does not even apply. */
function stale(entry: Entry, own: readonly ScenarioResult[], whole: boolean): Misfit[] {
  const came = (verdict: ScenarioResult['verdict']): boolean => own.some((result) => result.verdict === verdict);
  // One that names scenarios has been told of those that pass.
  const right = came('fail') || came('inconclusive') || (came('pass') && namesScenarios(entry));
  if (!whole || right) return [];
  const why = came('pass') ? 'nothing of it fails' : 'it does not apply to the runtime';
  return [{ kind: 'stale', says: `${targetOf(entry)}: ${why}: take the entry out` }];
}

/** Whether a pass of what it speaks for is told, or right, by itself. */
function namesScenarios({ list, scenario }: Entry): boolean {
  return list === 'flaky' || scenario !== undefined;
}

/** An expectation that nobody has explained keeps a run from being as expected. */
function unexplained(entry: Entry): Misfit[] {
  const target = targetOf(entry);
  if (isTodo(entry)) return [{ kind: 'unexplained', says: `${target}: nobody has said why: write the reason` }];
  if (entry.link === undefined) return [{ kind: 'unexplained', says: `${target}: no link says more of it: add one` }];
  return [];
}

export function isTodo({ reason }: Pick<Entry, 'reason'>): boolean {
  return reason.startsWith(TODO);
}
