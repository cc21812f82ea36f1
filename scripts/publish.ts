import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../src/project';

/**
 * Writes files that are made from the source, by their paths from the project's root; with `--check` on the command line it
 * says which are not up to date, and writes none.
 */
export function publish(files: ReadonlyMap<string, string>, command: string): void {
  const check = process.argv.includes('--check');
  const stale = [...files].filter(([file, text]) => read(file) !== text);
  for (const [file, text] of stale) {
    if (!check) writeFileSync(join(ROOT, file), text);
    console.log(check ? `${file} is not up to date: ${command} writes it` : `${file} written`);
  }
  if (check && stale.length > 0) process.exitCode = 1;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(join(ROOT, file), 'utf8');
  } catch {
    return undefined;
  }
}
