import fc from 'fast-check';
import * as activities from '../../src/program/activities';
import type { Cast } from '../../src/program/compose';
import {
  addingWithoutSwitch,
  comingBack,
  crowd,
  gathering,
  raising,
  raisingAmong,
  raisingInside,
  returning,
  taskNames,
} from '../../src/program/crowds';
import { computesInSlices, readsPipe, takesTurns } from '../../src/program/long-work';
import { NO_FACTS, type PlanFacts } from '../../src/program/plan';
import { borrowers, poolWaiters, queriers } from '../../src/program/queriers';
import type { SleepForm } from '../../src/program/sleep-form';
import type { Driver } from '../../src/program/step';

export const FACTS: PlanFacts = {
  ...NO_FACTS,
  lockName: 'greenspec_0123456789abcdef',
  table: 'greenspec_0123456789ab_rows',
};

type MakeActivity = NonNullable<Cast['activity']>;

const driver = fc.constantFrom<Driver[]>('c-library', 'native', 'thread-pool');
const lock = fc.constantFrom('advisory' as const, 'row' as const);
const seconds = fc.option(fc.double({ min: 0, max: 60, noNaN: true }), { nil: undefined });
const form = fc.constantFrom<SleepForm[]>('library 0', 'library without an argument', 'standard 0');
const count = fc.integer({ min: 1, max: 1000 });

/** Every activity there is, with every value that a step may give it. */
export const anyActivity: fc.Arbitrary<MakeActivity> = fc.oneof(
  fc.constantFrom<MakeActivity[]>(
    activities.computes,
    activities.callsFunctions,
    activities.raisesAndCatches,
    activities.readsFile,
    activities.writesLog,
    activities.waitsForBytes,
    activities.waitsForBytesAlone,
    activities.waitsForLock,
    activities.waitsForGreenThread,
    computesInSlices,
    readsPipe,
  ),
  fc.tuple(seconds, fc.constantFrom('library' as const, 'standard' as const)).map(
    ([value, through]): MakeActivity =>
      () =>
        activities.sleeps(value, through),
  ),
  fc.tuple(form, form).map(
    ([first, second]): MakeActivity =>
      () =>
        takesTurns(first, second),
  ),
  form.map(
    (of): MakeActivity =>
      () =>
        activities.sleepsManyTimes(of),
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
  members.map(returning),
  members.map(raising),
  members.map((of) => raisingAmong(of + 1)),
  members.map((of) => addingWithoutSwitch(of, 10)),
  fc.tuple(fc.integer({ min: 1, max: 8 }), driver).map(([of, through]) => queriers(of, through, FACTS)),
  members.map((of) => poolWaiters(of, FACTS)),
  members.map((of) => borrowers(of, FACTS)),
  name.map(raisingInside),
  fc.tuple(members, name).map(([of, under]) => comingBack(of, under)),
);

/** Every cast that a scenario can name: green threads around one that does something, a crowd, or both. */
export const anyCast: fc.Arbitrary<Cast> = fc
  .record({
    patched: fc.option(fc.boolean()),
    ready: fc.integer({ min: 0, max: 200 }),
    pending: fc.integer({ min: 0, max: 20 }),
    timer: fc.boolean(),
    showsMode: fc.boolean(),
    yields: fc.boolean(),
    readsKernel: fc.boolean(),
    activity: fc.option(anyActivity),
    crowd: fc.option(anyCrowd),
  })
  // The suite holds one lock at the server in a run.
  .filter(({ activity, crowd: members }) => activity?.(FACTS).hold === undefined || members?.hold === undefined)
  .map(({ patched, activity, crowd: members, ...cast }) => ({
    ...cast,
    ...(patched === null ? {} : { patched }),
    ...(activity === null ? {} : { activity }),
    ...(members === null ? {} : { crowd: () => members }),
  }));
