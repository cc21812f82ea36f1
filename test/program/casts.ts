import fc from 'fast-check';
import * as activities from '../../src/program/activities';
import type { Cast } from '../../src/program/compose';
import { crowd, gathering, raisingInside, taskNames } from '../../src/program/crowds';
import type { PlanFacts } from '../../src/program/plan';

export const FACTS: PlanFacts = {
  lockName: 'greenspec_0123456789abcdef',
  table: 'greenspec_0123456789ab_rows',
  row: 7,
};

type MakeActivity = NonNullable<Cast['activity']>;

const driver = fc.constantFrom('c-library' as const, 'native' as const, 'thread-pool' as const);
const lock = fc.constantFrom('advisory' as const, 'row' as const);
const seconds = fc.option(fc.double({ min: 0, max: 60, noNaN: true }), { nil: undefined });
const count = fc.integer({ min: 1, max: 1000 });

/** Every activity there is, with every value that a step may give it. */
export const anyActivity: fc.Arbitrary<MakeActivity> = fc.oneof(
  fc.constantFrom<MakeActivity[]>(
    activities.computes,
    activities.callsFunctions,
    activities.raisesAndCatches,
    activities.readsFile,
    activities.writesLog,
    activities.sleepsManyTimes,
    activities.waitsForBytes,
    activities.waitsForBytesAlone,
    activities.waitsForLock,
    activities.waitsForGreenThread,
  ),
  seconds.map(
    (value): MakeActivity =>
      () =>
        activities.sleeps(value),
  ),
  count.map(
    (more): MakeActivity =>
      () =>
        activities.parks(more),
  ),
  fc.tuple(driver, lock).map(
    ([of, kind]): MakeActivity =>
      (facts) =>
        activities.queries(of, kind, facts),
  ),
  driver.map(
    (of): MakeActivity =>
      (facts) =>
        activities.queriesHeldRow(of, facts),
  ),
);

const members = fc.integer({ min: 1, max: 100 });
const name = fc.constantFrom('till', 'a.b-c', 'L1');
const locking = fc.oneof(
  fc.constant({ kind: 'none' } as const),
  fc.constant({ kind: 'own' } as const),
  name.map((of) => ({ kind: 'one', name: of }) as const),
);

export const anyCrowd = fc.oneof(
  fc.tuple(members, fc.constantFrom(...taskNames), locking).map(([of, task, under]) => crowd(of, task, under)),
  members.map(gathering),
  name.map(raisingInside),
);

/** Every cast that a scenario can name: green threads around one that does something, a crowd, or both. */
export const anyCast: fc.Arbitrary<Cast> = fc
  .record({
    patched: fc.option(fc.boolean()),
    ready: fc.integer({ min: 0, max: 200 }),
    pending: fc.integer({ min: 0, max: 20 }),
    activity: fc.option(anyActivity),
    crowd: fc.option(anyCrowd),
  })
  .map(({ patched, activity, crowd: members, ...cast }) => ({
    ...cast,
    ...(patched === null ? {} : { patched }),
    ...(activity === null ? {} : { activity }),
    ...(members === null ? {} : { crowd: members }),
  }));
