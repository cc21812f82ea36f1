import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { type Green, spawn } from '../../reference-impl/greenthread';
import { preload } from '../../reference-impl/mysql-library';
import { execute, setNumThreads } from '../../reference-impl/tpool';
import { run, together } from './green';

const THREADS = 2;
setNumThreads(THREADS);

const osThreads = (): number => readdirSync('/proc/self/task').length;

test('as many calls are under way as there are OS threads', async (t) => {
  preload();
  const before = osThreads();
  // A server that says nothing until the test lets it: mysql2 waits for its greeting.
  const silent: Socket[] = [];
  let arrived = (): void => {};
  const server = createServer((socket) => {
    silent.push(socket);
    arrived();
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = () => execute({ do: 'connect', options: { host: '127.0.0.1', port } });
  const all = together(ask, ask, ask, ask, ask);
  for (let ended = 0; ended < 5; ended++) {
    const expected = Math.min(ended + THREADS, 5);
    while (silent.length < expected) await new Promise<void>((resolve) => (arrived = resolve));
    assert.equal(silent.length, expected);
    assert.equal(osThreads() - before, THREADS);
    silent[ended]?.destroy();
  }
  await all;
});

test('a call whose OS thread ends fails, and the next gets another', async () => {
  for (let i = 0; i < 2 * THREADS; i++) {
    await assert.rejects(
      run(() => execute({ do: 'close', connection: 99 })),
      /ended without an answer/,
    );
  }
  const { error } = await run(() => execute({ do: 'connect', options: { host: '127.0.0.1', port: 1 } }));
  assert.match(error?.message ?? '', /ECONNREFUSED/);
});

test('a green thread that calls again at once does not go before those that wait', async () => {
  const order: string[] = [];
  const refused = { do: 'connect', options: { host: '127.0.0.1', port: 1 } } as const;
  const caller = (name: string, times: number) =>
    function* (): Green<void> {
      for (let i = 0; i < times; i++) {
        yield* execute(refused);
        order.push(name);
      }
    };
  await run(function* () {
    const greedy = [spawn(caller('greedy', 5)), spawn(caller('greedy', 5))];
    const modest = spawn(caller('modest', 1));
    for (const thread of [...greedy, modest]) yield* thread.wait();
  });
  assert.ok(order.indexOf('modest') <= THREADS, order.join());
});
