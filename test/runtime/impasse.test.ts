import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TIMER_SECONDS } from '../../src/program/activities';
import { Impasse } from '../../src/runtime/impasse';

function observed(impasse: Impasse, milliseconds: readonly number[]): boolean[] {
  return milliseconds.map((time) => impasse.look(() => time));
}

describe('an impasse', () => {
  test('is reached when the processor was used for long enough, while the harness looked often enough', () => {
    assert.deepEqual(observed(new Impasse(30, 2, 0), [500, 510, 529, 530]), [false, false, false, true]);
  });

  test('is not reached by a harness that hardly looked: it may only not have heard', () => {
    assert.deepEqual(observed(new Impasse(30, 2, 0), [500, 900]), [false, false]);
  });

  test('is not reached by a process that was looked at often, and did not get the processor', () => {
    assert.deepEqual(observed(new Impasse(30, 2, 0), [500, 501, 502, 503, 504, 505]), Array(6).fill(false));
  });

  test('is reached when none but those who go on and on are heard of any more', () => {
    const impasse = new Impasse(3 * TIMER_SECONDS * 1000, 2, 0);
    assert.deepEqual([impasse.voice(), impasse.voice()], [false, false]);
    impasse.news();
    assert.deepEqual([impasse.voice(), impasse.voice(), impasse.voice()], [false, false, true]);
  });

  test('is further off where many have yet to begin', () => {
    assert.deepEqual(observed(new Impasse(30, 60, 0), [500, 510, 520, 531, 540, 559, 560]), [
      ...Array(6).fill(false),
      true,
    ]);
  });

  test('is further off where the program asks to be waited: its runtime may turn all the while', () => {
    assert.deepEqual(observed(new Impasse(20, 2, 10), [500, 510, 520, 529, 530]), [...Array(4).fill(false), true]);
  });

  test('is further off while a connection is made: a driver may have to be loaded', () => {
    const impasse = new Impasse(30, 2, 0);
    const times = Array.from({ length: 25 }, (_, i) => 500 + 10 * i);
    const reached = times.map((time) => impasse.look(() => time, true));
    assert.equal(reached.indexOf(true), 23);
  });

  test('is further off again with each piece of news', () => {
    const impasse = new Impasse(30, 2, 0);
    observed(impasse, [500, 510, 520]);
    impasse.news();
    assert.deepEqual(observed(impasse, [530, 545, 559, 560]), [false, false, false, true]);
  });

  const manyLooks = Array.from({ length: 40 }, (_, i) => 500 + 10 * i);
  const reached = (told: readonly { thread: string; os: number; at?: number }[]): number => {
    const impasse = new Impasse(30, 3, 0);
    for (const event of told) impasse.hear(event);
    return 10 * observed(impasse, manyLooks).indexOf(true);
  };
  const [one, other, third] = ['a#1', 'a#2', 'a#3'];

  test('is further off where many take turns by slices on several OS threads, and only there', () => {
    const told = (os: number) => [
      { thread: one, os: 7, at: 0 },
      { thread: other, os, at: 40 },
    ];
    assert.equal(reached(told(7)), 30);
    assert.equal(reached(told(8)), 150);
  });

  test('is as far off as their first turns were long, where those were shorter than a slice can be', () => {
    const told = [
      { thread: one, os: 7, at: 0 },
      { thread: one, os: 7, at: 6 },
      { thread: other, os: 8, at: 7 },
      { thread: third, os: 7, at: 8 },
      { thread: third, os: 8, at: 90 },
    ];
    assert.equal(reached(told), 60);
  });

  test('takes turns for slices where none was heard to begin after another, or the adapter tells no time', () => {
    assert.equal(reached([one, one].map((thread, os) => ({ thread, os, at: 5 }))), 150);
    assert.equal(reached([one, other].map((thread, os) => ({ thread, os }))), 150);
  });
});
