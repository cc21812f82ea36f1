import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerIdentity } from './database';

/** A server program on this machine. */
export interface ServerProgram extends ServerIdentity {
  readonly path: string;
}

/** Where servers are put, and mostly not on an ordinary user's PATH. */
const FURTHER = [
  '/usr/sbin',
  '/usr/libexec',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/local/libexec',
  '/usr/local/mysql/bin',
  '/opt/homebrew/bin',
  '/opt/homebrew/opt/mysql/bin',
  '/opt/homebrew/opt/mariadb/bin',
];

/** The server programs of this machine, MySQL's first: it is MySQL that the document speaks of. */
export async function findServers(further: readonly string[] = FURTHER): Promise<ServerProgram[]> {
  const paths = new Set<string>();
  for (const name of ['mysqld', 'mariadbd'])
    for (const path of await findPrograms(name, further)) paths.add(await realpath(path));
  const programs = await Promise.all([...paths].map(identify));
  return programs
    .filter((program) => program !== undefined)
    .sort((a, b) => Number(a.name === 'MariaDB') - Number(b.name === 'MariaDB'));
}

/** Every executable of that name, on PATH first. */
export async function findPrograms(name: string, further: readonly string[] = FURTHER): Promise<string[]> {
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''), ...further];
  const found: string[] = [];
  for (const path of new Set(folders.map((folder) => join(folder, name)))) {
    const executable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (executable) found.push(path);
  }
  return found;
}

/** By what it says of itself, not by its name: Debian's mysqld is a link to mariadbd. */
async function identify(path: string): Promise<ServerProgram | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--no-defaults', '--version'], { timeout: 10_000 });
    const version = /\bVer (\d\S*)/.exec(stdout)?.[1];
    return version === undefined ? undefined : { path, version, name: /mariadb/i.test(stdout) ? 'MariaDB' : 'MySQL' };
  } catch {
    return undefined;
  }
}
