import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '../../fault/fault';

/** Folders of a site. What stands there of an earlier one, and is not written again, is taken away. */
const FOLDERS = ['runtimes', 'scenarios', 'compare', 'explorations'];
const OURS = '<meta name="generator" content="greenspec"';

/** @throws Fault of the user: the folder cannot be written to */
export function writeSite(folder: string, pages: Iterable<readonly [string, string]>): void {
  const written = new Set<string>();
  try {
    for (const [path, content] of pages) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      written.add(file);
    }
    for (const name of FOLDERS) removeOld(join(folder, name), written);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) {
      throw new Fault({ party: 'user', what: `the report cannot be written to ${folder}` }, { cause });
    }
    throw cause;
  }
}

function removeOld(folder: string, written: ReadonlySet<string>): void {
  for (const file of pagesIn(folder)) {
    if (!written.has(file) && readFileSync(file, 'utf8').slice(0, 4096).includes(OURS)) rmSync(file);
  }
}

function pagesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.html')).map((name) => join(folder, name));
  } catch {
    // There was no such folder.
    return [];
  }
}
