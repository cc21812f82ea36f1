import { readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename, join } from 'node:path';
import type { Pickle } from '@cucumber/messages';
import { z } from 'zod';
import { readPickles } from '../clauses/scenarios';
import { smallProgramOfCast } from '../explore/every-order';
import { type Mishap, mishapNames } from '../explore/outcome';
import { Fault } from '../fault/fault';
import { Explorable } from '../program/explorable';
import { type SmallProgram, smallProgramOf } from '../program/small-program';
import { ROOT } from '../project';
import { type PlannedScenario, planOnly } from '../session/planning';
import { FEATURES } from './feature-files';
import { runFeatures } from './features';
import { findScenarios } from './tags';

/** What is to be explored. */
export interface Subject {
  readonly name: string;
  readonly place: string;
  readonly small: SmallProgram;
  /** In how many orders of how many a mishap has to show; absent where nothing is said, and then none is to. */
  readonly expected?: ReadonlyMap<Mishap, { readonly orders: bigint; readonly all: bigint }>;
}

/** @throws Fault of the user: the file is no program, or its orders cannot be explored */
export function subjectOfFile(file: string): Subject {
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Fault({ party: 'user', what: 'the program cannot be read', came: file }, { cause });
  }
  const program = Explorable.safeParse(input);
  if (!program.success) {
    const expected = 'a program: src/program/explorable.schema.json';
    throw new Fault({ party: 'user', what: `${file} is no program`, expected, came: z.prettifyError(program.error) });
  }
  const { rows = {}, outcome, ...plain } = program.data;
  const first = Object.fromEntries(Object.entries(rows).map(([name, value]) => [name, String(value)]));
  return { name: basename(file), place: file, small: smallProgramOf(plain, { rows: first, wanted: outcome }) };
}

/**
 * @param words its place, FILE:LINE, or its name, or a part of that
 * @throws Fault of the user: there is no such scenario, there are several, or its orders cannot be explored
 */
export async function subjectOfScenario(words: string): Promise<Subject> {
  const { name, uri, location } = findOne(words);
  const place = `${uri}:${location?.line ?? 0}`;
  const planned = await plan(place);
  const expected = planned.claims.flatMap(({ says }) => readExpectation(says));
  const small = smallProgramOfCast(planned.cast);
  return { name, place, small, ...(expected.length === 0 ? {} : { expected: new Map(expected) }) };
}

function findOne(words: string): Pickle {
  const found = /:\d+$/.test(words) ? findScenarios(words) : findByName(words);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const places = found.slice(0, 10).map(({ uri, location, name }) => `${uri}:${location?.line ?? 0} (${name})`);
  throw new Fault({
    party: 'user',
    what: found.length === 0 ? 'no scenario is called so' : 'several scenarios are called so',
    expected: "a scenario's name, a part of it that no other has, or its place FILE:LINE",
    came: found.length === 0 ? words : places.join(', '),
  });
}

function findByName(words: string): Pickle[] {
  const all = FEATURES.flatMap((feature) => readPickles(join(ROOT, feature), feature));
  const exact = all.filter(({ name }) => name === words);
  return exact.length > 0 ? exact : all.filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()));
}

/** Cucumber itself reads the scenario; nothing is run. */
async function plan(place: string): Promise<PlannedScenario> {
  const planned: PlannedScenario[] = [];
  planOnly((one) => planned.push(one));
  try {
    await runFeatures({ features: [place], tags: '', messages: devNull, session: NOBODY, onMessage: () => {} });
  } finally {
    planOnly(undefined);
  }
  const [only] = planned;
  if (only === undefined) throw new Fault({ party: 'user', what: 'the scenario runs no program', came: place });
  return only;
}

const NOBODY = {
  command: { name: 'nobody', command: '', args: [], cwd: '' },
  database: new Fault({ party: 'user', what: 'nothing is run' }),
  options: {},
};

function readExpectation(says: string): [Mishap, { orders: bigint; all: bigint }][] {
  const [, orders = '0', all = '0', words = ''] = /^in (\d+) of (\d+) orders (.+)$/.exec(says) ?? [];
  const mishap = mishapNames.find((name) => name === words);
  return mishap === undefined ? [] : [[mishap, { orders: BigInt(orders), all: BigInt(all) }]];
}
