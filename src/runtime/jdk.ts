import { accessSync, constants, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT } from '../project';
import type { Missing } from './command';

/** The Maven project that holds the SDK in Java and the adapter for virtual threads. */
export const JAVA_PROJECT = join(ROOT, 'adapters', 'java');
/** The adapter as `./setup` builds it. */
export const JAVA_ADAPTER = join('adapters', 'java', 'target', 'adapter.jar');
/** The options that its JVM is started with: a file of arguments, as `java` reads it. */
export const JAVA_OPTIONS = join('adapters', 'java', 'java.options');
/** Where packages put JDKs, a folder each. */
const USUAL = '/usr/lib/jvm';
/** The first with virtual threads that are no preview. */
const OLDEST = 21;

/** Where a JDK may be: JAVA_HOME, what a PATH leads to, and the folders of the usual place. */
export interface Places {
  readonly home?: string | undefined;
  readonly path?: string | undefined;
  readonly usual: string;
}

const HERE: Places = { home: process.env.JAVA_HOME, path: process.env.PATH, usual: USUAL };

/**
 * The folder of the JDK that builds and runs the shipped adapter in Java: of those that are new enough the one of JAVA_HOME, else the
 * first of the PATH, else the newest of the usual place. Told by its files alone: none is started.
 */
export function findJdk(places: Places = HERE): string | undefined {
  const path = (places.path ?? '').split(delimiter).map((folder) => homeOf(join(folder, 'java')));
  const usual = entries(places.usual).map((name) => join(places.usual, name));
  const newestFirst = usual.sort((one, other) => versionOf(other) - versionOf(one));
  return [places.home, ...path, ...newestFirst].find((home) => home && versionOf(home) >= OLDEST && isJdk(home));
}

/** The `java` of a JDK. */
export function javaOf(jdk: string): string {
  return join(jdk, 'bin', 'java');
}

/** The `mvn` of this machine, which builds the adapter. */
export function findMaven(path = process.env.PATH ?? ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, 'mvn'))
    .find(canRun);
}

/**
 * What the adapter for virtual threads lacks.
 *
 * @param adapter where it is once it is built
 */
export function missingJava(adapter: string, jdk: string | undefined, maven: string | undefined): Missing | undefined {
  if (jdk === undefined)
    return {
      what: `no JDK ${OLDEST} or newer`,
      install: 'sudo apt-get install openjdk-21-jdk-headless maven && ./setup',
    };
  if (existsSync(adapter)) return undefined;
  const install = maven === undefined ? 'sudo apt-get install maven && ./setup' : './setup';
  return { what: 'its adapter is not built', install };
}

/** A JDK's folder, by its `java`, which may be a link to it. */
function homeOf(java: string): string | undefined {
  return existsSync(java) ? dirname(dirname(realpathSync(java))) : undefined;
}

/** The feature release that a JDK's file `release` tells, `JAVA_VERSION="21.0.4"`; 0 where there is none. */
function versionOf(home: string): number {
  const file = join(home, 'release');
  const [, version = '0'] = (existsSync(file) && /^JAVA_VERSION="(\d+)/m.exec(readFileSync(file, 'utf8'))) || [];
  return Number(version);
}

/** Whether it can compile, too: what is made for running alone has no `javac`. */
function isJdk(home: string): boolean {
  return ['java', 'javac'].every((name) => canRun(join(home, 'bin', name)));
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function entries(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
