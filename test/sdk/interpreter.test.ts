import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import type { Step } from '../../src/program/step';
import { Client, type Ran, told } from './client';

let client: Client;
before(async () => {
  client = await Client.ready();
});

const sleep = { do: 'sleep', through: 'library' } as const;

test('three green threads that each yield three times take turns', async () => {
  const a: Step[] = [{ do: 'repeat', times: 3, steps: [{ ...sleep, label: 'yield' }] }];
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'a', count: 3 },
      { do: 'join', thread: 'a' },
    ],
    { a: { steps: a } },
  );
  const started = events.filter((event) => event.phase === 'started').map((event) => event.thread);
  assert.deepEqual(
    started,
    [1, 2, 3].flatMap(() => ['a#1', 'a#2', 'a#3']),
  );
});

test('every event tells the OS thread that the kernel knows', async () => {
  const { events } = await client.run([{ ...sleep, label: 'a' }]);
  assert.deepEqual(
    events.map((event) => event.os),
    [client.child.pid, client.child.pid],
  );
});

test('join gives what one returned, or a list; an instance without return gives null', async () => {
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'one' },
      { do: 'join', thread: 'one', label: 'one' },
      { do: 'spawn', thread: 'two' },
      { do: 'join', thread: 'two', label: 'two', into: 'both' },
      {
        do: 'when',
        local: 'both',
        is: [null, null],
        steps: [{ do: 'set', label: 'seen', variable: 'x', value: true }],
      },
    ],
    { one: { steps: [{ do: 'return', value: ['x', 1, null] }] }, two: { steps: [sleep], count: 2 } },
  );
  assert.deepEqual(told(events), [
    'main one started',
    'main one finished ["x",1,null]',
    'main two started',
    'main two finished [null,null]',
    'main seen started',
    'main seen finished true',
  ]);
});

test('join raises what the first raised that did, once all have ended', async () => {
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'bad', count: 2 },
      { do: 'spawn', thread: 'good' },
      { do: 'attempt', label: 'attempt', steps: [{ do: 'join', thread: 'bad', label: 'join' }] },
      { do: 'join', thread: 'good', label: 'good' },
    ],
    {
      bad: { steps: [sleep, { do: 'raise', error: 'broken', label: 'raise' }] },
      good: { steps: [sleep, sleep, sleep, { do: 'return', value: 'fine' }] },
    },
  );
  assert.deepEqual(told(events), [
    'main attempt started',
    'main join started',
    'bad#1 raise started',
    'bad#1 raise raised broken',
    'bad#2 raise started',
    'bad#2 raise raised broken',
    'main join raised broken',
    'main attempt finished "broken"',
    'main good started',
    'main good finished "fine"',
  ]);
});

test('return ends the green thread from however deep, and attempt does not hold it up', async () => {
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'deep' },
      { do: 'join', thread: 'deep', label: 'join' },
      // The lock was let go on the way out.
      { do: 'synchronized', name: 'lock', label: 'lock', steps: [] },
    ],
    {
      deep: {
        steps: [
          {
            do: 'attempt',
            label: 'attempt',
            steps: [
              {
                do: 'repeat',
                times: 5,
                steps: [
                  {
                    do: 'synchronized',
                    name: 'lock',
                    steps: [
                      {
                        do: 'call',
                        depth: 3,
                        steps: [
                          { do: 'return', value: 7 },
                          { do: 'raise', error: 'no' },
                        ],
                      },
                    ],
                  },
                ],
              },
            ],
          },
          { do: 'raise', error: 'no' },
        ],
      },
    },
  );
  assert.deepEqual(told(events), [
    'main join started',
    'deep#1 attempt started',
    'deep#1 attempt finished',
    'main join finished 7',
    'main lock started',
    'main lock entered',
    'main lock finished',
  ]);
});

test('an error that main does not catch ends the program, and is no error of the run', async () => {
  const { events, result } = await client.run([
    { do: 'call', depth: 2, label: 'call', steps: [{ do: 'raise', error: 'oops', label: 'raise' }] },
    { do: 'set', variable: 'x', value: 1, label: 'never' },
  ]);
  assert.deepEqual(told(events), [
    'main call started',
    'main raise started',
    'main raise raised oops',
    'main call raised oops',
  ]);
  assert.deepEqual(result, { events: 4, unfinished: 0 });
});

test('green threads that have not ended are counted, and heard of no more', async () => {
  const own = await Client.ready();
  const { events, result } = await own.run(
    [
      { do: 'spawn', thread: 'a', count: 3 },
      { do: 'spawn', thread: 'b' },
      { do: 'join', thread: 'b' },
    ],
    {
      a: {
        steps: [
          { ...sleep, seconds: 0.02 },
          { ...sleep, label: 'late' },
        ],
      },
      b: { steps: [] },
    },
  );
  assert.deepEqual(result, { events: 0, unfinished: 3 });
  assert.deepEqual(events, []);
  await own.run([{ ...sleep, seconds: 0.05 }]);
  assert.equal(own.lines.filter((line) => line.includes('late')).length, 0);
  await own.end();
});

test('an update with a switch between read and write is lost; in a lock it is not', async () => {
  const update: Step[] = [
    { do: 'get', variable: 'x', into: 'before' },
    sleep,
    { do: 'set', variable: 'x', from: 'before', plus: 1 },
  ];
  const twice: Step[] = [
    { do: 'spawn', thread: 'a', count: 2 },
    { do: 'join', thread: 'a' },
    { do: 'get', variable: 'x', label: 'x' },
  ];
  const last = ({ events }: Ran) => told(events).at(-1);
  assert.equal(last(await client.run(twice, { a: { steps: update } }, {}, { x: 5 })), 'main x finished 6');
  const locked: Step = { do: 'synchronized', name: 'x', steps: update };
  assert.equal(last(await client.run(twice, { a: { steps: [locked] } }, {}, { x: 5 })), 'main x finished 7');
});

test('get, set, when and until work on what variables hold', async () => {
  const { events } = await client.run(
    [
      { do: 'get', variable: 'list', label: 'get', into: 'list' },
      { do: 'when', local: 'list', is: [1, 'x'], steps: [{ do: 'set', variable: 'y', from: 'list', label: 'copied' }] },
      { do: 'when', local: 'list', is: [1], steps: [{ do: 'raise', error: 'no' }] },
      { do: 'get', variable: 'nothing', label: 'nothing' },
      {
        do: 'until',
        variable: 'count',
        is: 3,
        steps: [
          { do: 'get', variable: 'count', into: 'count' },
          { do: 'set', variable: 'count', from: 'count', plus: 1, label: 'count' },
        ],
      },
      { do: 'attempt', label: 'sum', steps: [{ do: 'set', variable: 'y', value: 'x', plus: 1 }] },
    ],
    {},
    {},
    { list: [1, 'x'], count: 1 },
  );
  assert.deepEqual(
    told(events).filter((line) => line.includes('finished')),
    [
      'main get finished [1,"x"]',
      'main copied finished [1,"x"]',
      'main nothing finished',
      'main count finished 2',
      'main count finished 3',
      'main sum finished "not-a-number"',
    ],
  );
});

test('until ends also when the flag is there that it names', async () => {
  const started = client.until('turn', 'started');
  const turn: Step[] = [{ ...sleep, label: 'turn' }];
  const running = client.run([
    { do: 'until', variable: 'never', is: true, unless: 'off', label: 'turns', steps: turn },
    { do: 'until', variable: 'never', is: true, unless: 'off', label: 'none', steps: [{ do: 'raise', error: 'no' }] },
  ]);
  await started;
  client.flag('off');
  const events = told((await running).events);
  assert.deepEqual(events.slice(-3), ['main turns finished', 'main none started', 'main none finished']);
});

test('compute goes on until the flag is there, and lets nobody run', async () => {
  const started = client.until('compute', 'started');
  const running = client.run(
    [
      { do: 'spawn', thread: 'other' },
      { do: 'compute', until: 'enough', label: 'compute' },
      { do: 'join', thread: 'other' },
    ],
    { other: { steps: [{ ...sleep, label: 'other' }] } },
  );
  await started;
  client.flag('enough');
  assert.deepEqual(told((await running).events), [
    'main compute started',
    'main compute finished',
    'other#1 other started',
    'other#1 other finished',
  ]);
});

test('touch reads the file, and logs a line, and lets nobody run', async () => {
  writeFileSync(join(client.folder, 'readable.txt'), 'text ü\n');
  const nonce = '00000000000000ab';
  const { events } = await client.run(
    [
      { do: 'spawn', thread: 'other' },
      { do: 'touch', what: 'file', label: 'file' },
      { do: 'touch', what: 'log', label: 'log' },
      { do: 'join', thread: 'other' },
    ],
    { other: { steps: [{ do: 'touch', what: 'log', label: 'other' }] } },
    { nonce },
  );
  assert.deepEqual(told(events), [
    'main file started',
    'main file finished "text ü\\n"',
    'main log started',
    'main log finished',
    'other#1 other started',
    'other#1 other finished',
  ]);
  assert.equal(readFileSync(join(client.folder, 'log.txt'), 'utf8'), `${nonce} main\n${nonce} other#1\n`);
});

for (const [patch, expected] of [
  [true, ['main nap started', 'other#1 ran started', 'other#1 ran finished 1', 'main nap finished']],
  [false, ['main nap started', 'main nap finished', 'other#1 ran started', 'other#1 ran finished 1']],
] as const) {
  test(`${patch ? 'patched' : 'not patched'}, the standard sleep ${patch ? 'switches' : 'does not'}`, async () => {
    const own = await Client.ready(patch);
    for (const seconds of [{}, { seconds: 0 }, { seconds: 0.01 }]) {
      const { events } = await own.run(
        [
          { do: 'spawn', thread: 'other' },
          { do: 'sleep', through: 'standard', label: 'nap', ...seconds },
          { do: 'join', thread: 'other' },
        ],
        { other: { steps: [{ do: 'set', variable: 'x', value: 1, label: 'ran' }] } },
      );
      assert.deepEqual(told(events), expected);
    }
    await own.end();
  });
}
