import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { asleep, Stillness, unchanged, wakesSoon } from '../../src/runtime/stillness';
import type { ProcessReading, ThreadReading } from '../../src/trace/record';

const thread = (facts: Partial<ThreadReading> = {}): ThreadReading => ({
  tid: 1,
  name: 'main',
  state: 'S',
  voluntarySwitches: 5,
  cpu: 1000,
  ...facts,
});
const process = (...threads: ThreadReading[]): ProcessReading => ({ pid: 1, threads });
const still = process(thread(), thread({ tid: 2 }));

function observed(...readings: ProcessReading[]): boolean[] {
  const stillness = new Stillness();
  return readings.map((reading) => stillness.observe(reading));
}

describe('a process is still', () => {
  test('once three readings in a row are of the same sleep', () => {
    assert.deepEqual(observed(still, still, still, still), [false, false, true, true]);
  });

  test('not if any OS thread of it woke in between, used the processor, came or went', () => {
    for (const moved of [
      process(thread({ voluntarySwitches: 6 }), thread({ tid: 2 })),
      process(thread({ cpu: 1001 }), thread({ tid: 2 })),
      process(thread()),
      process(thread(), thread({ tid: 3 })),
      process(thread(), thread({ tid: 2 }), thread({ tid: 3 })),
    ]) {
      assert.deepEqual(observed(still, still, moved), [false, false, false]);
      assert.deepEqual(observed(still, still, moved, moved, moved), [false, false, false, false, true]);
    }
  });

  test('not while one of its OS threads runs, though nothing else changes', () => {
    for (const state of ['R', 'D', 'T', 'Z', 'X', '?']) {
      const running = process(thread(), thread({ tid: 2, state }));
      assert.deepEqual(observed(running, running, running, running), [false, false, false, false]);
    }
  });

  test('not if it has no OS threads: it has ended, or could not be looked at', () => {
    assert.deepEqual(observed(process(), process(), process(), process()), [false, false, false, false]);
  });

  test('only from the beginning again, once something was heard of it', () => {
    const stillness = new Stillness();
    assert.deepEqual(
      [still, still, still].map((reading) => stillness.observe(reading)),
      [false, false, true],
    );
    stillness.reset();
    assert.deepEqual(
      [still, still, still].map((reading) => stillness.observe(reading)),
      [false, false, true],
    );
  });

  test('never unless the last three readings are alike, and it slept at the end of each interval', () => {
    const any = fc.constantFrom(
      still,
      process(),
      process(thread({ state: 'R' })),
      process(thread()),
      process(thread({ cpu: 2 })),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 20 }), (readings) => {
        for (const [i, is] of observed(...readings).entries()) {
          const [a, b, c] = [readings[i - 2], readings[i - 1], readings[i]];
          const alike = a !== undefined && b !== undefined && c !== undefined && unchanged(a, b) && unchanged(b, c);
          assert.equal(is, alike && asleep(b) && asleep(c));
        }
      }),
    );
  });
});

describe('a wake-up is near', () => {
  test('if it comes within what has passed of the run, and a second more, or cannot be told', () => {
    assert.ok(wakesSoon(undefined, 0));
    assert.ok(wakesSoon(0, 0));
    assert.ok(wakesSoon(80, 0));
    assert.ok(wakesSoon(1999, 1000));
    assert.ok(!wakesSoon(2000, 1000));
    assert.ok(!wakesSoon(60_000, 1000));
    assert.ok(!wakesSoon(Number.POSITIVE_INFINITY, 1e9));
  });
});
