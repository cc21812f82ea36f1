// biome-ignore-all lint/correctness/useYield: not every green thread here waits
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { sleep, spawn } from '../../reference-impl/greenthread';
import { isMonkeyPatched, monkeyPatch } from '../../reference-impl/monkey';
import { blocking, green, native } from '../../reference-impl/mysql';
import { time } from '../../reference-impl/time';
import { run } from './green';

const standard = time.sleep;
afterEach(() => {
  time.sleep = standard;
  native.connect = blocking;
});

test("patched, the standard library's sleep is the library's", () => {
  assert.equal(isMonkeyPatched(), false);
  monkeyPatch();
  assert.equal(isMonkeyPatched(), true);
  assert.equal(time.sleep, sleep);
  assert.equal(native.connect, green);
});

for (const seconds of [0, 0.02]) {
  test(`not patched, time.sleep(${seconds}) switches to no one`, async () => {
    await run(function* () {
      let ran = false;
      const pending = spawn(function* () {
        ran = true;
      });
      const before = performance.now();
      yield* time.sleep(seconds);
      assert.ok(performance.now() - before >= seconds * 1000);
      assert.equal(ran, false);
      yield* pending.wait();
    });
  });

  test(`patched, time.sleep(${seconds}) lets others run`, async () => {
    monkeyPatch();
    await run(function* () {
      let ran = false;
      spawn(function* () {
        ran = true;
      });
      yield* time.sleep(seconds);
      assert.equal(ran, true);
    });
  });
}
