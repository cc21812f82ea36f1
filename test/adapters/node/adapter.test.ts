import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Step } from '../../../src/program/step';
import { InitializeResult } from '../../../src/protocol/messages';
import { Client, gateServer, told } from '../../sdk/client';

const ADAPTER = join(__dirname, '../../../adapters/node/adapter.ts');
const nonce = '0123456789abcdef';

let client: Client;
before(async () => {
  client = await Client.ready(false, ADAPTER);
});

const wait: Step = { do: 'wait', gate: 'g', through: 'green', label: 'wait', into: 'token' };

test('it says what it has: no patching, no lock or C library of its own, one sleep', async () => {
  const client = new Client(ADAPTER);
  assert.equal((await client.request('initialize', { protocol: 1, patch: true, pool: 4 })).error?.code, -32002);
  const { result } = await client.request('initialize', { protocol: 1, patch: false, pool: 4 });
  const { runtime, patched, capabilities } = InitializeResult.parse(result);
  assert.equal(runtime.version, process.versions.node);
  assert.equal(runtime.lock.standIn, true);
  assert.equal(patched, false);
  const kinds = capabilities.filter((word) => /^(patch|sleep|connect)\//.test(word));
  assert.deepEqual(kinds.sort(), ['connect/native', 'patch/off', 'sleep/library', 'sleep/negative']);
  await client.end();
});

test('an async function begins inside the call that starts it, and its caller goes on when it awaits', async () => {
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'a', label: 'spawn' },
      { do: 'join', thread: 'a', label: 'join' },
    ],
    {
      a: {
        steps: [
          { do: 'sleep', through: 'library', seconds: 0, label: 'nap' },
          { do: 'return', value: 'v' },
        ],
      },
    },
  );
  assert.deepEqual(told(events), [
    'main spawn started',
    'a#1 nap started',
    'main spawn finished',
    'main join started',
    'a#1 nap finished',
    'main join finished "v"',
  ]);
});

test('a rejection is for those that join, and ends no process', async () => {
  const { events, result } = await client.run(
    [
      { do: 'spawn', thread: 'a' },
      { do: 'sleep', through: 'library', seconds: 0.001 },
      { do: 'attempt', label: 'attempt', steps: [{ do: 'join', thread: 'a' }] },
    ],
    { a: { steps: [{ do: 'raise', error: 'oops' }] } },
  );
  assert.deepEqual(told(events), ['main attempt started', 'main attempt finished "oops"']);
  assert.equal(result.unfinished, 0);
});

test('green threads wait at gates side by side, each until its own token comes', async () => {
  const arrived: { hello: string; socket: Socket }[] = [];
  const { close, ...gates } = await gateServer((hello, socket) => {
    arrived.push({ hello, socket });
    if (arrived.length < 3) return;
    for (const { hello, socket } of arrived.reverse()) {
      socket.write('tok');
      socket.end(`en-${hello.split(' ')[2]}\n`);
    }
  });
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'w' },
      { do: 'join', thread: 'w' },
    ],
    { w: { count: 3, steps: [wait] } },
    { gates, nonce },
  );
  close();
  assert.deepEqual(
    arrived.map(({ hello }) => hello).sort(),
    [1, 2, 3].map((n) => `${nonce} g w#${n} ${n}`),
  );
  const finished = events.filter(({ phase }) => phase === 'finished');
  assert.deepEqual(
    new Map(finished.map(({ thread, value }) => [thread, value])),
    new Map(['w#1', 'w#2', 'w#3'].map((name) => [name, `token-${name}`])),
  );
});

test('a gate that is lost, reset or not there is an error, and ends no process', async () => {
  for (const end of [(socket: Socket) => socket.end('hal'), (socket: Socket) => socket.resetAndDestroy()]) {
    const { close, ...gates } = await gateServer((_hello, socket) => end(socket));
    assert.deepEqual(told((await client.run([wait], {}, { gates })).events), [
      'main wait started',
      'main wait raised gate-lost',
    ]);
    close();
  }
  const { close, ...gates } = await gateServer(() => {});
  close();
  assert.equal(told((await client.run([wait], {}, { gates })).events)[1], 'main wait raised ECONNREFUSED');
});

test('the stand-in lock keeps others out, in the order of asking, and is let go by an error', async () => {
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'w' },
      { do: 'join', thread: 'w' },
    ],
    {
      w: {
        count: 3,
        steps: [
          {
            do: 'attempt',
            steps: [
              {
                do: 'synchronized',
                name: 'till',
                label: 'lock',
                steps: [
                  { do: 'sleep', through: 'library' },
                  { do: 'raise', error: 'oops' },
                ],
              },
            ],
          },
        ],
      },
    },
  );
  const inside = told(events).filter((line) => !line.endsWith('started'));
  assert.deepEqual(
    inside,
    ['w#1', 'w#2', 'w#3'].flatMap((name) => [`${name} lock entered`, `${name} lock raised oops`]),
  );
});

test('a line that is logged is in the file at once, and no descriptor stays open', async () => {
  const descriptors = (): number => readdirSync(`/proc/${client.child.pid}/fd`).length;
  const before = descriptors();
  await client.run([{ do: 'touch', what: 'log' }], {}, { nonce });
  assert.equal(readFileSync(join(client.folder, 'log.txt'), 'utf8'), `${nonce} main\n`);
  assert.equal(descriptors(), before);
});
