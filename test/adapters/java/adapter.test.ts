import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { parseUrl } from '../../../src/database/address';
import type { Step } from '../../../src/program/step';
import { InitializeResult } from '../../../src/protocol/messages';
import { findJdk, findMaven, JAVA_OPTIONS, JAVA_PROJECT, javaOf } from '../../../src/runtime/jdk';
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

const jdk = findJdk();
const maven = findMaven();
const NO_JAVA = 'there is no JDK 21 with Maven here: the adapter in Java is NOT tested';
const missing = jdk === undefined || maven === undefined;
if (missing) console.log(NO_JAVA);

const url = process.env.GREENSPEC_MYSQL;
const NO_SERVER = 'GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set';

const nap: Step = { do: 'sleep', seconds: 60, through: 'library', label: 'sleep' };

describe('the adapter in Java', { skip: missing && NO_JAVA }, () => {
  let folder: string;
  let adapter: readonly [string, ...string[]];
  let client: Client;
  before(async () => {
    // Built from its sources alone, in a place of its own: others may be using what is built. No warning of the compiler's is let pass.
    folder = mkdtempSync(join(tmpdir(), 'greenspec-java-'));
    for (const name of ['pom.xml', 'src']) cpSync(join(JAVA_PROJECT, name), join(folder, name), { recursive: true });
    const args = ['-q', '-B', 'package', '-Dmaven.compiler.failOnWarning=true'];
    execFileSync(maven ?? '', args, { cwd: folder, env: { ...process.env, JAVA_HOME: jdk }, stdio: 'pipe' });
    adapter = [javaOf(jdk ?? ''), `@${JAVA_OPTIONS}`, '-jar', join(folder, 'target', 'adapter.jar')];
    client = await Client.ready(false, adapter);
  });
  after(async () => {
    await client?.end();
    rmSync(folder, { recursive: true });
  });

  test('it says what it has: no patching, no lock or C library of its own, one sleep', async () => {
    const client = new Client(adapter);
    assert.equal((await client.request('initialize', { protocol: 1, patch: true, pool: 4 })).error?.code, -32002);
    const { result } = await client.request('initialize', { protocol: 1, patch: false, pool: 4 });
    const { runtime, capabilities } = InitializeResult.parse(result);
    assert.match(runtime.version, /^\d+/);
    assert.match(runtime.drivers.native?.version ?? '', /^9\.\d+/);
    assert.match(runtime.components.parallelism ?? '', /^\d+$/);
    assert.equal(runtime.lock.standIn, true);
    const kinds = capabilities.filter((word) => /^(patch|sleep|connect)\//.test(word));
    assert.deepEqual(kinds.sort(), ['connect/native', 'patch/off', 'sleep/library', 'sleep/negative']);
    await client.end();
    assert.equal(client.stderr, '');
  });

  test('requests out of turn, and what is none, are refused, and the adapter is as good as before', () =>
    refusesWhatIsNone(client, false));

  test('what is JSON only by a lenient reading, and what is nested without end, is refused', async () => {
    for (const line of ['{jsonrpc: "2.0"}', '[1,]', 'NaN', '{} {}', '['.repeat(100_000)]) {
      const answer = client.answer(null);
      client.write(`${line}\n`);
      assert.equal((await answer).error?.code, -32700, line.slice(0, 20));
    }
  });

  test('each event names an OS thread of the process: a carrier, and not the first', async () => {
    const { events } = await client.run(
      [
        { do: 'spawn', thread: 'w', count: 3 },
        { do: 'join', thread: 'w' },
      ],
      { w: { steps: [{ do: 'sleep', seconds: 0, through: 'library', label: 'turn' }] } },
    );
    const threads = new KernelWitness(client.child.pid ?? 0).read().threads.map(({ tid }) => tid);
    assert.equal(events.length, 6);
    for (const { os } of events) assert.ok(threads.includes(os) && os !== client.child.pid, `${os} of ${threads}`);
  });

  test('virtual threads wait at gates side by side, each until its own token comes', () => waitsSideBySide(client));

  test('a gate that is lost, reset or not there is an error', () =>
    reportsLostGates(client, 'java.net.ConnectException'));

  test('a named pipe, the readable file and the log are read and written by plain calls', () =>
    readsAndWritesPlainly(client));

  test('values are told apart as in JSON, and a sum is a number', () => tellsValuesApart(client));

  test('one that is killed where it waits is so past every attempt, and who joins it is told', async () => {
    const { events, result } = await client.run(
      [
        { do: 'spawn', thread: 'w' },
        { do: 'kill', thread: 'w' },
        { do: 'attempt', steps: [{ do: 'join', thread: 'w' }], label: 'join' },
      ],
      {
        w: {
          steps: [
            { do: 'attempt', steps: [nap] },
            { do: 'call', depth: 1, steps: [], label: 'never' },
          ],
        },
      },
    );
    assert.equal(events.find(({ label, phase }) => label === 'join' && phase === 'finished')?.value, 'killed');
    assert.ok(!events.some(({ label }) => label === 'never'));
    assert.equal(result.unfinished, 0);
  });

  test('a value too long for an event is cut, between two characters', async () => {
    const { events } = await client.run([{ do: 'set', variable: 'x', value: 'ü'.repeat(5000), label: 'set' }]);
    const line = client.lines.findLast((text) => text.includes('"finished"')) ?? '';
    assert.ok(Buffer.byteLength(line) <= 4096 && Buffer.byteLength(line) > 3000, `${Buffer.byteLength(line)} bytes`);
    assert.match(String(events[1]?.value), /^ü+…$/);
  });

  test('when it is idle, the kernel witness can tell of each OS thread that it does not wake soon', async () => {
    const kernel = new KernelWitness(client.child.pid ?? 0);
    const far = (wakeUp: number | undefined): boolean => wakeUp !== undefined && wakeUp > 1000;
    while (!kernel.read().threads.every(({ tid }) => far(kernel.wakeUp(tid)))) await turn();
    assert.ok(kernel.read().threads.some(({ name }) => name === 'Service Thread'));
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
      ['1.50', '1.50'],
      ["'ü%'", 'ü%'],
      ['NULL', null],
      ["DATE '2026-11-25'", '2026-11-25'],
      ['1 = 1', 1],
      ['CAST(-1 AS UNSIGNED)', '18446744073709551615'],
      ["'😀'", '😀'],
    ]);
    await reportsRefusal(client, database, 'native');
  });
});
