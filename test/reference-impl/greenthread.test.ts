// biome-ignore-all lint/correctness/useYield: not every green thread here waits
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Green, getCurrent, sleep, spawn, trampoline } from '../../reference-impl/greenthread';
import { run } from './green';

for (const seconds of [0.0005, 0.005, 0.03]) {
  test(`a sleep of ${seconds} s lasts at least that long`, async () => {
    await run(function* () {
      for (let i = 0; i < 5; i++) {
        const before = performance.now();
        yield* sleep(seconds);
        assert.ok(performance.now() - before >= seconds * 1000);
      }
    });
  });
}

for (const [name, call] of [
  ['sleep(0)', () => sleep(0)],
  ['sleep()', () => sleep()],
  ['a positive sleep', () => sleep(0.001)],
] as const) {
  test(`${name} lets a pending green thread run`, async () => {
    let ran = false;
    await run(function* () {
      spawn(function* () {
        ran = true;
      });
      assert.equal(ran, false, 'spawn itself does not switch');
      yield* call();
      assert.equal(ran, true);
    });
  });
}

test('wait gives what the green thread returned, to each that waits, also after its end', async () => {
  await run(function* () {
    const thread = spawn(function* () {
      yield* sleep(0);
      return 42;
    });
    const other = spawn(() => thread.wait());
    assert.equal(yield* thread.wait(), 42);
    assert.equal(yield* other.wait(), 42);
    assert.equal(yield* thread.wait(), 42);
  });
});

test('what a green thread throws reaches those that wait for it, and nobody else', async () => {
  await run(function* () {
    const failing = spawn(function* () {
      yield* sleep(0);
      throw new Error('mine');
    });
    const bystander = spawn(function* () {
      for (let i = 0; i < 5; i++) yield* sleep(0);
      return 'fine';
    });
    assert.match(yield* errorOf(failing.wait()), /mine/);
    assert.equal(yield* bystander.wait(), 'fine');
  });
});

test('outside of a green thread nothing can wait', () => {
  assert.throws(() => getCurrent(), /only a green thread can wait/);
  assert.throws(() => sleep(0).next(), /only a green thread can wait/);
});

test('a trampoline takes an answer that comes at once as well as one that comes later', async () => {
  await run(function* () {
    assert.equal(yield* trampoline((answer) => answer(1)), 1);
    assert.equal(yield* trampoline((answer) => setImmediate(answer, 2)), 2);
    const failing = spawn(() => trampoline((_answer, fail) => setImmediate(fail, new Error('late'))));
    assert.match(yield* errorOf(failing.wait()), /late/);
  });
});

test('a thousand sleepers all wake', async () => {
  const woken = await run(function* () {
    const threads = Array.from({ length: 1000 }, () => spawn(() => sleep(0.01)));
    for (const thread of threads) yield* thread.wait();
    return threads.length;
  });
  assert.equal(woken, 1000);
});

function* errorOf(call: Green<unknown>): Green<string> {
  try {
    yield* call;
    return 'no error';
  } catch (error) {
    return String(error);
  }
}
