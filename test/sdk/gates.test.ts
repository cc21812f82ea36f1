import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { before, test } from 'node:test';
import type { Step } from '../../src/program/step';
import { Client, gateServer, told } from './client';

let client: Client;
before(async () => {
  client = await Client.ready();
});

const wait: Step = { do: 'wait', gate: 'g', through: 'green', label: 'wait', into: 'token' };
const nonce = '0123456789abcdef';

test('a green thread waits at a gate until its token comes, and others run', async () => {
  let hello = '';
  let waiting: Socket | undefined;
  const { close, ...gates } = await gateServer((line, socket) => {
    hello = line;
    waiting = socket;
  });
  void client.until('other', 'finished').then(() => waiting?.end('t0ken\n'));
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'waiter' },
      { do: 'until', variable: 'arrived', is: true, steps: [{ do: 'sleep', through: 'library' }] },
      { do: 'join', thread: 'waiter', label: 'join' },
    ],
    {
      waiter: {
        steps: [
          { do: 'spawn', thread: 'other' },
          wait,
          { do: 'when', local: 'token', is: 't0ken', steps: [{ do: 'return', value: 'mine' }] },
        ],
      },
      other: {
        steps: [
          { do: 'sleep', through: 'library', seconds: 0.05 },
          { do: 'set', variable: 'arrived', value: true, label: 'other' },
        ],
      },
    },
    { gates, nonce },
  );
  assert.equal(hello, `${nonce} g waiter#1 1`);
  assert.equal(told(events).filter((line) => line.startsWith('waiter'))[1], 'waiter#1 wait finished "t0ken"');
  assert.equal(told(events).at(-1), 'main join finished "mine"');
  close();
});

test('a connection that ends before the token came is lost', async () => {
  for (const end of [(socket: Socket) => socket.end('hal'), (socket: Socket) => socket.resetAndDestroy()]) {
    const { close, ...gates } = await gateServer((_hello, socket) => end(socket));
    const { events } = await client.run([{ do: 'attempt', steps: [wait], into: 'error' }], {}, { gates });
    assert.deepEqual(told(events), ['main wait started', 'main wait raised gate-lost']);
    close();
  }
});

test('a gate server that is not there is an error of its own', async () => {
  const { close, ...gates } = await gateServer(() => {});
  close();
  const { events } = await client.run([wait], {}, { gates });
  assert.deepEqual(told(events), ['main wait started', 'main wait raised ECONNREFUSED']);
});
