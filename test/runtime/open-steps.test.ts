import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instanceOf, OpenSteps } from '../../src/runtime/open-steps';

type Phase = 'started' | 'entered' | 'finished' | 'raised';

function heard(...events: readonly [thread: string, label: string, phase: Phase][]): OpenSteps {
  const open = new OpenSteps();
  for (const [thread, label, phase] of events) open.hear({ thread, label, phase });
  return open;
}

test('a step is open until it has finished or raised, in the order of the beginning', () => {
  const open = heard(
    ['main', 'end', 'started'],
    ['clerk#1', 'lock', 'started'],
    ['clerk#1', 'lock', 'entered'],
    ['clerk#2', 'lock', 'started'],
  );
  assert.deepEqual(
    open.list().map(({ thread }) => thread),
    ['main', 'clerk#1', 'clerk#2'],
  );
  open.hear({ thread: 'clerk#1', label: 'lock', phase: 'finished' });
  open.hear({ thread: 'main', label: 'end', phase: 'raised' });
  assert.deepEqual(open.list(), [{ thread: 'clerk#2', label: 'lock' }]);
});

test('a list that was given stays as it was, whatever is heard afterwards: a record may hold it', () => {
  const open = heard(['main', 'it', 'started']);
  const before = open.list();
  open.hear({ thread: 'main', label: 'it', phase: 'finished' });
  open.hear({ thread: 'main', label: 'later', phase: 'started' });
  assert.deepEqual(before, [{ thread: 'main', label: 'it' }]);
});

test('steps of one name are counted in all green threads, in the instances of one, or in one', () => {
  const open = heard(['clerk#1', 'it', 'started'], ['clerk#2', 'it', 'started'], ['main', 'it', 'started']);
  const counts = [{}, { thread: 'clerk' }, { thread: 'clerk#2' }, { thread: 'cler' }].map((of) =>
    open.count({ ...of, label: 'it' }),
  );
  assert.deepEqual(counts, [3, 2, 1, 0]);
});

test('the end of a step that never began ends no other', () => {
  assert.equal(heard(['main', 'it', 'started'], ['main', 'other', 'finished']).list().length, 1);
});

test('a green thread of which there is one bears its name, and others a number behind it', () => {
  assert.deepEqual(
    ['clerk', 'clerk#12', 'clerks#1'].map((instance) => instanceOf(instance, 'clerk')),
    [true, true, false],
  );
});
