import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../fault/fault';
import type { ResultFile } from '../verdict/result';
import type { LoadedResult } from './read-results';

type Facts = Readonly<Record<string, unknown>>;

/** @throws Fault of the user: results are of different runtimes, versions or suites; names the files, and both values */
export function assertAlike(results: readonly LoadedResult[]): void {
  const [first, ...others] = results;
  if (first === undefined) throw new Fault({ party: 'user', what: 'there is nothing to merge' });
  for (const other of others) {
    assertSame(first, other, factsOf);
    const known = results.find(({ file }) => file.runtime.identity !== null) ?? first;
    // An adapter that never answered has not said that it is another.
    if (other.file.runtime.identity !== null)
      assertSame(known, other, ({ runtime }) => identityFacts(runtime.identity));
  }
}

/** What all parts must have in common, each under what it is called. */
function factsOf({ greenspec, runtime, expectations }: ResultFile): Facts {
  return {
    'version of greenspec': greenspec,
    'name of the runtime': runtime.name,
    'file of expectations': expectations?.file ?? 'none',
  };
}

/** Whether the process that was asked first was patched is its mode, and no part of what the runtime is. */
function identityFacts(identity: unknown): Facts {
  const { runtime, capabilities, protocol } = recordOf(identity);
  const parts = Object.entries(recordOf(runtime)).map(([key, value]) => [`runtime's ${key}`, value]);
  const words = Array.isArray(capabilities) ? [...capabilities].sort() : capabilities;
  return { ...Object.fromEntries(parts), capabilities: words, protocol };
}

function recordOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null ? (value as Facts) : {};
}

function assertSame(a: LoadedResult, b: LoadedResult, facts: (file: ResultFile) => Facts): void {
  const [ours, theirs] = [facts(a.file), facts(b.file)];
  for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    if (isDeepStrictEqual(ours[key], theirs[key])) continue;
    const [expected, came] = difference(ours[key], theirs[key]);
    throw new Fault({
      party: 'user',
      what: `${a.path} and ${b.path} cannot be merged: they differ in the ${key}`,
      expected: `${a.path}: ${expected}`,
      came: `${b.path}: ${came}`,
      advice: 'merge results of one runtime, in one version, by one version of greenspec',
    });
  }
}

/** Of two lists, what each has alone; else both as they are. */
function difference(a: unknown, b: unknown): [string, string] {
  if (!Array.isArray(a) || !Array.isArray(b)) return [told(a), told(b)];
  return [told(a.filter((one) => !b.includes(one))), told(b.filter((one) => !a.includes(one)))];
}

function told(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}
