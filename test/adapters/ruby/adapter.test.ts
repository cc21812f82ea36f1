import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseUrl } from '../../../src/database/address';
import type { Step } from '../../../src/program/step';
import { ROOT } from '../../../src/project';
import { InitializeResult } from '../../../src/protocol/messages';
import { findRuby } from '../../../src/runtime/ruby-gems';
import { Client } from '../../sdk/client';
import {
  handsOnWhatMySqlTells,
  readsAndWritesPlainly,
  refusesWhatIsNone,
  reportsLostGates,
  reportsRefusal,
  tellsValuesApart,
  waitsSideBySide,
} from '../contract';

const ruby = findRuby();
const NO_RUBY = 'there is no Ruby with Async here: the adapter in Ruby is NOT tested';
if (ruby === undefined) console.log(NO_RUBY);

const url = process.env.GREENSPEC_MYSQL;
const NO_SERVER = 'GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set';

const SDK = join(ROOT, 'adapters', 'ruby');
const ADAPTER: readonly [string, ...string[]] = [ruby ?? '', '-w', join(SDK, 'async_adapter.rb')];

const turn = (label: string): Step => ({ do: 'sleep', seconds: 0, through: 'library', label });

describe('the adapter in Ruby', { skip: ruby === undefined && NO_RUBY }, () => {
  let patched: Client;
  let unpatched: Client;
  before(async () => {
    [patched, unpatched] = await Promise.all([Client.ready(true, ADAPTER), Client.ready(false, ADAPTER)]);
  });
  after(async () => {
    await Promise.all([patched.end(), unpatched.end()]);
  });

  test('no file of it is warned about by Ruby', () => {
    const files = readdirSync(SDK, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.rb'));
    assert.ok(files.length > 10);
    for (const file of files) {
      const { stdout, stderr } = spawnSync(ruby ?? '', ['-wc', file], { cwd: SDK, encoding: 'utf8' });
      assert.deepEqual([file, stdout, stderr], [file, 'Syntax OK\n', '']);
    }
  });

  test('it says what it has: a scheduler or none, a stand-in for the lock, a driver around a C library', async () => {
    const said = async (patch: boolean): Promise<InitializeResult> => {
      const client = new Client(ADAPTER);
      const { result } = await client.request('initialize', { protocol: 1, patch, pool: 4 });
      await client.end();
      return InitializeResult.parse(result);
    };
    const [on, off] = await Promise.all([said(true), said(false)]);
    assert.deepEqual([on.patched, off.patched], [true, false]);
    assert.match(on.runtime.version, /^1\.\d+/);
    assert.match(on.runtime.hub ?? '', /^nio4r, /);
    assert.equal(on.runtime.lock.standIn, true);
    assert.equal(on.runtime.drivers['c-library']?.library, 'mysql2.so');
    const lacking = on.capabilities.filter((word) => !off.capabilities.includes(word));
    assert.deepEqual(lacking, ['hold/early', 'synchronized']);
  });

  test('requests out of turn, and what is none, are refused, and the adapter is as good as before', () =>
    refusesWhatIsNone(patched, true));

  test("tasks take turns by Async's sleep on one OS thread; by Ruby's own only where there is a scheduler", async () => {
    const inTurns = async (client: Client, through: 'library' | 'standard'): Promise<string[]> => {
      const { events } = await client.run(
        [
          { do: 'spawn', thread: 'w', count: 2 },
          { do: 'join', thread: 'w' },
        ],
        { w: { steps: [{ do: 'repeat', times: 2, steps: [{ do: 'sleep', seconds: 0, through, label: 'turn' }] }] } },
      );
      assert.deepEqual([...new Set(events.map(({ os }) => os))], [client.child.pid]);
      return events.filter(({ phase }) => phase === 'started').map(({ thread }) => thread);
    };
    const fair = ['w#1', 'w#2', 'w#1', 'w#2'];
    assert.deepEqual(await inTurns(patched, 'library'), fair);
    assert.deepEqual(await inTurns(patched, 'standard'), fair);
    assert.deepEqual(await inTurns(unpatched, 'library'), fair);
    assert.deepEqual(await inTurns(unpatched, 'standard'), ['w#1', 'w#1', 'w#2', 'w#2']);
  });

  test('tasks wait at gates side by side, each until its own token comes, with a scheduler and without', async () => {
    for (const client of [patched, unpatched]) await waitsSideBySide(client);
  });

  test('a gate that is lost, reset or not there is an error', async () => {
    for (const client of [patched, unpatched]) await reportsLostGates(client, 'Errno::ECONNREFUSED');
  });

  test('a named pipe, the readable file and the log are read and written by plain calls', () =>
    readsAndWritesPlainly(patched));

  test('values are told apart as in JSON, and a sum is a number', () => tellsValuesApart(patched));

  test('who is killed, or out of time, is so past every attempt; who joins one that was killed is told', async () => {
    const forever: Step = { do: 'sleep', seconds: 60, through: 'library', label: 'sleep' };
    const { events, result } = await patched.run(
      [
        { do: 'spawn', thread: 'w' },
        { do: 'kill', thread: 'w' },
        { do: 'attempt', steps: [{ do: 'join', thread: 'w' }], label: 'join' },
        {
          do: 'attempt',
          steps: [{ do: 'timeout', seconds: 0.01, steps: [{ do: 'attempt', steps: [forever] }] }],
          label: 'timeout',
        },
      ],
      { w: { steps: [{ do: 'attempt', steps: [forever] }, turn('never')] } },
    );
    assert.deepEqual(
      events.filter(({ phase }) => phase === 'finished').map(({ label, value }) => [label, value]),
      [
        ['join', 'killed'],
        ['timeout', 'timed-out'],
      ],
    );
    assert.equal(result.unfinished, 0);
  });

  test('a task that is left over is counted, and stopped', async () => {
    const client = await Client.ready(true, ADAPTER);
    const { result } = await client.run([{ do: 'spawn', thread: 'w' }], {
      w: { steps: [{ do: 'sleep', seconds: 60, through: 'library', label: 'sleep' }] },
    });
    assert.deepEqual(result, { events: 1, unfinished: 1 });
    assert.equal((await client.run([turn('next')])).result.unfinished, 0);
    await client.end();
  });

  test('no event is written by way of a scheduler that has a hook for writing', async () => {
    const client = await Client.ready(false, [ruby ?? '', join(__dirname, 'fixtures', 'writing_scheduler.rb')]);
    const { events } = await client.run([{ do: 'set', variable: 'x', value: 1, label: 'set' }]);
    assert.equal(events.length, 2);
    await client.end();
    assert.equal(client.stderr, 'asked to write something else\n');
  });

  test('rows, nulls and errors of MySQL come through, and the connection is closed', {
    skip: url === undefined && NO_SERVER,
  }, async () => {
    const database = parseUrl(url ?? '');
    await handsOnWhatMySqlTells(patched, database, 'c-library', [
      ['1', 1],
      ['9007199254740993', '9007199254740993'],
      ['0.5E0', 0.5],
      ['1.50', '1.5'],
      ["'ü%'", 'ü%'],
      ['NULL', null],
      ["DATE '2026-11-25'", '2026-11-25'],
      ["x'ff'", '\ufffd'],
      ["'😀'", '😀'],
      ['1 = 1', 1],
    ]);
    await reportsRefusal(patched, database, 'c-library');
  });
});
