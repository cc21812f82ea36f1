import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { POOL } from '../../src/program/plan';
import type { Step } from '../../src/program/step';
import { Client, told } from './client';

test('the same interpreter drives async functions', async () => {
  const client = new Client(join(__dirname, 'fixtures/promises.ts'));
  assert.equal((await client.request('initialize', { protocol: 1, patch: true, pool: POOL })).error?.code, -32002);
  const { result } = await client.request('initialize', { protocol: 1, patch: false, pool: POOL });
  const { capabilities } = result as { capabilities: string[] };
  for (const word of ['sleep/library', 'wait/raw-pipe', 'patch/off']) assert.ok(capabilities.includes(word), word);
  for (const word of [
    'sleep/standard',
    'wait/green',
    'touch/log',
    'synchronized',
    'yield',
    'query',
    'close',
    'patch/on',
  ]) {
    assert.ok(!capabilities.includes(word), word);
  }
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'a', count: 2 },
      { do: 'set', variable: 'x', value: 1, label: 'after' },
      { do: 'attempt', label: 'attempt', steps: [{ do: 'join', thread: 'a' }] },
    ],
    {
      a: {
        steps: [
          { do: 'sleep', through: 'library', label: 'nap' },
          { do: 'raise', error: 'oops' },
        ],
      },
    },
  );
  assert.deepEqual(told(events), [
    'a#1 nap started',
    'a#2 nap started',
    'main after started',
    'main after finished 1',
    'main attempt started',
    'a#1 nap finished',
    'a#2 nap finished',
    'main attempt finished "oops"',
  ]);
  const connect: Step = { do: 'connect', connection: 'c', driver: 'native' };
  const refused = await client.request('run', client.params({ threads: { main: { steps: [connect] } } }));
  assert.match(refused.error?.message ?? '', /no connect\/native/);
  await client.end();
});

test('a yield is a call of its own, where the sleep of 0 switches to nobody', async () => {
  const client = await Client.ready(false, join(__dirname, 'fixtures/yielding.ts'));
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'other' },
      { do: 'sleep', label: 'sleep', through: 'library', seconds: 0 },
      { do: 'yield', label: 'yield' },
    ],
    { other: { steps: [{ do: 'set', label: 'turn', variable: 'x', value: 1 }] } },
  );
  assert.deepEqual(told(events), [
    'main sleep started',
    'main sleep finished',
    'main yield started',
    'other#1 turn started',
    'other#1 turn finished 1',
    'main yield finished',
  ]);
  await client.end();
});
