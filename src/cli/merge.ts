import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalogue } from '../clauses/catalogue';
import { readScenarios } from '../clauses/scenarios';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { printable } from '../fault/printable';
import { ROOT, suiteVersion } from '../project';
import { closing } from '../report/closing';
import { mergeResults } from '../report/merge';
import { readResult, readResults } from '../report/read-results';
import type { Part, ResultFile } from '../verdict/result';
import { exitCode } from './exit-code';
import { FEATURES } from './feature-files';

/**
 * `greenspec merge OUT RESULT…`: one result of several that each hold a part of the suite.
 *
 * @returns the exit code, as of a run
 * @throws Fault of the user: they cannot be merged, or what stands at OUT would be lost
 */
export function merge(out: string, paths: readonly string[]): number {
  assertFree(out);
  const { results, problems } = readResults(paths);
  if (problems.length > 0) {
    for (const problem of problems) process.stderr.write(`${explain(problem)}\n`);
    throw new Fault({ party: 'user', what: 'nothing is merged: a part cannot be read' });
  }
  const version = results.find(({ file }) => file.greenspec !== suiteVersion());
  if (version !== undefined) {
    throw new Fault({
      party: 'user',
      what: `${version.path} is of another version of greenspec than this one`,
      expected: suiteVersion(),
      came: version.file.greenspec,
      advice: 'merge with the version that made the parts: only it knows whether they are whole',
    });
  }
  const features = FEATURES.map((path) => join(ROOT, path));
  const file = mergeResults(results, readScenarios(ROOT, features, readCatalogue(ROOT).clauses));
  write(out, file);
  for (const line of [...told(file), ...closing(file)]) process.stdout.write(`${line}\n`);
  return exitCode([file]);
}

/** A result that is no merged one is a run's: whoever forgets to name the new file must not lose it. */
function assertFree(out: string): void {
  if (!existsSync(out) || isMerged(out)) return;
  throw new Fault({
    party: 'user',
    what: `${out} is there already, and was not made by a merge`,
    expected: 'first the file that is to be written, then the results',
    advice: `greenspec merge merged.json ${out} …`,
  });
}

function isMerged(path: string): boolean {
  try {
    return readResult(path).parts !== undefined;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

function write(out: string, file: ResultFile): void {
  try {
    writeFileSync(out, `${JSON.stringify(file)}\n`);
  } catch (cause) {
    throw new Fault({ party: 'user', what: `${out} cannot be written` }, { cause });
  }
}

/** A line a part, with the machine and the server that it was made with; then what is amiss with the whole. */
function told({ parts = [], fault }: ResultFile): string[] {
  const lines = parts.map(line).map((text) => printable(text));
  return fault === undefined ? lines : [...lines, explain(new Fault(fault as Fault['facts']))];
}

function line({ file, scenarios, platform, database }: Part): string {
  const { os, architecture, node } = platform;
  const server = database === null ? 'without MySQL' : `${database.server} ${database.version}`;
  return `${file}: ${scenarios} scenario${scenarios === 1 ? '' : 's'}, on ${os}, ${architecture}, Node ${node}, ${server}`;
}
