import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseUrl } from '../../../src/database/address';
import type { Value } from '../../../src/program/names';
import type { Step } from '../../../src/program/step';
import { ROOT } from '../../../src/project';
import { InitializeResult } from '../../../src/protocol/messages';
import { findLua } from '../../../src/runtime/lua-modules';
import { Client, gateServer, told } from '../../sdk/client';
import {
  handsOnWhatMySqlTells,
  readsAndWritesPlainly,
  refusesWhatIsNone,
  reportsLostGates,
  reportsRefusal,
  tellsValuesApart,
  waitsSideBySide,
} from '../contract';

const lua = findLua();
const NO_LUA = 'there is no Lua 5.4 with cqueues here: the adapter in Lua is NOT tested';
if (lua === undefined) console.log(NO_LUA);

const url = process.env.GREENSPEC_MYSQL;
const NO_SERVER = 'GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set';

const SDK = join(ROOT, 'adapters', 'lua');
const ADAPTER: readonly [string, ...string[]] = [lua ?? '', join(SDK, 'cqueues_adapter.lua')];
const NOISY: readonly [string, ...string[]] = [lua ?? '', join(__dirname, 'fixtures', 'noisy_adapter.lua')];

const pause = (seconds?: number): Step => ({
  do: 'sleep',
  through: 'library',
  label: 'turn',
  ...(seconds === undefined ? {} : { seconds }),
});
const forever: Step = { do: 'sleep', seconds: 60, through: 'library' };
const set = (value: Value): Step => ({ do: 'set', variable: 'x', value, label: 'set' });

const STANDARD =
  'arg assert debug error getmetatable io ipairs math next os pairs pcall print require package setmetatable string table tonumber tostring type utf8 xpcall _VERSION'.split(
    ' ',
  );

describe('the adapter in Lua', { skip: lua === undefined && NO_LUA }, () => {
  let client: Client;
  before(async () => {
    client = await Client.ready(false, ADAPTER);
  });
  after(() => client.end());

  test('no file of it has a global of its own: Lua makes one of each name that is mistyped', () => {
    const files = readdirSync(SDK, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.lua'));
    assert.ok(files.length > 10);
    const compiler = join(dirname(lua ?? ''), 'luac5.4');
    const globals = new Set<string | undefined>();
    for (const file of files) {
      const { stdout, stderr } = spawnSync(compiler, ['-l', '-p', file], { cwd: SDK, encoding: 'utf8' });
      assert.equal(stderr, '');
      for (const [, name] of stdout.matchAll(/_ENV "(\w+)"/g)) globals.add(name);
    }
    for (const name of STANDARD) globals.delete(name);
    assert.deepEqual([...globals], []);
  });

  test('it says what it has: nothing to patch, a stand-in for the lock, a driver around a C library', async () => {
    const fresh = new Client(ADAPTER);
    const refused = await fresh.request('initialize', { protocol: 1, patch: true, pool: 4 });
    assert.equal(refused.error?.code, -32002);
    const answer = await fresh.request('initialize', { protocol: 1, patch: false, pool: 4 });
    const { patched, runtime, capabilities } = InitializeResult.parse(answer.result);
    await fresh.end();
    assert.equal(patched, false);
    assert.equal(runtime.name, 'lua-cqueues');
    assert.equal(runtime.language.version, '5.4');
    assert.equal(runtime.lock.standIn, true);
    assert.equal(runtime.drivers['c-library']?.library, 'mysql.so');
    for (const word of ['kill', 'timeout', 'sleep/standard', 'connect/thread-pool'])
      assert.ok(!capabilities.includes(word));
  });

  test('requests out of turn, and what is none, are refused, and the adapter is as good as before', () =>
    refusesWhatIsNone(client, false));

  test('what Lua prints in any way goes to standard error', async () => {
    const noisy = await Client.ready(false, NOISY);
    const { events } = await noisy.run([pause()]);
    assert.deepEqual(told(events), ['main turn started', 'main turn finished']);
    await noisy.end();
    assert.match(noisy.stderr, /printed\tnil\nwritten\nwritten to stdout\n/);
  });

  test('each round of sleep(0) runs in the opposite order, each of sleep() in the same, all on one OS thread', async () => {
    const rounds = async (step: Step): Promise<string> => {
      const { events } = await client.run(
        [
          { do: 'spawn', thread: 'w', count: 2 },
          { do: 'join', thread: 'w' },
        ],
        { w: { steps: [{ do: 'repeat', times: 3, steps: [step] }] } },
      );
      assert.deepEqual([...new Set(events.map(({ os }) => os))], [client.child.pid]);
      const started = events.filter(({ phase }) => phase === 'started');
      return started.map(({ thread }) => thread).join(' ');
    };
    assert.equal(await rounds(pause(0)), 'w#2 w#1 w#1 w#2 w#2 w#1');
    assert.equal(await rounds(pause()), 'w#2 w#1 w#2 w#1 w#2 w#1');
  });

  test('coroutines wait at gates side by side, each until its own token comes', () => waitsSideBySide(client));

  test('a wait at a gate lets others run, also where the token is there before it is read', async () => {
    const { close, ...gates } = await gateServer((_hello, socket) => socket.end('token\n'));
    const turn: Step[] = [
      { do: 'get', variable: 'turns', into: 'seen' },
      { do: 'set', variable: 'turns', from: 'seen', plus: 1 },
      { do: 'sleep', through: 'library', seconds: 0 },
    ];
    const count: Step = { do: 'get', variable: 'turns', label: 'count' };
    const { events } = await client.run(
      [
        { do: 'spawn', thread: 'w' },
        { do: 'sleep', through: 'library', seconds: 0.001 },
        count,
        { do: 'wait', gate: 'g', through: 'green', label: 'wait' },
        count,
        { do: 'set', variable: 'done', value: true },
        { do: 'join', thread: 'w' },
      ],
      { w: { steps: [{ do: 'until', variable: 'done', is: true, steps: turn }] } },
      { gates },
      { turns: 0 },
    );
    close();
    const values = events.filter(({ phase }) => phase === 'finished').map(({ value }) => value);
    assert.equal(values[1], 'token');
    assert.ok(Number(values[2]) > Number(values[0]));
  });

  test('a gate that is lost, reset or not there is an error', () => reportsLostGates(client, 'Connection refused'));

  test('a named pipe, the readable file and the log are read and written by plain calls', () =>
    readsAndWritesPlainly(client));

  test('values come back as they were: an empty list, nulls in a list, whole numbers, characters that JSON escapes', async () => {
    const given: Value[] = [
      null,
      false,
      '',
      '1',
      [],
      [null, [null], 'x', null],
      1,
      -0.5,
      1e300,
      1e15,
      0.1,
      9007199254740991,
      'ü\u0000"\\\n😀\u007f/',
    ];
    const { events } = await client.run(given.map(set));
    assert.deepEqual(
      events.filter(({ phase }) => phase === 'finished').map(({ value }) => value),
      given,
    );
  });

  test('an object is no value, and no list of steps, though it be empty', async () => {
    const run = async (main: unknown): Promise<number | undefined> =>
      (
        await client.request('run', {
          ...client.params({ threads: { main: { steps: [] } } }),
          program: { threads: { main } },
        })
      ).error?.code;
    assert.equal(await run({ steps: [] }), undefined);
    assert.equal(await run({ steps: {} }), -32602);
    assert.equal(await run([]), -32602);
    assert.equal(await run({ steps: [{ do: 'set', variable: 'x', value: {} }] }), -32602);
  });

  test('lines that only look like JSON are refused', async () => {
    for (const line of ['{"a":01}', '[1,]', '{"a" 1}', '"\\x"', 'nul', '1 2', '"a\tb"', '[1.]', '{1:2}', '']) {
      const none = client.answer(null);
      client.write(`${line}\n`);
      assert.equal((await none).error?.code, -32700, line);
    }
  });

  test('values are told apart as in JSON, and a sum is a number', () => tellsValuesApart(client));

  test('steps stand inside one another as deep as it takes them', async () => {
    const nested = (depth: number, wrap: (steps: Step[], depth: number) => Step): Step =>
      depth === 0 ? pause(0) : wrap([nested(depth - 1, wrap)], depth);
    const wraps: ((steps: Step[], depth: number) => Step)[] = [
      (steps) => ({ do: 'attempt', label: 'deep', steps }),
      (steps, depth) => ({ do: 'synchronized', name: `lock${depth}`, label: 'deep', steps }),
    ];
    for (const wrap of wraps) {
      const thread = { steps: [nested(79, wrap)] };
      const { events } = await client.run(
        [
          { do: 'spawn', thread: 'w' },
          { do: 'join', thread: 'w' },
        ],
        { w: thread },
      );
      assert.ok(told(events).includes('w#1 turn finished'));
      assert.ok(!told(events).some((line) => line.includes('raised')));
    }
    const params = client.params({ threads: { main: { steps: [nested(80, wraps[0] ?? assert.fail())] } } });
    assert.equal((await client.request('run', params)).error?.code, -32602);
  });

  test('a switch from inside a callback of a C function is an error that can be caught', async () => {
    const { events } = await client.run([
      { do: 'attempt', steps: [{ do: 'call', depth: 1, via: 'callback', steps: [pause(0)] }], label: 'attempt' },
    ]);
    assert.equal(told(events).at(-1), 'main attempt finished "error"');
    assert.match(events[2]?.error?.message ?? '', /^attempt to yield across a C-call boundary/);
  });

  test('coroutines that are left over are counted, and harm no later run', async () => {
    const fresh = await Client.ready(false, ADAPTER);
    const { result } = await fresh.run(
      [
        { do: 'spawn', thread: 'w', count: 3 },
        { do: 'sleep', seconds: 0.001, through: 'library' },
      ],
      { w: { steps: [{ do: 'synchronized', name: 'lock', steps: [forever] }] } },
    );
    assert.deepEqual(result, { events: 0, unfinished: 3 });
    assert.equal((await fresh.run([pause(0)])).result.unfinished, 0);
    await fresh.end();
  });

  test('rows, nulls and errors of MySQL come through, and the connection is closed', {
    skip: url === undefined && NO_SERVER,
  }, async () => {
    const database = parseUrl(url ?? '');
    await handsOnWhatMySqlTells(client, database, 'c-library', [
      ['1', 1],
      ['9007199254740993', '9007199254740993'],
      ['18446744073709551615', '18446744073709551615'],
      ['0.5E0', 0.5],
      ['1e300', 1e300],
      ['1.50', '1.50'],
      ["'ü%?'", 'ü%?'],
      ['NULL', null],
      ["DATE '2026-11-25'", '2026-11-25'],
      ["'😀'", '😀'],
      ['-9007199254740993', '-9007199254740993'],
    ]);
    await reportsRefusal(client, database, 'c-library');
  });
});
