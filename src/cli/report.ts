import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAdvice } from '../clauses/advice';
import { readCatalogue } from '../clauses/catalogue';
import { type Sentence, splitDocument } from '../clauses/document';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { ROOT, suiteVersion } from '../project';
import { writeFormats } from '../report/formats/write-formats';
import { namesOf } from '../report/names';
import { readResults } from '../report/read-results';
import { makeSite } from '../report/site/make-site';
import { slugs } from '../report/site/slugs';
import { writeSite } from '../report/site/write-site';

export interface ReportOptions {
  /** A copy of the document. */
  readonly document?: string;
  /** The folder that the site is written to. */
  readonly out: string;
}

/**
 * `greenspec report [RESULT…]`: a site of result files. What cannot be read is told, there and here, and the rest is reported.
 *
 * @returns the exit code: 2 where some file could not be read, 3 where there is nothing to report
 */
export async function report(paths: readonly string[], options: ReportOptions): Promise<number> {
  const text = options.document === undefined ? undefined : splitDocument(readDocument(options.document));
  const problems = await writeReport(paths.length === 0 ? [options.out] : paths, options.out, text);
  for (const problem of problems) process.stderr.write(`${explain(problem)}\n`);
  process.stdout.write(`${join(resolve(options.out), 'index.html')}\n`);
  return problems.length === 0 ? 0 : 2;
}

/**
 * Writes the site, and beside it what other programs take; gives what could not be read.
 *
 * @throws Fault of the user: there is no result at all, or the folder cannot be written to
 */
export async function writeReport(
  paths: readonly string[],
  out: string,
  text?: readonly Sentence[],
): Promise<readonly Fault[]> {
  const { results, explorations, problems } = readResults(paths, { alsoExplorations: true });
  if (results.length === 0 && explorations.length === 0) {
    const [only] = problems;
    const what = `there is no result in ${paths.join(', ')}`;
    throw new Fault({ party: 'user', what, advice: 'greenspec run NAME' }, { cause: only });
  }
  const files = results.map(({ file }) => file);
  const told = problems.map(({ facts }) => facts);
  const catalogue = readCatalogue(ROOT);
  writeSite(
    out,
    makeSite({
      catalogue,
      advice: readAdvice(ROOT),
      files,
      explorations,
      problems: told,
      text,
      version: suiteVersion(),
    }),
  );
  const names = slugs(namesOf(files));
  for (const [i, result] of results.entries())
    problems.push(...(await writeFormats(result, catalogue.clauses, names[i] as string, out)));
  return problems;
}

function readDocument(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Fault({ party: 'user', what: `${path} cannot be read` }, { cause });
  }
}
