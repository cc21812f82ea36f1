import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Impasse } from '../../src/runtime/impasse';

function observed(impasse: Impasse, milliseconds: readonly number[]): boolean[] {
  return milliseconds.map((time) => impasse.look(() => time));
}

describe('an impasse', () => {
  test('is reached when the processor was used for long enough, while the harness looked often enough', () => {
    assert.deepEqual(observed(new Impasse(30), [500, 510, 529, 530]), [false, false, false, true]);
  });

  test('is not reached by a harness that hardly looked: it may only not have heard', () => {
    assert.deepEqual(observed(new Impasse(30), [500, 900]), [false, false]);
  });

  test('is not reached by a process that was looked at often, and did not get the processor', () => {
    assert.deepEqual(observed(new Impasse(30), [500, 501, 502, 503, 504, 505]), Array(6).fill(false));
  });

  test('is reached when none but those who go on and on are heard of any more', () => {
    const impasse = new Impasse(30);
    const heard = (times: number): boolean[] => Array.from({ length: times }, () => impasse.voice('again'));
    assert.deepEqual(heard(3), [false, false, false]);
    impasse.news();
    assert.deepEqual(heard(3), [false, false, true]);
  });

  test('is further off again with each that is heard of for the first time', () => {
    const impasse = new Impasse(30);
    const all = ['one', 'two', 'three', 'four', 'five'].map((name) => impasse.voice(name));
    assert.deepEqual(all, Array(5).fill(false));
    assert.deepEqual([impasse.voice('one'), impasse.voice('one'), impasse.voice('two')], [false, false, true]);
  });

  test('is further off again with each piece of news', () => {
    const impasse = new Impasse(30);
    observed(impasse, [500, 510, 520]);
    impasse.news();
    assert.deepEqual(observed(impasse, [530, 545, 559, 560]), [false, false, false, true]);
  });
});
