import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as activities from '../../src/program/activities';
import { challengeOf, challengesOf, timesIn } from '../../src/program/challenges';
import { type Cast, compose } from '../../src/program/compose';
import { addingWithoutSwitch } from '../../src/program/crowds';
import { readsPipe } from '../../src/program/long-work';
import { borrowers, poolWaiters, queriers } from '../../src/program/queriers';
import type { Step } from '../../src/program/step';
import { everyStep } from '../../src/program/walk';
import { anyCast, FACTS } from './casts';

function of(cast: Partial<Cast>): Record<string, readonly string[]> {
  return Object.fromEntries(challengesOf(compose({ ready: 0, pending: 0, ...cast }, FACTS)));
}

test('what each activity has to show', () => {
  const subject = (activity: NonNullable<Cast['activity']>): readonly string[] | undefined => of({ activity }).subject;
  assert.deepEqual(subject(activities.computes), ['gate', 'kernel']);
  assert.deepEqual(subject(activities.callsFunctions), ['gate', 'kernel']);
  assert.deepEqual(subject(activities.readsFile), ['gate', 'file', 'kernel']);
  assert.deepEqual(subject(activities.writesLog), ['gate', 'log', 'kernel']);
  assert.deepEqual(subject(readsPipe), ['gate', 'pipe', 'kernel']);
  assert.deepEqual(
    subject((facts) => activities.queries('c-library', 'row', facts)),
    ['gate', 'row', 'kernel'],
  );
});

test('every query that is judged by its rows has to show one that only the server knew', () => {
  const crowds = [queriers(3, 'native', FACTS), borrowers(12, FACTS), poolWaiters(3, FACTS)];
  for (const crowd of crowds)
    for (const challenges of Object.values(of({ crowd: () => crowd }))) assert.ok(challenges[0]);
  const sessions = everyStep(
    compose({ ready: 0, pending: 0, crowd: () => borrowers(12, FACTS) }, FACTS).program,
  ).flatMap(({ step }) => (step.do === 'query' ? [step] : []));
  assert.equal(new Set(sessions.map(({ sql }) => sql)).size, 12);
  assert.ok(sessions.every((step) => challengeOf(step) === 'row'));
});

/** The green threads that have nothing to show. */
function bare(cast: Cast): string[] {
  return [...challengesOf(compose(cast, FACTS))].flatMap(([name, shown]) => (shown.length === 0 ? [name] : []));
}

test('green threads that only count, or take turns, are known by the word of the adapter', () => {
  const cast: Cast = { ready: 2, pending: 2, activity: activities.computes };
  assert.deepEqual(bare(cast), ['ready', 'pending']);
  const adding: Cast = { ready: 0, pending: 0, crowd: () => addingWithoutSwitch(2, 3) };
  assert.deepEqual(bare(adding), ['clerk1', 'clerk2']);
});

test('every green thread but main is told of, and the messenger has to come to its gate in every program', () => {
  fc.assert(
    fc.property(anyCast, (cast) => {
      const plan = compose(cast, FACTS);
      const found = challengesOf(plan);
      assert.deepEqual([...found.keys(), 'main'].sort(), Object.keys(plan.program.threads).sort());
      assert.ok(found.get('messenger')?.includes('gate'));
    }),
  );
});

test('a step is counted as often as it is repeated', () => {
  const log: Step = { do: 'touch', what: 'log' };
  const thrice: Step = { do: 'repeat', times: 3, steps: [log] };
  const steps: Step[] = [log, { do: 'repeat', times: 2, steps: [log, thrice] }];
  assert.equal(
    timesIn(steps, (step) => step.do === 'touch'),
    9,
  );
});
