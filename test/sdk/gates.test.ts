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

const read: Step = { do: 'wait', gate: 'p', through: 'raw-pipe', label: 'read' };

test('a read of a pipe gives the token, and nobody runs before it comes', async () => {
  client.pipe('p');
  const fed = client.feed('p', 't0ken\nrest');
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'other' },
      { ...read, into: 'token' },
      { do: 'when', local: 'token', is: 't0ken', steps: [{ do: 'set', label: 'kept', variable: 'x', value: 1 }] },
      { do: 'join', thread: 'other' },
    ],
    { other: { steps: [{ do: 'set', label: 'other', variable: 'x', value: 2 }] } },
  );
  await fed;
  assert.deepEqual(told(events), [
    'main read started',
    'main read finished "t0ken"',
    'main kept started',
    'main kept finished 1',
    'other#1 other started',
    'other#1 other finished 2',
  ]);
});

test('a pipe that ends before the token came is lost', async () => {
  client.pipe('half');
  client.pipe('empty');
  for (const [gate, text] of [
    ['half', 't0k'],
    ['empty', ''],
  ] as const) {
    const fed = client.feed(gate, text);
    const { events } = await client.run([{ do: 'attempt', steps: [{ ...read, gate }] }]);
    await fed;
    assert.deepEqual(told(events), ['main read started', 'main read raised gate-lost']);
  }
});

test('a pipe that is not there is an error of its own', async () => {
  assert.deepEqual(told((await client.run([{ ...read, gate: 'nowhere' }])).events), [
    'main read started',
    'main read raised ENOENT',
  ]);
});
