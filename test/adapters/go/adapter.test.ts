import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { parseUrl } from '../../../src/database/address';
import { InitializeResult } from '../../../src/protocol/messages';
import { findGo, GO_MODULE } from '../../../src/runtime/go-toolchain';
import { KernelWitness } from '../../../src/witness/kernel';
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

const go = findGo();
const NO_GO = 'there is no Go here: the adapter in Go is NOT tested';
if (go === undefined) console.log(NO_GO);

const url = process.env.GREENSPEC_MYSQL;
const NO_SERVER = 'GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set';

describe('the adapter in Go', { skip: go === undefined && NO_GO }, () => {
  let folder: string;
  let client: Client;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'greenspec-go-'));
    const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local' };
    execFileSync(go ?? '', ['build', '-o', join(folder, 'adapter'), '.'], { cwd: GO_MODULE, env });
    client = await Client.ready(false, [join(folder, 'adapter')]);
  });
  after(async () => {
    await client.end();
    rmSync(folder, { recursive: true });
  });

  test('it says what it has: no patching, no lock or C library of its own, one sleep', async () => {
    const client = new Client([join(folder, 'adapter')]);
    assert.equal((await client.request('initialize', { protocol: 1, patch: true, pool: 4 })).error?.code, -32002);
    const { result } = await client.request('initialize', { protocol: 1, patch: false, pool: 4 });
    const { runtime, capabilities } = InitializeResult.parse(result);
    assert.match(runtime.version, /^go1\.\d+/);
    assert.match(runtime.drivers.native?.version ?? '', /^v1\.\d+/);
    assert.equal(runtime.lock.standIn, true);
    const kinds = capabilities.filter((word) => /^(yield$|(patch|sleep|connect)\/)/.test(word));
    assert.deepEqual(kinds.sort(), ['connect/native', 'patch/off', 'sleep/library', 'yield']);
    await client.end();
  });

  test('requests out of turn, and what is none, are refused, and the adapter is as good as before', () =>
    refusesWhatIsNone(client, false));

  test('a goroutine that computes does not keep others from running; each event names an OS thread of the process', async () => {
    const computing = client.run(
      [
        { do: 'spawn', thread: 'burner', count: 20 },
        { do: 'join', thread: 'burner' },
      ],
      { burner: { steps: [{ do: 'compute', until: 'enough', label: 'burn' }] } },
    );
    // More than run at once: the last can begin only when another was interrupted.
    while (client.lines.filter((line) => line.includes('"burn"')).length < 20) await turn();
    const threads = new KernelWitness(client.child.pid ?? 0).read().threads.map(({ tid }) => tid);
    client.flag('enough');
    const { events } = await computing;
    for (const { os } of events.slice(0, 20)) assert.ok(threads.includes(os), `${os} is none of ${threads}`);
  });

  test('goroutines wait at gates side by side, each until its own token comes', () => waitsSideBySide(client));

  test('a gate that is lost, reset or not there is an error', () => reportsLostGates(client, 'connection refused'));

  test('a named pipe, the readable file and the log are read and written by plain calls', () =>
    readsAndWritesPlainly(client));

  test('values are told apart as in JSON, and a sum is a number', () => tellsValuesApart(client));

  test("when it is idle, the kernel witness can tell of each OS thread when it wakes: Go's monitor sleeps for a minute", async () => {
    const kernel = new KernelWitness(client.child.pid ?? 0);
    const wakeUps = (): (number | undefined)[] => kernel.read().threads.map(({ tid }) => kernel.wakeUp(tid));
    for (let told = wakeUps(); !told.includes(60_000) || told.includes(undefined); told = wakeUps()) await turn();
    kernel.close();
  });

  test('rows, nulls and errors of MySQL come through, and the connection is closed', {
    skip: url === undefined && NO_SERVER,
  }, async () => {
    const database = parseUrl(url ?? '');
    await handsOnWhatMySqlTells(client, database, 'native', [
      ['1', 1],
      ['9007199254740993', '9007199254740993'],
      ['0.5E0', 0.5],
      ["'ü'", 'ü'],
      ['NULL', null],
      ["DATE '2026-11-25'", '2026-11-25'],
    ]);
    await reportsRefusal(client, database, 'native');
  });
});
