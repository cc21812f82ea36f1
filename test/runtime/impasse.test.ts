import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Impasse } from '../../src/runtime/impasse';

function observed(impasse: Impasse, milliseconds: readonly number[]): boolean[] {
  return milliseconds.map((time) => impasse.look(() => time));
}

describe('an impasse', () => {
  test('is reached when the processor was used for long enough, while the harness looked often enough', () => {
    assert.deepEqual(observed(new Impasse(30, 2), [500, 510, 529, 530]), [false, false, false, true]);
  });

  test('is not reached by a harness that hardly looked: it may only not have heard', () => {
    assert.deepEqual(observed(new Impasse(30, 2), [500, 900]), [false, false]);
  });

  test('is not reached by a process that was looked at often, and did not get the processor', () => {
    assert.deepEqual(observed(new Impasse(30, 2), [500, 501, 502, 503, 504, 505]), Array(6).fill(false));
  });

  test('is reached when none but those who go on and on are heard of any more', () => {
    const impasse = new Impasse(30, 2);
    assert.deepEqual([impasse.voice(), impasse.voice()], [false, false]);
    impasse.news();
    assert.deepEqual([impasse.voice(), impasse.voice(), impasse.voice()], [false, false, true]);
  });

  test('is further off again with each piece of news', () => {
    const impasse = new Impasse(30, 2);
    observed(impasse, [500, 510, 520]);
    impasse.news();
    assert.deepEqual(observed(impasse, [530, 545, 559, 560]), [false, false, false, true]);
  });

  test('is further off where many take turns by slices on several OS threads, and only there', () => {
    const reached = (osThreads: readonly number[]): boolean[] => {
      const impasse = new Impasse(30, 3);
      for (const os of osThreads) impasse.ranOn(os);
      return observed(impasse, [500, 510, 530, 540, 550, 560, 570, 580, 590, 600, 610, 620, 630, 640, 650]);
    };
    assert.equal(reached([7, 7]).indexOf(true), 2);
    assert.equal(reached([7, 8]).indexOf(true), 14);
  });
});
