import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clause } from '../../clauses/catalogue';
import { Fault } from '../../fault/fault';
import type { LoadedResult } from '../read-results';
import { badge } from './badge';
import { cucumberHtml } from './cucumber-html';
import { earl } from './earl';
import { junit } from './junit';

/**
 * Writes what other programs take: `NAME.junit.xml`, `NAME.badge.json`, `NAME.earl.jsonld`, and `NAME.cucumber.html` where the
 * run's messages lie beside its result.
 *
 * @param name what the files are called, in a folder where others are written, too
 * @returns what could not be made
 * @throws Fault of the user: the folder cannot be written to
 */
export async function writeFormats(
  { path, file }: LoadedResult,
  clauses: readonly Clause[],
  name: string,
  folder: string,
): Promise<Fault[]> {
  const write = (extension: string, content: string): void => writeInto(folder, `${name}.${extension}`, content);
  write('junit.xml', junit(file, clauses));
  write('badge.json', badge(file, clauses));
  write('earl.jsonld', earl(file, clauses));
  const messages = path.replace(/\.json$/, '.ndjson');
  if (messages === path || !existsSync(messages)) return [];
  try {
    write('cucumber.html', await cucumberHtml(readFileSync(messages, 'utf8')));
    return [];
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const what = `${messages} is cut short, or holds no Cucumber messages`;
    return [new Fault({ party: 'user', what, advice: 'run that runtime again' }, { cause })];
  }
}

function writeInto(folder: string, name: string, content: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), content);
  } catch (cause) {
    throw new Fault({ party: 'user', what: `${name} cannot be written to ${folder}` }, { cause });
  }
}
