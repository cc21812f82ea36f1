import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createConnection, createServer } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { getCurrent, sleep } from '../../reference-impl/greenthread';
import { getHub, Hub } from '../../reference-impl/hub';
import { run, together } from './green';

test('green threads take turns, in the order in which they were spawned', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(8), { minLength: 1, maxLength: 12 }), async (yields) => {
      const order: string[] = [];
      await together(
        ...yields.map(
          (count, thread) =>
            function* () {
              for (let slice = 0; slice <= count; slice++) {
                order.push(`${thread}.${slice}`);
                if (slice < count) yield* sleep(0);
              }
            },
        ),
      );
      const rounds = Array.from({ length: Math.max(...yields) + 1 }, (_, slice) =>
        yields.flatMap((count, thread) => (slice <= count ? [`${thread}.${slice}`] : [])),
      );
      assert.deepEqual(order, rounds.flat());
    }),
    { numRuns: 50 },
  );
});

test('timers fire by their due times', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(4), { minLength: 1, maxLength: 20 }), async (delays) => {
      const hub = new Hub();
      const fired: number[] = [];
      await new Promise<void>((resolve) => {
        // All due in the past, so that one cycle finds them all.
        delays.forEach((delay, index) => {
          hub.schedule(delay - 1000, () => {
            fired.push(index);
            if (fired.length === delays.length) resolve();
          });
        });
      });
      const expected = delays.map((_, index) => index).sort((a, b) => (delays[a] ?? 0) - (delays[b] ?? 0));
      assert.deepEqual(fired, expected);
    }),
    { numRuns: 50 },
  );
});

test('what is scheduled while a cycle fires waits for the next, and I/O is polled in between', async () => {
  const server = createServer((socket) => socket.end('x')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const seen: string[] = [];
  await run(function* () {
    const me = getCurrent();
    const socket = createConnection((server.address() as AddressInfo).port, '127.0.0.1');
    socket.once('data', () => {
      seen.push('bytes');
      me.switch();
    });
    let spins = 0;
    const spin = (): void => {
      if (++spins < 1_000_000 && !seen.includes('bytes')) getHub().schedule(0, spin);
    };
    spin();
    yield;
    socket.destroy();
  });
  assert.deepEqual(seen, ['bytes']);
  server.close();
});

test('a timer that is set later and due sooner is not late', async () => {
  const order: string[] = [];
  await together(
    function* () {
      yield* sleep(0.2);
      order.push('later');
    },
    function* () {
      yield* sleep(0);
      yield* sleep(0.01);
      order.push('sooner');
    },
  );
  assert.deepEqual(order, ['sooner', 'later']);
});
