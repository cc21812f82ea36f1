import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Missing } from './command';

/** Debian's own, which a PATH may have another before. */
const USUAL = '/usr/bin/ruby';
/** What Debian's packages and `gem install` of Debian's Ruby write to. */
const DEBIAN = ['/usr/share/rubygems-integration', '/usr/lib/ruby/gems', '/var/lib/gems'];
/** Where `gem install --user-install` of any Ruby writes to. */
const OWN = join(homedir(), '.local', 'share', 'gem', 'ruby');

/** A Ruby interpreter, with the folders that hold its gems, a folder a version of Ruby. */
export interface Ruby {
  readonly command: string;
  readonly gems: readonly string[];
}

/** The Ruby interpreters of this machine: each that the PATH names, then the usual one. */
export function rubies(path = process.env.PATH ?? '', usual = USUAL): readonly Ruby[] {
  const commands = [...path.split(delimiter).map((folder) => join(folder, 'ruby')), usual].filter(existsSync);
  return [...new Set(commands)].map((command) => {
    const real = realpathSync(command);
    const usuals = dirname(real) === dirname(usual) ? DEBIAN : [];
    return { command, gems: [join(dirname(dirname(real)), 'lib', 'ruby', 'gems'), ...usuals, OWN] };
  });
}

/**
 * The interpreter that the shipped adapter in Ruby runs in: the first that has Async, by its files alone: no interpreter is started.
 * Its driver of MySQL is not needed.
 */
export function findRuby(found = rubies()): string | undefined {
  return found.find(hasAsync)?.command;
}

/** What the shipped adapter in Ruby lacks. */
export function missingRuby(found = rubies()): Missing | undefined {
  if (found.some(hasAsync)) return undefined;
  const what = found.length === 0 ? 'no Ruby 3.1 or newer' : 'no gem async, 1.30 or a later 1';
  return { what, install: 'sudo apt-get install ruby ruby-async ruby-mysql2' };
}

/** Whether the gem is there in a version that the adapter is written for. */
function hasAsync({ gems }: Ruby): boolean {
  return gems
    .flatMap((folder) => entries(folder).map((version) => join(folder, version, 'specifications')))
    .flatMap(entries)
    .some((name) => /^async-1\.[3-9]\d\..*gemspec$/.test(name));
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
