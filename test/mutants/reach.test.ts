import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MUTANTS } from '../../mutants/catalogue';
import {
  inPatchedProcess,
  inUnpatchedProcess,
  type Reach,
  raises,
  sleepsFor0,
  sleepsForLonger,
  sleepsWithoutArgument,
  spawns,
  takes,
} from '../../mutants/reach';
import { planCases } from '../../proof/cases';
import { readCatalogue } from '../../src/clauses/catalogue';
import { compose } from '../../src/program/compose';
import { NO_FACTS, type Plan } from '../../src/program/plan';
import type { Step } from '../../src/program/step';
import { ROOT } from '../../src/project';

function plan(steps: Step[], more: Partial<Plan> = {}): Plan {
  const threads = { main: { steps }, clerk: { count: 3, steps: [] } };
  return { program: { threads, variables: {} }, acts: [], declaredWait: 0, ...more };
}

describe('a program reaches what is broken', () => {
  const sleep = (seconds?: number): Step => ({
    do: 'sleep',
    through: 'library',
    ...(seconds === undefined ? {} : { seconds }),
  });
  const reached: readonly [what: string, reach: Reach, by: Plan, not: Plan][] = [
    [
      'by a step of such a word',
      takes('sleep/library', 'compute'),
      plan([sleep(0)]),
      plan([{ do: 'close', connection: 'db' }]),
    ],
    [
      'by a step inside others',
      takes('raise'),
      plan([{ do: 'attempt', steps: [{ do: 'raise', error: 'oops' }] }]),
      plan([]),
    ],
    ['by a raise', raises, plan([{ do: 'raise', error: 'oops' }]), plan([sleep(0)])],
    ['by a sleep of more than 0', sleepsForLonger, plan([sleep(0.1)]), plan([sleep(0), sleep()])],
    [
      'by a sleep of 0',
      sleepsFor0,
      plan([sleep(0)]),
      plan([sleep(0.1), { do: 'sleep', through: 'standard', seconds: 0 }]),
    ],
    ['by a sleep that only lets others run', sleepsFor0, plan([sleep()]), plan([sleep(0.1)])],
    ['by a sleep without an argument', sleepsWithoutArgument, plan([sleep()]), plan([sleep(0)])],
    [
      'by starting so many',
      spawns(3),
      plan([{ do: 'spawn', thread: 'clerk' }]),
      plan([{ do: 'spawn', thread: 'clerk', count: 2 }]),
    ],
    ['in an unpatched process', inUnpatchedProcess, plan([], { patched: false }), plan([])],
    ['in a patched process, which is the usual one', inPatchedProcess, plan([]), plan([], { patched: false })],
  ];
  for (const [what, reach, by, not] of reached) {
    test(what, () => assert.deepEqual([reach(by), reach(not)], [true, false]));
  }
});

test('every mutant is reached by some scenario of the features, and by one of its clause', async () => {
  const cases = await planCases(readCatalogue(ROOT).clauses);
  for (const mutant of MUTANTS) {
    const plans = cases
      .filter(({ clause }) => !('clause' in mutant) || clause === mutant.clause)
      .map(({ cast }) => compose({ ...cast, showsMode: true, readsKernel: true }, NO_FACTS));
    assert.ok(
      plans.some((plan) => mutant.reachedBy?.(plan) ?? true),
      mutant.name,
    );
  }
});
