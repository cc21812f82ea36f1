import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { parseUrl } from '../../../src/database/address';
import type { Step } from '../../../src/program/step';
import { InitializeResult } from '../../../src/protocol/messages';
import { findGo, GO_MODULE } from '../../../src/runtime/go-toolchain';
import { KernelWitness } from '../../../src/witness/kernel';
import { Client, gateServer, told } from '../../sdk/client';

const go = findGo();
const NO_GO = 'there is no Go here: the adapter in Go is NOT tested';
if (go === undefined) console.log(NO_GO);

const url = process.env.GREENSPEC_MYSQL;
const NO_SERVER = 'GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set';

const nonce = '0123456789abcdef';
const wait: Step = { do: 'wait', gate: 'g', through: 'green', label: 'wait' };

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
    const kinds = capabilities.filter((word) => /^(patch|sleep|connect)\//.test(word));
    assert.deepEqual(kinds.sort(), ['connect/native', 'patch/off', 'sleep/library']);
    await client.end();
  });

  test('requests out of turn, and what is none, are refused, and the adapter is as good as before', async () => {
    const params = client.params({ threads: { main: { steps: [wait] } } });
    const none = client.answer(null);
    client.write('{"id":\n');
    assert.equal((await none).error?.code, -32700);
    assert.equal((await client.request('walk')).error?.code, -32601);
    assert.equal((await client.request('initialize', { protocol: 1, patch: false, pool: 4 })).error?.code, -32600);
    assert.equal((await client.request('run', { ...params, nonce: 'mine' })).error?.code, -32602);
    assert.deepEqual((await client.run([])).events, []);
  });

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

  test('goroutines wait at gates side by side, each until its own token comes', async () => {
    const arrived: { hello: string; socket: Socket }[] = [];
    const { close, ...gates } = await gateServer((hello, socket) => {
      arrived.push({ hello, socket });
      if (arrived.length < 3) return;
      for (const { hello, socket } of arrived.reverse()) socket.end(`token-${hello.split(' ')[2]}\n`);
    });
    const { events } = await client.run(
      [
        { do: 'spawn', thread: 'w', count: 3 },
        { do: 'join', thread: 'w' },
      ],
      { w: { steps: [wait] } },
      { gates, nonce },
    );
    close();
    const started = events.filter(({ phase }) => phase === 'started');
    assert.deepEqual(
      arrived.map(({ hello }) => hello).sort(),
      started.map(({ thread, n }) => `${nonce} g ${thread} ${n}`).sort(),
    );
    for (const { thread, phase, value } of events) if (phase === 'finished') assert.equal(value, `token-${thread}`);
  });

  test('a gate that is lost, reset or not there is an error', async () => {
    for (const end of [(socket: Socket) => socket.end('hal'), (socket: Socket) => socket.resetAndDestroy()]) {
      const { close, ...gates } = await gateServer((_hello, socket) => end(socket));
      const { events } = await client.run([wait], {}, { gates });
      assert.equal(told(events)[1], 'main wait raised gate-lost');
      close();
    }
    const { close, ...gates } = await gateServer(() => {});
    close();
    assert.equal(told((await client.run([wait], {}, { gates })).events)[1], 'main wait raised connection refused');
  });

  test('a named pipe, the readable file and the log are read and written by plain calls', async () => {
    client.pipe('p');
    writeFileSync(join(client.folder, 'readable.txt'), 'grün\n');
    const fed = client.feed('p', 't0ken\nrest');
    const { events } = await client.run(
      [
        { do: 'wait', gate: 'p', through: 'raw-pipe', label: 'read' },
        { do: 'touch', what: 'file', label: 'file' },
        { do: 'touch', what: 'log' },
      ],
      {},
      { nonce },
    );
    await fed;
    const values = events.filter(({ phase }) => phase === 'finished').map(({ value }) => value);
    assert.deepEqual(values, ['t0ken', 'grün\n']);
    assert.equal(readFileSync(join(client.folder, 'log.txt'), 'utf8'), `${nonce} main\n`);
  });

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
    const query = (sql: string): Step => ({ do: 'query', connection: 'c', sql, label: 'query' });
    const connect: Step = { do: 'connect', connection: 'c', driver: 'native' };
    const row = "SELECT 1, 9007199254740993, 0.5E0, 'ü', NULL, DATE '2026-11-25', CONNECTION_ID()";
    const { events } = await client.run(
      [
        connect,
        query(row),
        query('DO 1'),
        { do: 'attempt', steps: [query('SELECT nonsense')] },
        query('SELECT @@autocommit'),
      ],
      {},
      { database },
    );
    const [, first, , nothing, , wrong, , last] = events;
    const values = first?.value as [unknown[]];
    assert.deepEqual(values[0].slice(0, 6), [1, '9007199254740993', 0.5, 'ü', null, '2026-11-25']);
    assert.equal(nothing?.value, null);
    assert.equal(wrong?.error?.code, '1054');
    assert.deepEqual(last?.value, [[1]]);
    const left = `SELECT COUNT(*) FROM information_schema.processlist WHERE id = ${values[0][6]}`;
    const seen = await client.run(
      [
        connect,
        {
          do: 'until',
          variable: 'left',
          is: [[0]],
          steps: [
            { do: 'query', connection: 'c', sql: left, into: 'left' },
            { do: 'set', variable: 'left', from: 'left' },
          ],
        },
      ],
      {},
      { database },
    );
    assert.equal(seen.result.unfinished, 0);
  });
});
