import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { POOL } from '../../src/program/plan';
import type { Step } from '../../src/program/step';
import { Client, told } from './client';

let client: Client;
before(async () => {
  client = await Client.ready();
});

const nap: Step = { do: 'sleep', label: 'nap', through: 'library', seconds: 50 };
const yields: Step = { do: 'sleep', through: 'library', seconds: 0 };

test('a kill ends a green thread where it waits; no attempt of its own catches it, and who joins it is raised killed', async () => {
  const { events, result } = await client.run(
    [
      { do: 'spawn', thread: 'victim' },
      yields,
      { do: 'kill', label: 'kill', thread: 'victim' },
      { do: 'attempt', label: 'tried', steps: [{ do: 'join', thread: 'victim' }] },
    ],
    {
      victim: {
        steps: [
          { do: 'attempt', steps: [nap] },
          { do: 'set', label: 'never', variable: 'x', value: 1 },
        ],
      },
    },
  );
  assert.deepEqual(told(events), [
    'victim#1 nap started',
    'main kill started',
    'victim#1 nap raised GreenletExit',
    'main kill finished',
    'main tried started',
    'main tried finished "killed"',
  ]);
  assert.equal(result.unfinished, 0);
});

test('who is killed before it begins is not left over, and is joined all the same', async () => {
  const { events, result } = await client.run(
    [
      { do: 'spawn', thread: 'victim' },
      { do: 'kill', thread: 'victim' },
      { do: 'attempt', label: 'tried', steps: [{ do: 'join', thread: 'victim' }] },
    ],
    { victim: { steps: [nap] } },
  );
  assert.deepEqual(told(events), ['main tried started', 'main tried finished "killed"']);
  assert.equal(result.unfinished, 0);
});

test('who is killed while it joins another is killed, not told that the other was', async () => {
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'other' },
      { do: 'spawn', thread: 'joiner' },
      yields,
      { do: 'kill', thread: 'joiner' },
      { do: 'kill', thread: 'other' },
    ],
    {
      other: { steps: [nap] },
      joiner: { steps: [{ do: 'attempt', label: 'tried', steps: [{ do: 'join', thread: 'other' }] }] },
    },
  );
  assert.ok(told(events).includes('joiner#1 tried raised GreenletExit'), told(events).join('\n'));
});

test('a time-out ends its steps, whatever attempts are among them, and is caught outside', async () => {
  const { events } = await client.run([
    {
      do: 'attempt',
      label: 'tried',
      steps: [{ do: 'timeout', label: 'limit', seconds: 0.001, steps: [{ do: 'attempt', steps: [nap] }] }],
    },
  ]);
  assert.deepEqual(told(events), [
    'main tried started',
    'main limit started',
    'main nap started',
    'main nap raised Timeout',
    'main limit raised timed-out',
    'main tried finished "timed-out"',
  ]);
});

test('steps that end in time are not disturbed, nor is what follows them', async () => {
  const { events } = await client.run([
    { do: 'timeout', label: 'limit', seconds: 0.005, steps: [yields] },
    { do: 'sleep', label: 'nap', through: 'library', seconds: 0.01 },
  ]);
  assert.deepEqual(told(events).slice(-1), ['main nap finished']);
});

test('the time-out of an outer step goes through an inner one', async () => {
  const inner: Step = { do: 'attempt', steps: [{ do: 'timeout', seconds: 50, steps: [nap] }] };
  const { events } = await client.run([
    { do: 'attempt', label: 'tried', steps: [{ do: 'timeout', seconds: 0.001, steps: [inner] }] },
  ]);
  assert.equal(told(events).at(-1), 'main tried finished "timed-out"');
});

test('a full pool holds up the spawn of one more', async () => {
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'task', through: 'pool', count: POOL },
      { do: 'spawn', label: 'more', thread: 'more', through: 'pool' },
      { do: 'join', thread: 'more' },
      { do: 'join', thread: 'task' },
    ],
    {
      task: { steps: [{ do: 'sleep', label: 'nap', through: 'library', seconds: 0.001 }] },
      more: { steps: [] },
    },
  );
  const lines = told(events);
  const ended = lines.findIndex((line) => /^task#\d nap finished$/.test(line));
  assert.ok(ended >= 0 && ended < lines.indexOf('main more finished'), lines.join('\n'));
});

test('what no generator could do is refused: a switch inside of a callback', async () => {
  const main: Step[] = [{ do: 'call', depth: 1, via: 'callback', steps: [] }];
  const { error } = await client.request('run', client.params({ threads: { main: { steps: main } } }));
  assert.match(error?.message ?? '', /no call\/callback/);
});
