import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Fault } from '../fault/fault';

const NAMES = ['json', 'ts', 'js'].map((ending) => `greenspec.config.${ending}`);

/**
 * The configuration of a folder, or of the nearest folder above that has one.
 *
 * @throws Fault of the user: a folder has two
 */
export function findConfig(folder: string): string | undefined {
  const present = NAMES.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (present.length > 1) {
    const what = `${folder} has ${present.length} configurations`;
    throw new Fault({ party: 'user', what, expected: `one of ${NAMES.join(', ')}`, advice: 'name one with --config' });
  }
  const above = dirname(resolve(folder));
  return present[0] ?? (above === resolve(folder) ? undefined : findConfig(above));
}
