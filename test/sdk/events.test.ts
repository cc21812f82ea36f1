import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { EVENT_LIMIT } from '../../src/protocol/limits';
import { Client, told } from './client';

test('a stray print harms nothing, and is on standard error', async () => {
  const client = await Client.ready(true, join(__dirname, 'fixtures/noisy.ts'));
  const { events } = await client.run([{ do: 'touch', what: 'log', label: 'noise' }]);
  assert.deepEqual(told(events), ['main noise started', 'main noise finished']);
  await client.end();
  assert.equal(client.stderr, 'stray: console.log\nstray: console.info\nstray: process.stdout\n');
});

for (const [name, character] of [
  ['plain', 'x'],
  ['two bytes', 'ü'],
  ['escapes', '\u0001'],
  ['pairs', '🙂'],
] as const) {
  test(`a value that is too long is cut (${name})`, async () => {
    const client = await Client.ready();
    const text = character.repeat(10_000);
    const { events } = await client.run(
      [
        { do: 'get', variable: 'text', label: 'long', into: 'text' },
        { do: 'when', local: 'text', is: text, steps: [{ do: 'set', variable: 'x', value: 'whole', label: 'local' }] },
        { do: 'set', variable: 'list', value: [character.repeat(6_000)], label: 'list' },
      ],
      {},
      {},
      { text },
    );
    const value = String(events[1]?.value);
    assert.ok(value.endsWith('…'));
    assert.ok(value.startsWith(character.repeat(500)));
    assert.equal(told(events)[3], 'main local finished "whole"', 'the program itself has it whole');
    assert.match(String(events[5]?.value), /^\["/);
    for (const line of client.lines) assert.ok(Buffer.byteLength(line) < EVENT_LIMIT);
    await client.end();
  });
}

test('a reader that is busy holds the adapter up and loses nothing', async () => {
  const client = await Client.ready();
  client.child.stdout.pause();
  const running = client.run([
    { do: 'repeat', times: 20_000, steps: [{ do: 'set', variable: 'x', value: 'y', label: 'much' }] },
  ]);
  setTimeout(() => client.child.stdout.resume(), 200);
  const { events, result } = await running;
  assert.equal(result.events, 40_000);
  assert.deepEqual(
    events.map((event) => event.n),
    Array.from({ length: 40_000 }, (_, index) => index + 1),
  );
  await client.end();
});
