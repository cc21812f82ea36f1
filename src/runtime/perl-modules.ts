import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Missing } from './command';

/** Debian's own, which a PATH may have another before. */
const USUAL = '/usr/bin/perl';
/** Where Debian's packages, and what is installed for Debian's Perl by hand, keep compiled modules. */
const DEBIAN = ['/usr/lib/*/perl5/*', '/usr/local/lib/*/perl/*'];

/** What the adapter is written with, but for the driver of MySQL, which is not needed. */
const MODULES = ['Coro', 'EV'];

/** A Perl interpreter, with the folders that hold its compiled modules; a `*` stands for any one folder. */
export interface Perl {
  readonly command: string;
  readonly folders: readonly string[];
}

/** The Perl interpreters of this machine: each that the PATH names, then the usual one. */
export function perls(path = process.env.PATH ?? '', own = process.env.PERL5LIB ?? '', usual = USUAL): readonly Perl[] {
  const commands = [...path.split(delimiter).map((folder) => join(folder, 'perl')), usual].filter(existsSync);
  const owns = own
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => [folder, join(folder, '*')]);
  return [...new Set(commands)].map((command) => {
    const real = realpathSync(command);
    const prefix = dirname(dirname(real));
    const sites = ['lib/site_perl/*/*', 'lib/perl5/site_perl/*/*'].map((folder) => join(prefix, folder));
    const usuals = dirname(real) === dirname(usual) ? DEBIAN : [];
    return { command, folders: [...sites, ...usuals, ...owns] };
  });
}

/**
 * The interpreter that the shipped adapter in Perl runs in: the first that has Coro and EV, by its files alone: no interpreter is
 * started.
 */
export function findPerl(found = perls()): string | undefined {
  return found.find((perl) => lacking(perl).length === 0)?.command;
}

/** What the shipped adapter in Perl lacks. */
export function missingPerl(found = perls()): Missing | undefined {
  const [least] = found.map(lacking).sort((one, other) => one.length - other.length);
  if (least?.length === 0) return undefined;
  const what = least === undefined ? 'no Perl 5.36 or newer' : `no ${least.join(', no ')} for Perl`;
  return { what, install: 'sudo apt-get install libcoro-perl libev-perl libdbd-mysql-perl' };
}

function lacking({ folders }: Perl): string[] {
  const there = folders.flatMap(expand);
  return MODULES.filter((name) => !there.some((folder) => existsSync(join(folder, `${name}.pm`))));
}

/** The folders that a pattern stands for. */
function expand(pattern: string): string[] {
  return pattern
    .split('/')
    .reduce<string[]>(
      (found, name) =>
        found.flatMap((at) => (name === '*' ? entries(at).map((entry) => `${at}${entry}/`) : `${at}${name}/`)),
      [''],
    );
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
