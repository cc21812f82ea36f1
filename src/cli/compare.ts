import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readAdvice } from '../clauses/advice';
import { readCatalogue } from '../clauses/catalogue';
import { Fault } from '../fault/fault';
import { ROOT } from '../project';
import { compare } from '../report/compare';
import { comparisonText } from '../report/compare-text';
import { comparisonData } from '../report/formats/comparison';
import { readResult } from '../report/read-results';
import { siteOf } from '../report/site/model';
import type { ResultFile } from '../verdict/result';

export interface CompareOptions {
  /** Where the results of runtimes lie that are named. */
  readonly reports: string;
  readonly json: boolean;
}

/**
 * `greenspec compare A B`: what is different for code that moves from A to B.
 *
 * @param one a result file, or a runtime whose last result lies in the reports
 * @returns the exit code: 0 no danger, 1 some, 3 something could not be judged on one of them, or they are not comparable
 */
export function compareRuntimes(one: string, other: string, options: CompareOptions): number {
  const files = [one, other].map((name) => readResult(pathOf(name, options.reports)));
  assertComparable(files[0] as ResultFile, files[1] as ResultFile);
  const site = siteOf(readCatalogue(ROOT), files);
  const [from, to] = site.runtimes;
  if (from === undefined || to === undefined) throw new Error('two results make two runtimes');
  const comparison = compare(site, from, to, readAdvice(ROOT));
  process.stdout.write(
    `${options.json ? JSON.stringify(comparisonData(comparison), null, 2) : comparisonText(comparison)}\n`,
  );
  const effects = comparison.differences.flatMap(({ scenarios }) => scenarios.map(({ effect }) => effect));
  if (effects.includes('danger')) return 1;
  return effects.includes('unknown') ? 3 : 0;
}

/** @throws Fault of the environment: what each was judged by is not known to be the same */
function assertComparable(one: ResultFile, other: ResultFile): void {
  if (one.greenspec === other.greenspec) return;
  throw new Fault({
    party: 'environment',
    what: `${one.runtime.name} and ${other.runtime.name} are not comparable: they were tested by two versions of greenspec`,
    expected: `${one.runtime.name}: ${one.greenspec}`,
    came: `${other.runtime.name}: ${other.greenspec}`,
    advice: 'run both with one version',
  });
}

function pathOf(name: string, reports: string): string {
  if (name.endsWith('.json') || existsSync(name)) return name;
  const path = join(reports, `${name}.json`);
  if (existsSync(path)) return path;
  const expected = `a result file, or a runtime that has one in ${reports}`;
  throw new Fault({ party: 'user', what: 'no such result', expected, came: name, advice: `greenspec run ${name}` });
}
