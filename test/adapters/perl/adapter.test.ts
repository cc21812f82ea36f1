import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parseUrl } from '../../../src/database/address';
import type { Step } from '../../../src/program/step';
import { ROOT } from '../../../src/project';
import { InitializeResult } from '../../../src/protocol/messages';
import { findPerl } from '../../../src/runtime/perl-modules';
import { Client, told } from '../../sdk/client';
import {
  handsOnWhatMySqlTells,
  readsAndWritesPlainly,
  refusesWhatIsNone,
  reportsLostGates,
  reportsRefusal,
  tellsValuesApart,
  waitsSideBySide,
} from '../contract';

const perl = findPerl();
const NO_PERL = 'there is no Perl with Coro and EV here: the adapter in Perl is NOT tested';
if (perl === undefined) console.log(NO_PERL);

const url = process.env.GREENSPEC_MYSQL;
const NO_SERVER = 'GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set';

const SDK = join(ROOT, 'adapters', 'perl');
const ADAPTER: readonly [string, ...string[]] = [perl ?? '', '-w', join(SDK, 'coro_adapter.pl')];

const forever: Step = { do: 'sleep', seconds: 60, through: 'library', label: 'sleep' };
const pause = (through: 'library' | 'standard', seconds: number): Step => ({
  do: 'sleep',
  seconds,
  through,
  label: 'turn',
});

describe('the adapter in Perl', { skip: perl === undefined && NO_PERL }, () => {
  let patched: Client;
  let unpatched: Client;
  before(async () => {
    [patched, unpatched] = await Promise.all([Client.ready(true, ADAPTER), Client.ready(false, ADAPTER)]);
  });
  after(async () => {
    await Promise.all([patched.end(), unpatched.end()]);
    for (const { stderr } of [patched, unpatched]) assert.doesNotMatch(stderr, /uninitialized|redefined|possible typo/);
  });

  test('no file of it is warned about by Perl', () => {
    const files = readdirSync(SDK, { recursive: true, encoding: 'utf8' }).filter((name) => /\.p[lm]$/.test(name));
    assert.ok(files.length > 10);
    for (const file of files) {
      const { stderr } = spawnSync(perl ?? '', ['-I.', '-wc', file], { cwd: SDK, encoding: 'utf8' });
      assert.equal(stderr, `${file} syntax OK\n`);
    }
  });

  test('it says what it has: select patched or not, a stand-in for the lock, a driver around a C library', async () => {
    const said = async (patch: boolean): Promise<InitializeResult> => {
      const client = new Client(ADAPTER);
      const { result } = await client.request('initialize', { protocol: 1, patch, pool: 4 });
      await client.end();
      return InitializeResult.parse(result);
    };
    const [on, off] = await Promise.all([said(true), said(false)]);
    assert.deepEqual([on.patched, off.patched], [true, false]);
    assert.match(on.runtime.version, /^6\.\d+/);
    assert.equal(on.runtime.hub, 'AnyEvent::Impl::EV');
    assert.equal(on.runtime.lock.standIn, true);
    assert.equal(on.runtime.drivers['c-library']?.library, 'mysql.so');
    assert.deepEqual(on.capabilities, off.capabilities);
  });

  test('requests out of turn, and what is none, are refused, and the adapter is as good as before', () =>
    refusesWhatIsNone(patched, true));

  test("threads take turns by Coro's sleep on one OS thread; by Perl's select only where it is patched, and not for 0", async () => {
    const inTurns = async (client: Client, step: Step): Promise<string[]> => {
      const { events } = await client.run(
        [
          { do: 'spawn', thread: 'w', count: 2 },
          { do: 'join', thread: 'w' },
        ],
        { w: { steps: [{ do: 'repeat', times: 2, steps: [step] }] } },
      );
      assert.deepEqual([...new Set(events.map(({ os }) => os))], [client.child.pid]);
      return events
        .filter(({ phase }) => phase === 'started')
        .map(({ thread }) => thread)
        .slice(0, 2);
    };
    const [others, alone] = [
      ['w#1', 'w#2'],
      ['w#1', 'w#1'],
    ];
    for (const client of [patched, unpatched]) {
      assert.deepEqual(await inTurns(client, pause('library', 0)), others);
      assert.deepEqual(await inTurns(client, pause('standard', 0)), alone);
    }
    assert.deepEqual(await inTurns(patched, pause('standard', 0.001)), others);
    assert.deepEqual(await inTurns(unpatched, pause('standard', 0.001)), alone);
  });

  test('threads wait at gates side by side, each until its own token comes', () => waitsSideBySide(unpatched));

  test('a gate that is lost, reset or not there is an error', () => reportsLostGates(patched, 'Connection refused'));

  test('a named pipe, the readable file and the log are read and written by plain calls', () =>
    readsAndWritesPlainly(patched));

  test('values are told apart as in JSON, and a sum is a number', () => tellsValuesApart(patched));

  test('who is killed is so past every attempt, before it has begun, too; who joins it is told', async () => {
    const { events, result } = await patched.run(
      [
        { do: 'spawn', thread: 'unborn' },
        { do: 'kill', thread: 'unborn' },
        { do: 'spawn', thread: 'w' },
        { do: 'sleep', seconds: 0, through: 'library' },
        { do: 'kill', thread: 'w' },
        { do: 'attempt', steps: [{ do: 'join', thread: 'w' }], label: 'join' },
        { do: 'attempt', steps: [{ do: 'join', thread: 'unborn' }], label: 'join-unborn' },
      ],
      {
        w: { steps: [{ do: 'attempt', steps: [forever] }, pause('library', 0)] },
        unborn: { steps: [pause('library', 0)] },
      },
    );
    assert.deepEqual(told(events), [
      'w#1 sleep started',
      'main join started',
      'w#1 sleep raised Greenspec::Killed',
      'main join finished "killed"',
      'main join-unborn started',
      'main join-unborn finished "killed"',
    ]);
    assert.equal(result.unfinished, 0);
  });

  test('threads that are left over are counted, and harm no later run', async () => {
    const client = await Client.ready(true, ADAPTER);
    const { result } = await client.run(
      [
        { do: 'spawn', thread: 'w', count: 3 },
        { do: 'sleep', seconds: 0, through: 'library' },
      ],
      { w: { steps: [{ do: 'synchronized', name: 'lock', steps: [{ ...forever, label: undefined }] }] } },
    );
    assert.deepEqual(result, { events: 0, unfinished: 3 });
    assert.equal((await client.run([pause('library', 0)])).result.unfinished, 0);
    await client.end();
  });

  test('rows, nulls and errors of MySQL come through, and the connection is closed', {
    skip: url === undefined && NO_SERVER,
  }, async () => {
    const database = parseUrl(url ?? '');
    await handsOnWhatMySqlTells(patched, database, 'c-library', [
      ['1', 1],
      ['9007199254740993', '9007199254740993'],
      ['0.5E0', 0.5],
      ['1.50', '1.50'],
      ["'ü%?'", 'ü%?'],
      ['NULL', null],
      ["DATE '2026-11-25'", '2026-11-25'],
      ["'😀'", '😀'],
      ['-9007199254740993', '-9007199254740993'],
    ]);
    await reportsRefusal(patched, database, 'c-library');
  });
});
