import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that greenspec stands in. */
export const ROOT = join(__dirname, '..');

/** The suite's version, from package.json. */
export function suiteVersion(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}
