import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Missing } from './command';

/** Debian's own. Modules of one Lua are none of another, so the version is a part of the name. */
const USUAL = '/usr/bin/lua5.4';
/** Where Debian's packages, and what is installed for Debian's Lua by hand, keep modules. */
const DEBIAN = ['/usr/share/lua/5.4', '/usr/local/share/lua/5.4'];

/** What the adapter is written with, but for the driver of MySQL, which is not needed. */
const MODULE = 'cqueues.lua';

/** A Lua interpreter, with the folders that hold its modules. */
export interface Lua {
  readonly command: string;
  readonly folders: readonly string[];
}

/** The Lua interpreters of this machine: each that the PATH names, then the usual one. */
export function luas(
  path = process.env.PATH ?? '',
  own = process.env.LUA_PATH_5_4 ?? process.env.LUA_PATH ?? '',
  usual = USUAL,
): readonly Lua[] {
  const commands = [...path.split(delimiter).map((folder) => join(folder, 'lua5.4')), usual].filter(existsSync);
  const owns = own
    .split(';')
    .filter((pattern) => pattern.endsWith('/?.lua'))
    .map(dirname);
  return [...new Set(commands)].map((command) => {
    const real = realpathSync(command);
    const usuals = dirname(real) === dirname(usual) ? DEBIAN : [];
    return { command, folders: [join(dirname(dirname(real)), 'share', 'lua', '5.4'), ...usuals, ...owns] };
  });
}

/** The interpreter that the shipped adapter in Lua runs in: the first that has cqueues, by its files alone: no interpreter is started. */
export function findLua(found = luas()): string | undefined {
  return found.find(hasCqueues)?.command;
}

/** What the shipped adapter in Lua lacks. */
export function missingLua(found = luas()): Missing | undefined {
  if (found.some(hasCqueues)) return undefined;
  const what = found.length === 0 ? 'no Lua 5.4' : 'no cqueues for Lua 5.4';
  return { what, install: 'sudo apt-get install lua5.4 lua-cqueues lua-sql-mysql' };
}

function hasCqueues({ folders }: Lua): boolean {
  return folders.some((folder) => existsSync(join(folder, MODULE)));
}
