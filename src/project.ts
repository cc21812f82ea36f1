import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** The folder that greenspec stands in: its repository, or the package, which is laid out in the same way. */
export const ROOT = join(__dirname, '..');

/** What files of code end with: `.ts` in the repository, `.js` in the package, where they are compiled. */
export const CODE = extname(__filename);

/** The suite's version, from package.json. */
export function suiteVersion(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}
