import { defineParameterType } from '@cucumber/cucumber';
import * as activities from '../src/program/activities';
import { type Task, taskNames } from '../src/program/crowds';
import type { LockKind, PlanFacts } from '../src/program/plan';
import type { Driver } from '../src/program/step';

/** What a green thread does, once it is known what only the session knows. */
export type MakeActivity = (facts: PlanFacts) => activities.Activity;

interface Phrase {
  readonly pattern: RegExp;
  readonly make: (group: string) => MakeActivity;
}

/** Everything that a green thread can be said to do. */
const PHRASES: readonly Phrase[] = [
  { pattern: /computes/, make: () => activities.computes },
  { pattern: /calls functions and does arithmetic/, make: () => activities.callsFunctions },
  { pattern: /raises errors and catches them/, make: () => activities.raisesAndCatches },
  { pattern: /reads a regular file/, make: () => activities.readsFile },
  { pattern: /writes lines to a log file/, make: () => activities.writesLog },
  { pattern: /sleeps for (\d+(?:\.\d+)?) seconds/, make: (seconds) => () => activities.sleeps(Number(seconds)) },
  { pattern: /sleeps without an argument/, make: () => () => activities.sleeps(undefined) },
  {
    pattern: /sleeps 100 times for 0 seconds, then 100 times for a short while/,
    make: () => activities.sleepsManyTimes,
  },
  { pattern: /waits for bytes/, make: () => activities.waitsForBytes },
  { pattern: /waits for bytes with nobody else around/, make: () => activities.waitsForBytesAlone },
  { pattern: /waits for a lock that another holds/, make: () => activities.waitsForLock },
  { pattern: /waits for another green thread to end/, make: () => activities.waitsForGreenThread },
  {
    pattern: /starts 1 green thread that sleeps, then (\d+) more/,
    make: (more) => () => activities.parks(Number(more)),
  },
];

defineParameterType({
  name: 'activity',
  regexp: PHRASES.map(({ pattern }) => new RegExp(pattern.source.replace(/\((?!\?)/g, '(?:'))),
  transformer: (text: string): MakeActivity => {
    for (const { pattern, make } of PHRASES) {
      const match = new RegExp(`^${pattern.source}$`).exec(text);
      if (match !== null) return make(match[1] ?? '');
    }
    throw new Error(`no activity: ${text}`);
  },
});

defineParameterType({
  name: 'task',
  regexp: taskNames.map((name) => new RegExp(name)),
  transformer: (text: string): Task => text as Task,
});

const DRIVERS: Readonly<Record<string, Driver>> = { 'the C driver': 'c-library', 'the native driver': 'native' };
defineParameterType({
  name: 'driver',
  regexp: Object.keys(DRIVERS).map((name) => new RegExp(name)),
  transformer: (text: string): Driver => DRIVERS[text] ?? 'c-library',
});

const LOCKS: Readonly<Record<string, LockKind>> = { 'an advisory lock': 'advisory', 'a row': 'row' };
defineParameterType({
  name: 'lock',
  regexp: Object.keys(LOCKS).map((name) => new RegExp(name)),
  transformer: (text: string): LockKind => LOCKS[text] ?? 'advisory',
});

defineParameterType({
  name: 'patching',
  regexp: /monkey-patched|not monkey-patched/,
  transformer: (text: string) => text === 'monkey-patched',
});
defineParameterType({
  name: 'sight',
  regexp: /blocked|busy/,
  transformer: (text: string) => text as 'blocked' | 'busy',
});
