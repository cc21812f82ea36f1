// biome-ignore-all lint/correctness/useYield: not every green thread here waits
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GreenPool } from '../../reference-impl/greenpool';
import { type Green, GreenletExit, sleep, spawn, trampoline } from '../../reference-impl/greenthread';
import { Semaphore } from '../../reference-impl/semaphore';
import { Timeout, withTimeout } from '../../reference-impl/timeout';
import { run } from './green';

const forever = (): Green<void> => trampoline<void>(() => {});

function* thrown(body: () => Green<unknown>): Green<unknown> {
  try {
    yield* body();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('a kill is thrown at once where the green thread waits, and at those who wait for its end', async () => {
  await run(function* () {
    const seen: string[] = [];
    const victim = spawn(function* () {
      try {
        yield* forever();
      } finally {
        seen.push('finally');
      }
    });
    yield* sleep(0);
    const before = seen.length;
    yield* victim.kill();
    assert.deepEqual([before, seen], [0, ['finally']]);
    assert.ok((yield* thrown(() => victim.wait())) instanceof GreenletExit);
  });
});

test('who is killed before it begins never runs', async () => {
  await run(function* () {
    let ran = false;
    const victim = spawn(function* () {
      ran = true;
    });
    yield* victim.kill();
    yield* sleep(0.001);
    assert.equal(ran, false);
    assert.ok((yield* thrown(() => victim.wait())) instanceof GreenletExit);
  });
});

test('what would have woken a green thread from a wait that was ended wakes it from no later one', async () => {
  await run(function* () {
    const seen: string[] = [];
    const semaphore = new Semaphore();
    yield* semaphore.acquire();
    const victim = spawn(function* () {
      yield* thrown(() => sleep(0.001));
      seen.push('caught');
      yield* semaphore.acquire();
      seen.push('let in');
    });
    yield* sleep(0);
    yield* victim.kill();
    // Due later than the sleep that was ended.
    yield* sleep(0.002);
    assert.deepEqual(seen, ['caught']);
    semaphore.release();
    yield* victim.wait();
    assert.deepEqual(seen, ['caught', 'let in']);
  });
});

test('to kill one that has ended does nothing', async () => {
  await run(function* () {
    const done = spawn(function* () {
      return 1;
    });
    assert.equal(yield* done.wait(), 1);
    yield* done.kill();
    assert.equal(yield* done.wait(), 1);
  });
});

test('who is killed while it waits for a semaphore is handed nothing', async () => {
  await run(function* () {
    const semaphore = new Semaphore();
    yield* semaphore.acquire();
    const waiting = spawn(() => semaphore.acquire());
    const next = spawn(() => semaphore.acquire());
    yield* sleep(0);
    yield* waiting.kill();
    semaphore.release();
    yield* next.wait();
  });
});

test('who is killed when it has been handed a semaphore, and has not run since, hands it on', async () => {
  await run(function* () {
    const semaphore = new Semaphore();
    yield* semaphore.acquire();
    const handed = spawn(() => semaphore.acquire());
    const next = spawn(() => semaphore.acquire());
    yield* sleep(0);
    semaphore.release();
    yield* handed.kill();
    yield* next.wait();
  });
});

test('a time-out is thrown where its green thread waits, and not after its body has ended', async () => {
  await run(function* () {
    assert.ok((yield* thrown(() => withTimeout(0.001, forever))) instanceof Timeout);
    yield* withTimeout(0.001, function* () {});
    yield* sleep(0.005);
  });
});

test('of two time-outs around each other, the one that is due is thrown through both', async () => {
  await run(function* () {
    let outer: Timeout | undefined;
    const error = yield* thrown(() =>
      withTimeout(0.001, function* (own) {
        outer = own;
        yield* withTimeout(10, forever);
      }),
    );
    assert.ok(error instanceof Timeout);
    assert.equal(error, outer);
  });
});

test('a full pool holds up who wants one more, until one has ended, be it by a kill before it began', async () => {
  await run(function* () {
    const pool = new GreenPool(2);
    const first = yield* pool.spawn(forever);
    yield* pool.spawn(forever);
    let third = false;
    const submitter = spawn(function* () {
      yield* pool.spawn(forever);
      third = true;
    });
    yield* sleep(0.001);
    assert.equal(third, false);
    yield* first.kill();
    yield* submitter.wait();
    assert.equal(third, true);
  });
});
