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

  test('is further off where many take turns by slices on several OS threads, and only there', () => {
    const reached = (osThreads: readonly number[]): boolean[] => {
      const impasse = new Impasse(30, 3, 0);
      for (const os of osThreads) impasse.ranOn(os);
      return observed(impasse, [500, 510, 530, 540, 550, 560, 570, 580, 590, 600, 610, 620, 630, 640, 650]);
    };
    assert.equal(reached([7, 7]).indexOf(true), 2);
    assert.equal(reached([7, 8]).indexOf(true), 14);
  });
});
