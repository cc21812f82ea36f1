import { closest, distance } from 'fastest-levenshtein';
import { Fault } from '../../fault/fault';
import type { Expectations } from './read';
import { type Entry, targetOf } from './schema';

/** A scenario by what entries know of it. */
export interface Named {
  readonly clause?: string | undefined;
  readonly name: string;
}

/** An entry and the scenarios that it speaks for: those that no other entry names more closely. */
export interface Bound {
  readonly entry: Entry;
  readonly scenarios: readonly Named[];
}

/**
 * Gives each scenario to the entry that names it most closely: by its whole name, by the longest beginning, by its clause.
 *
 * @throws Fault of the user: an entry names no scenario, or none that is not another's
 */
export function bind({ file, entries }: Expectations, scenarios: readonly Named[]): readonly Bound[] {
  const wrong = entries.flatMap((entry) => {
    const came = fault(entry, entries, scenarios);
    return came === undefined ? [] : [`${file}:${entry.line}: ${targetOf(entry)} ${came}`];
  });
  if (wrong.length > 0) {
    const came = wrong.map((line) => `\n  - ${line}`).join('');
    const expected = 'entries that name scenarios of the suite, each its own';
    const advice = '`greenspec clauses` lists the clauses, spec/scenarios.txt every scenario';
    throw new Fault({ party: 'user', what: 'the expectations do not fit the scenarios', expected, came, advice });
  }
  return entries.map((entry) => ({
    entry,
    scenarios: scenarios.filter((scenario) => closestEntry(entries, scenario) === entry),
  }));
}

/** The entry that speaks for a scenario. */
export function entryFor(bound: readonly Bound[], scenario: Named): Entry | undefined {
  return closestEntry(
    bound.map(({ entry }) => entry),
    scenario,
  );
}

function closestEntry(entries: readonly Entry[], scenario: Named): Entry | undefined {
  return entries
    .filter((entry) => covers(entry, scenario))
    .reduce<Entry | undefined>(
      (best, next) => (best === undefined || rank(next) > rank(best) ? next : best),
      undefined,
    );
}

function covers({ clause, scenario }: Entry, { clause: own, name }: Named): boolean {
  if (clause !== undefined && clause !== own) return false;
  if (scenario === undefined || scenario === name) return true;
  return isPattern(scenario) && name.startsWith(beginning(scenario));
}

/** How closely an entry names a scenario; one with the clause does so more closely than one without. */
function rank({ clause, scenario }: Entry): number {
  if (scenario === undefined) return 0;
  const length = isPattern(scenario) ? beginning(scenario).length : Number.MAX_SAFE_INTEGER / 4;
  return 2 * length + (clause === undefined ? 1 : 2);
}

function isPattern(scenario: string): boolean {
  return scenario.endsWith('*');
}

function beginning(pattern: string): string {
  return pattern.slice(0, -1);
}

function fault(entry: Entry, entries: readonly Entry[], scenarios: readonly Named[]): string | undefined {
  const covered = scenarios.filter((scenario) => covers(entry, scenario));
  if (covered.length === 0) return `matches nothing: ${nearest(entry, scenarios)}`;
  const rival = entries.find(
    (other) => other !== entry && rank(other) === rank(entry) && covered.some((scenario) => covers(other, scenario)),
  );
  if (rival !== undefined) return `stands twice: on line ${rival.line}, too`;
  if (covered.some((scenario) => closestEntry(entries, scenario) === entry)) return undefined;
  return 'speaks for nothing: other entries name all of its scenarios more closely';
}

/** What may have been meant. */
function nearest({ clause, scenario }: Entry, scenarios: readonly Named[]): string {
  if (scenario === undefined)
    return `no scenario is of that clause; the nearest is ${nearestOf(clause, clauses(scenarios))}`;
  const elsewhere = scenarios.find((other) => covers({ scenario } as Entry, other));
  if (elsewhere !== undefined) return `that scenario is of ${elsewhere.clause ?? 'no clause'}`;
  const names = scenarios.map(({ name }) => name);
  if (!isPattern(scenario)) return `the nearest scenario is "${nearestOf(scenario, names)}"`;
  const start = beginning(scenario);
  const from = (name: string): number => distance(start, name.slice(0, start.length));
  const best = names.reduce((best, name) => (from(name) < from(best) ? name : best), names[0] ?? '');
  return `the nearest scenario is "${best}"`;
}

function clauses(scenarios: readonly Named[]): string[] {
  return scenarios.flatMap(({ clause }) => clause ?? []);
}

function nearestOf(text = '', candidates: readonly string[]): string {
  return closest(text, candidates);
}
