import { defineParameterType } from '@cucumber/cucumber';
import { type Mishap, mishapNames } from '../src/explore/outcome';
import * as activities from '../src/program/activities';
import * as crowds from '../src/program/crowds';
import { computesInSlices, readsPipe, takesTurns } from '../src/program/long-work';
import type { LockKind, PlanFacts } from '../src/program/plan';
import { borrowers, poolWaiters, queriers } from '../src/program/queriers';
import type { SleepForm } from '../src/program/sleep-form';
import type { Driver } from '../src/program/step';

/** What a green thread does, once it is known what only the session knows. */
export type MakeActivity = (facts: PlanFacts) => activities.Activity;

/** What each of several green threads does. */
export type MakeCrowd = (count: number, facts: PlanFacts) => crowds.Crowd;

/** A phrase of the vocabulary, with groups for what may vary in it. */
interface Phrase<T> {
  readonly pattern: RegExp;
  readonly make: (...groups: string[]) => T;
}

const FORMS: Readonly<Record<string, SleepForm>> = {
  "the library's sleep(0)": 'library 0',
  "the library's sleep()": 'library without an argument',
  "the standard library's sleep(0)": 'standard 0',
};
const DRIVERS: Readonly<Record<string, Driver>> = {
  'the C driver': 'c-library',
  'the native driver': 'native',
  'the C driver in a thread pool': 'thread-pool',
};
const LOCKS: Readonly<Record<string, LockKind>> = { 'an advisory lock': 'advisory', 'a row': 'row' };

const form = oneOf(FORMS);
const driver = oneOf(DRIVERS);
const lock = oneOf(LOCKS);
const number = '(\\d+(?:\\.\\d+)?)';

const ACTIVITIES: readonly Phrase<MakeActivity>[] = [
  { pattern: /computes/, make: () => activities.computes },
  { pattern: /computes in slices, with a sleep of 0 after each/, make: () => computesInSlices },
  { pattern: /calls functions and does arithmetic/, make: () => activities.callsFunctions },
  { pattern: /raises errors and catches them/, make: () => activities.raisesAndCatches },
  { pattern: /reads a regular file/, make: () => activities.readsFile },
  { pattern: /writes lines to a log file/, make: () => activities.writesLog },
  { pattern: new RegExp(`sleeps for ${number} seconds`), make: (seconds) => () => activities.sleeps(Number(seconds)) },
  {
    pattern: new RegExp(`sleeps for ${number} seconds through the standard library`),
    make: (seconds) => () => activities.sleeps(Number(seconds), 'standard'),
  },
  { pattern: /sleeps without an argument/, make: () => () => activities.sleeps(undefined) },
  {
    pattern: new RegExp(`calls ${form} 100 times, then sleeps 100 times for a short while`),
    make: (text) => () => activities.sleepsManyTimes(formOf(text)),
  },
  {
    pattern: new RegExp(`lets 3 take turns with ${form}, then 3 others with ${form}`),
    make: (first, second) => () => takesTurns(formOf(first), formOf(second)),
  },
  { pattern: /reads from a pipe that nothing has patched/, make: () => readsPipe },
  { pattern: /waits for bytes/, make: () => activities.waitsForBytes },
  { pattern: /waits for bytes with nobody else around/, make: () => activities.waitsForBytesAlone },
  { pattern: /waits for a lock that another holds/, make: () => activities.waitsForLock },
  { pattern: /waits for another green thread to end/, make: () => activities.waitsForGreenThread },
  {
    pattern: /starts 1 green thread that sleeps, then (\d+) more/,
    make: (more) => () => activities.parks(Number(more)),
  },
  {
    pattern: new RegExp(`queries MySQL through ${driver}, for ${lock} that the suite holds`),
    make: (through, held) => (facts) => activities.queries(driverOf(through), lockOf(held), facts),
  },
  {
    pattern: new RegExp(`queries MySQL through ${driver}, for a row that a sleeping green thread holds`),
    make: (through) => (facts) => activities.queriesHeldRow(driverOf(through), facts),
  },
];

const TASKS: readonly Phrase<MakeCrowd>[] = [
  { pattern: /the first of which raises an error/, make: () => crowds.raisingAmong },
  {
    pattern: /the first of which raises an error under the lock "(\w+)" before the other takes it/,
    make:
      (name = '') =>
      () =>
        crowds.raisingInside(name),
  },
  {
    pattern: /each of which goes in twice under the lock "(\w+)", the second time as soon as it is out/,
    make:
      (name = '') =>
      (count) =>
        crowds.comingBack(count, name),
  },
  {
    pattern: /which wait in the thread pool for a row that another is to commit/,
    make: () => poolWaiters,
  },
  ...crowds.taskNames.flatMap((task): Phrase<MakeCrowd>[] => [
    {
      pattern: new RegExp(`each of which ${task}`),
      make: () => (count) => crowds.crowd(count, task, { kind: 'none' }),
    },
    {
      pattern: new RegExp(`each of which ${task} under the lock "(\\w+)"`),
      make:
        (name = '') =>
        (count) =>
          crowds.crowd(count, task, { kind: 'one', name }),
    },
    {
      pattern: new RegExp(`each of which ${task} under a lock of its own`),
      make: () => (count) => crowds.crowd(count, task, { kind: 'own' }),
    },
  ]),
  {
    pattern: /each of which adds 1 to a shared number, with no switch in between/,
    make: () => (count) => crowds.addingWithoutSwitch(count, 1),
  },
  {
    pattern: /each of which adds 1 to a shared number (\d+) times, with no switch in between/,
    make: (times) => (count) => crowds.addingWithoutSwitch(count, Number(times)),
  },
  { pattern: /which take two locks, the second in the opposite order/, make: () => crowds.oppositeLocks },
  { pattern: /each of which reports where it runs/, make: () => crowds.gathering },
  { pattern: /each of which returns a value of its own/, make: () => crowds.returning },
  { pattern: /each of which raises an error of its own/, make: () => crowds.raising },
  {
    pattern: new RegExp(
      `each of which asks MySQL for a row of its own through ${driver}, while the suite holds them up`,
    ),
    make: (through) => (count, facts) => queriers(count, driverOf(through), facts),
  },
  {
    pattern: /each of which borrows a connection from the pool and gives it back/,
    make: () => borrowers,
  },
];

definePhrases('activity', ACTIVITIES);
definePhrases('task', TASKS);
define('patching', ['monkey-patched', 'not monkey-patched'], (text) => text === 'monkey-patched');
export const COMPANY = ['no other green thread', 'another green thread', 'every pending green thread'] as const;
export const GIFTS = ['returned', 'raised'] as const;
export const PAIRS = ['no two are ever', 'two are'] as const;
export const FATES = ['comes only after error 1205', 'lets everybody through'] as const;
export type Company = (typeof COMPANY)[number];
export type Gift = (typeof GIFTS)[number];
export type Pair = (typeof PAIRS)[number];
export type Fate = (typeof FATES)[number];
define('company', COMPANY, (text) => text as Company);
define('gift', GIFTS, (text) => text as Gift);
define('pair', PAIRS, (text) => text as Pair);
define('fate', FATES, (text) => text as Fate);

/** What orders are said to come to; what else may go wrong is told where orders are tried by hand. */
const UNSAID: readonly Mishap[] = [
  'one is let go and never runs again',
  'a query is ended by MySQL with 1205',
  'a transaction is ended by MySQL with 1213',
  'it does not come to what it should',
];
const SAID = mishapNames.filter((name) => !UNSAID.includes(name));
define('mishap', SAID, (text) => text as Mishap);
define('sight', ['blocked', 'busy'], (text) => text as 'blocked' | 'busy');

function definePhrases<T>(name: string, phrases: readonly Phrase<T>[]): void {
  // Cucumber hands over every group of every alternative: the text alone is asked for, and taken apart here.
  const alternatives = phrases.map(({ pattern }) => pattern.source.replace(/(?<!\\)\((?!\?)/g, '(?:'));
  define(name, alternatives, (text) => {
    for (const { pattern, make } of phrases) {
      const match = new RegExp(`^${pattern.source}$`).exec(text);
      if (match !== null) return make(...match.slice(1));
    }
    throw new Error(`no ${name}: ${text}`);
  });
}

function define<T>(name: string, alternatives: readonly string[], transformer: (text: string) => T): void {
  defineParameterType({ name, regexp: alternatives.map((source) => new RegExp(source)), transformer });
}

function oneOf(words: Readonly<Record<string, unknown>>): string {
  // The longest first, since one may begin another.
  const texts = Object.keys(words).sort((a, b) => b.length - a.length);
  return `(${texts.map((text) => text.replace(/[()]/g, '\\$&')).join('|')})`;
}

function formOf(text = ''): SleepForm {
  return FORMS[text] ?? 'library 0';
}

function driverOf(text = ''): Driver {
  return DRIVERS[text] ?? 'c-library';
}

function lockOf(text = ''): LockKind {
  return LOCKS[text] ?? 'advisory';
}
