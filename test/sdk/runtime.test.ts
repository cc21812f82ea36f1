import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client, told } from './client';

test('the same interpreter drives async functions', async () => {
  const client = new Client(join(__dirname, 'fixtures/promises.ts'));
  assert.equal((await client.request('initialize', { protocol: 1, patch: true })).error?.code, -32002);
  const { result } = await client.request('initialize', { protocol: 1, patch: false });
  const { capabilities } = result as { capabilities: string[] };
  assert.ok(capabilities.includes('sleep/library') && capabilities.includes('patch/off'));
  for (const word of ['sleep/standard', 'wait/green', 'touch/log', 'synchronized', 'query', 'close', 'patch/on']) {
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
  await client.end();
});
