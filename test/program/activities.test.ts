import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as activities from '../../src/program/activities';
import { compose } from '../../src/program/compose';
import type { Act } from '../../src/program/plan';
import { everyStep } from '../../src/program/walk';
import { anyActivity, FACTS } from './casts';

describe('every activity', () => {
  test('has one step that the scenario is about, and it is the subject that goes through it', () => {
    fc.assert(
      fc.property(anyActivity, (activity) => {
        const { program } = compose({ ready: 1, pending: 0, activity }, FACTS);
        const its = everyStep(program).filter(({ step }) => step.label === activities.IT);
        assert.deepEqual(
          its.map(({ thread }) => thread),
          [activities.SUBJECT],
        );
      }),
    );
  });

  test('that is looked at while it goes on is awaited first, and let go after', () => {
    fc.assert(
      fc.property(anyActivity, (activity) => {
        const { during = [] } = activity(FACTS);
        const at = (...kinds: Act['act'][]): number => during.findIndex(({ act }) => kinds.includes(act));
        if (at('watch') < 0) return;
        assert.equal(at('await'), 0);
        const release = at('release', 'raise');
        if (release >= 0) assert.ok(at('watch') < release);
      }),
    );
  });
});

describe('a query', () => {
  const sqlOf = (lock: 'advisory' | 'row'): string => {
    const [step] = activities.queries('native', lock, FACTS).steps;
    return step?.do === 'query' ? step.sql : '';
  };

  test('waits for the lock of its kind, and asks for the row', () => {
    assert.match(
      sqlOf('advisory'),
      /GET_LOCK\('greenspec_0123456789abcdef', \d+\).*SELECT value FROM \S+ WHERE id = \d+/,
    );
    assert.match(sqlOf('row'), /^SELECT value FROM greenspec_0123456789ab_rows WHERE id = \d+ FOR UPDATE$/);
    assert.ok(!sqlOf('row').includes('GET_LOCK'));
  });

  test('is the only one that may wait: the harness holds its lock from the start', () => {
    assert.equal(activities.queries('native', 'row', FACTS).hold, 'row');
    assert.equal(activities.queriesHeldRow('native', FACTS).hold, undefined);
  });
});

test('a sleep without an argument has none, and one of 0 has 0', () => {
  assert.deepEqual(activities.sleeps(undefined).steps, [{ do: 'sleep', label: 'it', through: 'library' }]);
  assert.deepEqual(activities.sleeps(0).steps, [{ do: 'sleep', label: 'it', through: 'library', seconds: 0 }]);
});

test('a hundred sleeps of 0 and a hundred longer ones differ in that alone, and in that the longer ones are told of on the way', () => {
  const [none, , more] = activities.sleepsManyTimes('library 0').steps;
  assert.deepEqual(none, {
    do: 'repeat',
    label: 'it',
    times: 100,
    steps: [{ do: 'sleep', through: 'library', seconds: 0 }],
  });
  const some = { do: 'sleep', through: 'library', seconds: 0.0005 };
  assert.deepEqual(more, {
    do: 'repeat',
    times: 10,
    steps: [{ do: 'repeat', label: 'control', times: 10, steps: [some] }],
  });
});
