import type { Clause } from './catalogue';
import { type FeatureScenario, goldenLine } from './scenarios';

/** What keeps clauses and scenarios from covering each other: one line each, for a person. */
export function coverageGaps(clauses: readonly Clause[], scenarios: readonly FeatureScenario[]): string[] {
  return [
    ...clauses
      .filter(({ id, unscripted }) => unscripted === undefined && !scenarios.some(({ clause }) => clause === id))
      .map(({ id }) => `${id} has no scenario, and no reason why not`),
    ...clauses
      .filter(({ id, unscripted }) => unscripted !== undefined && scenarios.some(({ clause }) => clause === id))
      .map(({ id }) => `${id} has scenarios, and a reason why it has none`),
    ...scenarios.flatMap(({ strange, name, feature }) =>
      strange.map((id) => `${feature}: "${name}" is tagged @${id}, which is no clause`),
    ),
    ...scenarios
      .filter(({ clause, strange }) => clause === undefined && strange.length === 0)
      .map(({ name, feature }) => `${feature}: "${name}" has no clause`),
    ...scenarios
      .filter(({ strength }) => strength === undefined)
      .map(({ name, feature }) => `${feature}: "${name}" has no strength (@must, @should, @consequence, @info)`),
  ];
}

/** How the scenarios differ from the golden list. */
export function goldenDifferences(golden: readonly string[], scenarios: readonly FeatureScenario[]): string[] {
  const present = scenarios.map(goldenLine);
  return [
    ...golden.filter((line) => !present.includes(line)).map((line) => `gone: ${line}`),
    ...present.filter((line) => !golden.includes(line)).map((line) => `new, and not in the golden list: ${line}`),
    ...present.filter((line, i) => present.indexOf(line) !== i).map((line) => `twice: ${line}`),
  ];
}
