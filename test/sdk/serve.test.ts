import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { version } from '../../package.json';
import { POOL } from '../../src/program/plan';
import { MESSAGE_LIMIT } from '../../src/protocol/limits';
import { InitializeResult } from '../../src/protocol/messages';
import { Client, told } from './client';

const nothing = { threads: { main: { steps: [] } } };

test('initialize names the runtime and what it can', async () => {
  for (const patch of [true, false]) {
    const client = new Client();
    const answer = await client.request('initialize', { protocol: 1, patch, pool: POOL });
    const { runtime, patched, capabilities } = InitializeResult.parse(answer.result);
    assert.equal(runtime.name, 'reference');
    assert.equal(runtime.version, version);
    assert.equal(patched, patch);
    for (const driver of Object.values(runtime.drivers)) assert.equal(driver.model, true);
    for (const word of [
      ...['sleep/library', 'sleep/standard', 'wait/green', 'wait/raw-pipe', 'touch/file', 'touch/log', 'synchronized'],
      ...['connect/c-library', 'connect/native', 'connect/thread-pool', 'connect/connection-pool', 'query', 'close'],
      ...['patch/on', 'patch/off', 'spawn', 'spawn/pool', 'kill', 'timeout', 'sleep/negative'],
    ]) {
      assert.ok(capabilities.includes(word), word);
    }
    await client.end();
  }
});

test('one process serves many runs, each with numbers of its own', async () => {
  const client = await Client.ready();
  for (let i = 0; i < 3; i++) {
    const { events, result } = await client.run([
      { do: 'set', label: 'one', variable: 'x', value: 1 },
      { do: 'get', label: 'two', variable: 'x' },
    ]);
    assert.deepEqual(
      events.map((event) => event.n),
      [1, 2, 3, 4],
    );
    assert.deepEqual(result, { events: 4, unfinished: 0 });
  }
  await client.end();
});

test('shutdown is answered, and ends the process with 0', async () => {
  const client = await Client.ready();
  assert.deepEqual((await client.request('shutdown')).result, {});
  assert.equal(await client.exited, 0);
});

test('the end of input ends the process with 0, also while a program runs', async () => {
  const client = await Client.ready();
  const started = client.until('nap', 'started');
  void client.request(
    'run',
    client.params({ threads: { main: { steps: [{ do: 'sleep', label: 'nap', seconds: 60, through: 'library' }] } } }),
  );
  await started;
  await client.end();
});

test('what is no request is refused', async () => {
  const client = new Client();
  for (const [line, code] of [
    ['garbage', -32700],
    ['', -32700],
    ['{"jsonrpc":"2.0","id":1', -32700],
    ['[]', -32600],
    ['null', -32600],
    ['{"id":1,"method":"shutdown"}', -32600],
    ['{"jsonrpc":"2.0","id":"a","method":"shutdown"}', -32600],
    ['{"jsonrpc":"2.0","method":"shutdown"}', -32600],
  ] as const) {
    const answer = client.answer(null);
    client.write(`${line}\n`);
    const { id, error } = await answer;
    assert.deepEqual([id, error?.code], [null, code], line);
  }
  await client.end();
});

test('an unknown method, and what comes in the wrong order, is refused, and what fits goes on', async () => {
  const client = new Client();
  assert.equal((await client.request('dance')).error?.code, -32601);
  assert.equal((await client.request('run', client.params(nothing))).error?.code, -32600);
  for (const params of [{ pool: POOL }, { patch: true }, { patch: true, pool: 0 }]) {
    assert.equal((await client.request('initialize', { protocol: 1, ...params })).error?.code, -32602);
  }
  const old = await client.request('initialize', { protocol: 0, patch: true, pool: POOL });
  assert.equal(old.error?.code, -32001);
  assert.match(old.error?.message ?? '', /version 1/);
  assert.notEqual((await client.request('initialize', { protocol: 9, patch: true, pool: POOL })).result, undefined);
  assert.equal((await client.request('initialize', { protocol: 1, patch: true, pool: POOL })).error?.code, -32600);
  assert.deepEqual((await client.run([])).result, { events: 0, unfinished: 0 });
  await client.end();
});

test('parameters that do not fit are refused, with a word about where', async () => {
  const client = await Client.ready();
  const of = (...steps: unknown[]) => ({ ...client.params(nothing), program: { threads: { main: { steps } } } });
  for (const [params, says] of [
    [of({ do: 'fly' }), /steps\[0\]/],
    [of({ do: 'sleep' }), /through/],
    [of({ do: 'get', variable: 'x', colour: 'red' }), /colour/],
    [of({ do: 'spawn', thread: 'nobody' }), /nobody/],
    [of({ do: 'attempt', steps: [{ do: 'join', thread: 'nobody' }] }), /nobody/],
    [of({ do: 'wait', label: 'w', gate: 'g', through: 'raw-socket' }), /through/],
    [of({ do: 'connect', connection: 'c', driver: 'native' }), /database/],
    [{ ...client.params(nothing), program: { threads: {} } }, /main/],
    [{ ...client.params(nothing), nonce: 'x' }, /nonce/],
    [undefined, /expected object/],
  ] as const) {
    const { error } = await client.request('run', params);
    assert.equal(error?.code, -32602);
    assert.match(error?.message ?? '', says);
  }
  await client.end();
});

test('one run at a time', async () => {
  const client = await Client.ready();
  const started = client.until('nap', 'started');
  const first = client.run([{ do: 'sleep', label: 'nap', seconds: 0.05, through: 'library' }]);
  await started;
  assert.equal((await client.request('run', client.params(nothing))).error?.code, -32600);
  assert.deepEqual(told((await first).events), ['main nap started', 'main nap finished']);
  await client.end();
});

test('a line that is too long ends the process with 1', async () => {
  for (const bytes of [MESSAGE_LIMIT + 1, MESSAGE_LIMIT * 3]) {
    const client = await Client.ready();
    const answer = client.answer(null);
    client.write('x'.repeat(bytes));
    assert.equal((await answer).error?.code, -32600);
    assert.equal(await client.exited, 1);
  }
});

test('a line that is as long as may be is taken', async () => {
  const client = await Client.ready();
  const request = JSON.stringify({ jsonrpc: '2.0', id: 77, method: 'run', params: client.params(nothing) });
  const answer = client.answer(77);
  client.write(`${request}${' '.repeat(MESSAGE_LIMIT - request.length)}\n`);
  assert.deepEqual((await answer).result, { events: 0, unfinished: 0 });
  await client.end();
});

test('no thread and no descriptor is left over by runs', async () => {
  const client = await Client.ready();
  const count = () => ['task', 'fd'].map((what) => readdirSync(`/proc/${client.child.pid}/${what}`).length);
  // The worker that loads the driver ahead has done so once it says that there is no server.
  const nowhere = { host: '127.0.0.1', port: 1, user: 'nobody', password: '', database: 'none' };
  const connect = { do: 'connect', connection: 'c', driver: 'c-library' } as const;
  await client.run([{ do: 'attempt', steps: [connect] }], {}, { database: nowhere });
  const before = count();
  await client.run(
    [
      { do: 'spawn', thread: 'a', count: 1000 },
      { do: 'join', thread: 'a' },
    ],
    {
      a: { steps: [{ do: 'sleep', through: 'library', seconds: 0.01 }] },
    },
  );
  assert.deepEqual(count(), before);
  await client.end();
});
