import type { Clause } from '../../clauses/catalogue';
import { printable, printableAll } from '../../fault/printable';
import type { ResultFile, ScenarioResult } from '../../verdict/result';
import { markOf } from '../marks';
import { identityOf } from '../site/identity';
import { element } from './xml';

/** Characters of what is told of one scenario: a whole timeline fits. */
const LIMIT = 8000;

/** What came of one scenario, or of the run as a whole, in JUnit's terms. */
interface Case {
  readonly name: string;
  readonly at?: { readonly file: string; readonly line: number };
  readonly milliseconds: number;
  readonly outcome?: {
    readonly kind: 'failure' | 'error' | 'skipped';
    readonly message: string;
    readonly text: string;
  };
}

/**
 * JUnit's XML, for continuous integration: a suite a clause, a case a scenario. What is inconclusive is an error; what does not
 * apply, and what was expected to differ, is skipped with its reason. What does not fit the expectations is a failure, and a run that was cut short is
 * an error, in a suite of its own.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function junit(given: ResultFile, clauses: readonly Clause[]): string {
  const file = printableAll(given, 'record');
  const suites = [...clauseSuites(file, clauses), { name: 'the run as a whole', group: 'run', cases: runCases(file) }];
  const all = suites.flatMap(({ cases }) => cases);
  const content = suites
    .filter(({ cases }) => cases.length > 0)
    .map(({ name, group, cases }) => suite(file, name, group, cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: `greenspec: ${file.runtime.name}`, ...counts(all) }, content)}\n`;
}

interface Suite {
  readonly name: string;
  /** What its cases' class is called. */
  readonly group: string;
  readonly cases: readonly Case[];
}

function clauseSuites({ scenarios }: ResultFile, clauses: readonly Clause[]): Suite[] {
  const ids = [...new Set([...clauses.map(({ id }) => id), ...scenarios.map(({ clause }) => clause)])];
  return ids.map((id) => ({
    name: [id, clauses.find((clause) => clause.id === id)?.says ?? 'no clause of the document'].join(' '),
    group: id,
    cases: scenarios.filter(({ clause }) => clause === id).map(scenarioCase),
  }));
}

function scenarioCase(result: ScenarioResult): Case {
  const { feature, line, milliseconds } = result;
  const strength = result.strength === 'must' ? '' : `(${result.strength}) `;
  const told = { name: `${strength}${result.name}`, at: { file: feature, line }, milliseconds };
  const outcome = outcomeOf(result);
  return outcome === undefined ? told : { ...told, outcome };
}

function outcomeOf(result: ScenarioResult): Case['outcome'] {
  const { reason = 'no reason was given', timeline = [], gherkin, expected } = result;
  const text = printable([reason, '', ...gherkin, '', ...timeline].join('\n'), LIMIT);
  const message = firstLine(reason);
  switch (markOf(result)) {
    case 'pass':
      return undefined;
    case 'fail':
      return { kind: 'failure', message, text };
    case 'inconclusive':
      return { kind: 'error', message, text };
    case 'not-applicable':
      return { kind: 'skipped', message, text: '' };
    case 'known':
      return { kind: 'skipped', message: `known to differ: ${expected?.reason}`, text };
    case 'flaky':
      return result.verdict === 'pass'
        ? undefined
        : { kind: 'skipped', message: `known to be flaky: ${expected?.reason}`, text };
  }
}

/** What went wrong beside the scenarios. */
function runCases({ fault, expectations, verdict, scenarios }: ResultFile): Case[] {
  const deviations = (expectations?.deviations ?? []).map(({ kind, file, line, says }): Case => {
    const message = `${kind.replace('-', ' ')}: ${says}`;
    return {
      name: `the expectation at ${file}:${line} fits`,
      at: { file, line },
      milliseconds: 0,
      outcome: { kind: 'failure', message, text: '' },
    };
  });
  return [...unjudged(fault, verdict, scenarios.length), ...deviations];
}

function unjudged(fault: ResultFile['fault'], verdict: ResultFile['verdict'], scenarios: number): Case[] {
  if (fault === undefined && (verdict !== 'inconclusive' || scenarios > 0)) return [];
  const { party = 'user', what = 'no scenario was run', ...rest } = fault ?? {};
  const text = Object.entries(rest).map(([key, value]) => `${key}: ${value}`);
  const message = `${party}: ${what}`;
  return [
    { name: 'the run comes to its end', milliseconds: 0, outcome: { kind: 'error', message, text: text.join('\n') } },
  ];
}

function suite(file: ResultFile, name: string, group: string, cases: readonly Case[]): string {
  const attributes = { name, timestamp: file.date, ...counts(cases) };
  const properties = identityOf(file).map(([key, value]) => element('property', { name: key, value }));
  const classname = `${file.runtime.name}.${group}`;
  return element('testsuite', attributes, [
    element('properties', {}, properties),
    ...cases.map((one) => testCase(one, classname)),
  ]);
}

function testCase({ name, at, milliseconds, outcome }: Case, classname: string): string {
  const attributes = { name, classname, file: at?.file, line: at?.line, time: seconds(milliseconds) };
  if (outcome === undefined) return element('testcase', attributes);
  const { kind, message, text } = outcome;
  return element('testcase', attributes, [element(kind, { message }, text)]);
}

function counts(cases: readonly Case[]): Record<string, string | number> {
  const count = (kind: string): number => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  const time = seconds(cases.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped'), time };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function firstLine(text: string): string {
  return text.split('\n')[0] as string;
}
