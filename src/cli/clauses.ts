import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clause, readCatalogue } from '../clauses/catalogue';
import { coverageGaps, goldenDifferences } from '../clauses/coverage';
import { compareDocument, type Sentence, splitDocument } from '../clauses/document';
import { type FeatureScenario, goldenLine, readScenarios } from '../clauses/scenarios';
import { Fault } from '../fault/fault';
import { ROOT } from '../project';
import { readResults } from '../report/read-results';
import { combine } from '../verdict/judge';
import type { ResultFile } from '../verdict/result';
import { FEATURES } from './feature-files';

export interface ClausesOptions {
  readonly document?: string;
  readonly updateGolden: boolean;
}

const GOLDEN = join(ROOT, 'spec', 'scenarios.txt');

/**
 * `greenspec clauses [RESULT…]`: every clause with its strength, its scenarios and its verdicts; whether scenarios and
 * clauses cover each other; and how a copy of the document compares.
 */
export function clauses(results: readonly string[], options: ClausesOptions): number {
  const catalogue = readCatalogue(ROOT).clauses;
  const scenarios = readScenarios(
    ROOT,
    FEATURES.map((path) => join(ROOT, path)),
    catalogue,
  );
  if (options.updateGolden) writeFileSync(GOLDEN, `${scenarios.map(goldenLine).join('\n')}\n`);
  const files = resultsAt(results);
  for (const clause of catalogue) print(describe(clause, scenarios, files));
  const golden = readFileSync(GOLDEN, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const gaps = [...coverageGaps(catalogue, scenarios), ...goldenDifferences(golden, scenarios)];
  const changes = options.document === undefined ? [] : holdAgainst(options.document, catalogue);
  print('');
  for (const line of [...gaps, ...changes]) print(line);
  if (gaps.length > 0)
    print('`greenspec clauses --update-golden` takes the scenarios as they are into spec/scenarios.txt');
  if (gaps.length + changes.length === 0) print(`${catalogue.length} clauses, ${scenarios.length} scenarios, no gap`);
  return gaps.length + changes.length === 0 ? 0 : 1;
}

/** @throws Fault of the user: one of them cannot be read, or there is none where some are looked for */
function resultsAt(paths: readonly string[]): ResultFile[] {
  const { results, problems } = readResults(paths);
  const [first] = problems;
  if (first !== undefined) throw first;
  if (paths.length > 0 && results.length === 0)
    throw new Fault({ party: 'user', what: `there is no result in ${paths.join(', ')}`, advice: 'greenspec run NAME' });
  return results.map(({ file }) => file);
}

function describe(clause: Clause, scenarios: readonly FeatureScenario[], files: readonly ResultFile[]): string {
  const own = scenarios.filter((scenario) => scenario.clause === clause.id);
  const count = own.length === 0 ? (clause.unscripted ?? 'no scenario') : strengths(own);
  const verdicts = files.map((file) => `${file.runtime.name}: ${verdictOf(file, clause)}`);
  const place = `${clause.section} · ${clause.sentence}`;
  const head = `${clause.id.padEnd(6)}${clause.strength.padEnd(7)}${clause.polarity.padEnd(10)} ${clause.says}`;
  return [head, `      ${place}; ${[count, ...verdicts].join('; ')}`].join('\n');
}

/** `4 must, 2 consequence`. */
function strengths(scenarios: readonly FeatureScenario[]): string {
  const counts = new Map<string, number>();
  for (const { strength = 'none' } of scenarios) counts.set(strength, (counts.get(strength) ?? 0) + 1);
  return [...counts].map(([strength, count]) => `${count} ${strength}`).join(', ');
}

function verdictOf(file: ResultFile, { id }: Clause): string {
  const own = file.scenarios.filter(({ clause }) => clause === id);
  return own.length === 0 ? 'not run' : combine(own.map(({ verdict }) => verdict));
}

/** What of a copy of the page is not as the catalogue has it. The copy's own words are shown to whoever brought it. */
function holdAgainst(path: string, catalogue: readonly Clause[]): string[] {
  const { known, changed, added, gone } = compareDocument(catalogue, splitDocument(read(path)));
  print(
    `\n${path}: ${known.length} sentences known, ${changed.length} changed, ${added.length} new, ${gone.length} gone`,
  );
  const place = ({ section, sentence }: Sentence): string => `${section} · ${sentence}`;
  return [
    ...changed.map(({ clauses, sentence }) => `changed: ${ids(clauses)} (${place(sentence)}): ${sentence.text}`),
    ...added.map((sentence) => `new: ${place(sentence)}: ${sentence.text}`),
    ...gone.map((clause) => `gone: ${clause.id} (${clause.section} · ${clause.sentence})`),
  ];
}

function ids(list: readonly Clause[]): string {
  return list.map(({ id }) => id).join(', ');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Fault({ party: 'user', what: `${path} cannot be read` }, { cause });
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
