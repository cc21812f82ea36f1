import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { Clause } from '../clauses/catalogue';
import { readScenarios } from '../clauses/scenarios';
import { Fault } from '../fault/fault';
import { ROOT } from '../project';
import { type Bound, bind, type Named } from '../verdict/expectations/bind';
import { type Expectations, readExpectations } from '../verdict/expectations/read';
import { updateExpectations } from '../verdict/expectations/update';
import type { ScenarioResult } from '../verdict/result';
import { FEATURES } from './feature-files';
import type { Target } from './targets';

/** What a run is judged by: entries, and the scenarios that each speaks for. */
export interface Judging {
  readonly expectations: Expectations;
  readonly scenarios: readonly Named[];
  readonly bound: readonly Bound[];
  /** Whether the file is to be made to fit what comes. */
  readonly update: boolean;
}

/**
 * Reads a target's expectations and holds them against the scenarios; undefined where it has none.
 *
 * @throws Fault of the user: the file cannot be read, or has an entry that no scenario answers to
 */
export function openExpectations(
  { expectations: place }: Target,
  clauses: readonly Clause[],
  update: boolean,
): Judging | undefined {
  if (place === undefined || (place.mayLack && !update && !existsSync(place.path))) return undefined;
  const expectations = readExpectations(shown(place.path), update);
  const scenarios = readScenarios(
    ROOT,
    FEATURES.map((path) => join(ROOT, path)),
    clauses,
  );
  return { expectations, scenarios, bound: bind(expectations, scenarios), update };
}

/** Writes the file anew, whole or not at all; gives what it did in words. */
export function writeUpdate({ expectations, scenarios }: Judging, results: readonly ScenarioResult[]): string {
  const { file } = expectations;
  const { text, kept, added, gone } = updateExpectations(expectations, scenarios, results);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw new Fault({ party: 'environment', what: `${file} cannot be written` }, { cause });
  }
  const todo = added > 0 ? '; the reasons of new ones are yours to write' : '';
  return `${file} written: ${kept} stay, ${added} new, ${gone} gone${todo}\n`;
}

/** A path as it is shortest from where the user stands. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') || isAbsolute(near) ? path : near;
}
