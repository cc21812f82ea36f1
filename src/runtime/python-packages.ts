import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../project';
import type { Missing } from './command';

const ENVIRONMENT = join(ROOT, '.venv');
/** The Python interpreter that shipped adapters run in. */
export const PYTHON = join(ENVIRONMENT, 'bin', 'python');
/** Where Debian keeps its own packages of Python. */
const SYSTEM = '/usr/lib/python3/dist-packages';
const REQUIREMENTS = join('adapters', 'python', 'requirements.txt');

/** What of these packages a Python environment lacks, by its files alone: no interpreter is started. */
export function missingFrom(
  packages: readonly string[],
  environment = ENVIRONMENT,
  system = SYSTEM,
): Missing | undefined {
  if (!existsSync(join(environment, 'bin', 'python'))) return { what: 'no Python environment', install: './setup' };
  const folders = [...ownFolders(environment), ...(seesSystem(environment) ? [system] : [])];
  const missing = packages.filter((name) => !folders.some((folder) => existsSync(join(folder, moduleOf(name)))));
  if (missing.length === 0) return undefined;
  const install = `.venv/bin/python -m pip install -c ${REQUIREMENTS} ${missing.join(' ')}`;
  return { what: `no ${missing.join(', no ')} in .venv`, install };
}

function moduleOf(name: string): string {
  return name.replaceAll('.', '_');
}

function ownFolders(environment: string): string[] {
  const lib = join(environment, 'lib');
  const versions = existsSync(lib) ? readdirSync(lib) : [];
  return versions.map((version) => join(lib, version, 'site-packages'));
}

/** Whether it was made of the system's packages, as `./setup` does where there is no PyPI. */
function seesSystem(environment: string): boolean {
  const file = join(environment, 'pyvenv.cfg');
  return existsSync(file) && /^include-system-site-packages\s*=\s*true/m.test(readFileSync(file, 'utf8'));
}
