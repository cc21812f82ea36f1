import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Green, sleep } from '../../reference-impl/greenthread';
import { Semaphore } from '../../reference-impl/semaphore';
import { together } from './green';

test('a semaphore lets through as many as its value, in the order of asking', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(3), { maxLength: 10 }), async (value, stays) => {
      const semaphore = new Semaphore(value);
      const order: number[] = [];
      let inside = 0;
      let most = 0;
      const go = (stay: number, number: number) =>
        function* (): Green<void> {
          yield* semaphore.acquire();
          order.push(number);
          most = Math.max(most, ++inside);
          for (let i = 0; i < stay; i++) yield* sleep(0);
          inside -= 1;
          semaphore.release();
        };
      await together(...stays.map(go));
      assert.deepEqual(
        order,
        stays.map((_, number) => number),
      );
      assert.ok(most <= value);
    }),
    { numRuns: 50 },
  );
});
