import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Value } from '../../src/program/names';
import type { Step } from '../../src/program/step';
import type { DatabaseAddress } from '../../src/protocol/messages';
import { type Client, gateServer, type Ran, told } from '../sdk/client';

// What docs/protocol.md asks of an adapter in any language, shown on one that is ready.

const nonce = '0123456789abcdef';
const wait: Step = { do: 'wait', gate: 'g', through: 'green', label: 'wait' };

/** Refuses requests out of turn, and what is none, and is as good as before. */
export async function refusesWhatIsNone(client: Client, patch: boolean): Promise<void> {
  const params = client.params({ threads: { main: { steps: [wait] } } });
  const none = client.answer(null);
  client.write('{"id":\n');
  assert.equal((await none).error?.code, -32700);
  assert.equal((await client.request('walk')).error?.code, -32601);
  assert.equal((await client.request('initialize', { protocol: 1, patch, pool: 4 })).error?.code, -32600);
  assert.equal((await client.request('run', { ...params, nonce: 'mine' })).error?.code, -32602);
  assert.deepEqual((await client.run([])).events, []);
}

/** Takes 1 for no text and for no truth, and adds to numbers alone: in many languages a text, a truth and a number are easily taken for each other. */
export async function tellsValuesApart(client: Client): Promise<void> {
  const holds = (is: Value, label: string): Step => ({
    do: 'when',
    local: 'one',
    is,
    steps: [{ do: 'get', variable: 'x', label }],
  });
  const { events } = await client.run([
    { do: 'set', variable: 'x', value: '1' },
    { do: 'attempt', steps: [{ do: 'get', variable: 'x', into: 'text' }] },
    { do: 'attempt', label: 'no-sum', steps: [{ do: 'set', variable: 'x', from: 'text', plus: 1 }] },
    { do: 'set', variable: 'x', value: 0.5 },
    { do: 'get', variable: 'x', into: 'half' },
    { do: 'set', variable: 'x', from: 'half', plus: 0.5 },
    { do: 'get', variable: 'x', into: 'one' },
    holds('1', 'text'),
    holds(true, 'truth'),
    holds(1, 'number'),
  ]);
  assert.deepEqual(told(events), [
    'main no-sum started',
    'main no-sum finished "not-a-number"',
    'main number started',
    'main number finished 1',
  ]);
}

/** Has three green threads wait at a gate side by side, each until its own token comes. */
export async function waitsSideBySide(client: Client): Promise<void> {
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
}

/** Reports a gate that is lost, reset or not there as an error. @param refused what its language calls a refused connection */
export async function reportsLostGates(client: Client, refused: string): Promise<void> {
  for (const end of [(socket: Socket) => socket.end('hal'), (socket: Socket) => socket.resetAndDestroy()]) {
    const { close, ...gates } = await gateServer((_hello, socket) => end(socket));
    const { events } = await client.run([wait], {}, { gates });
    assert.equal(told(events)[1], 'main wait raised gate-lost');
    close();
  }
  const { close, ...gates } = await gateServer(() => {});
  close();
  assert.equal(told((await client.run([wait], {}, { gates })).events)[1], `main wait raised ${refused}`);
}

/** Reads a named pipe and the readable file, and writes the log, by plain calls. */
export async function readsAndWritesPlainly(client: Client): Promise<void> {
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
}

type Driver = Extract<Step, { do: 'connect' }>['driver'];

/**
 * Hands rows, nulls and errors of MySQL on, in a transaction of each query's own, and closes its connection.
 *
 * @param columns what is asked for in one row, and what has to come of it
 */
export async function handsOnWhatMySqlTells(
  client: Client,
  database: DatabaseAddress,
  driver: Driver,
  columns: readonly (readonly [sql: string, value: unknown])[],
): Promise<void> {
  const query = (sql: string): Step => ({ do: 'query', connection: 'c', sql, label: 'query' });
  const connect: Step = { do: 'connect', connection: 'c', driver };
  const row = `SELECT ${columns.map(([sql]) => sql).join(', ')}, CONNECTION_ID()`;
  const wrong: Step = { do: 'attempt', steps: [query('SELECT nonsense')] };
  const steps = [connect, query(row), query('DO 1'), wrong, query('SELECT @@autocommit')];
  const { events } = await client.run(steps, {}, { database });
  const [rows, ...others] = events
    .filter(({ phase }) => phase !== 'started')
    .map((event) => event.error?.code ?? event.value);
  const [values = []] = rows as unknown[][];
  assert.deepEqual(
    values.slice(0, -1),
    columns.map(([, value]) => value),
  );
  assert.deepEqual(others, [null, '1054', [[1]]]);
  assert.equal((await untilGone(client, connect, database, values.at(-1))).result.unfinished, 0);
}

/** Ends once the server knows of no such connection any more. */
function untilGone(client: Client, connect: Step, database: DatabaseAddress, id: unknown): Promise<Ran> {
  const left = `SELECT COUNT(*) FROM information_schema.processlist WHERE id = ${id}`;
  const looks: Step[] = [
    { do: 'query', connection: 'c', sql: left, into: 'left' },
    { do: 'set', variable: 'left', from: 'left' },
  ];
  return client.run([connect, { do: 'until', variable: 'left', is: [[0]], steps: looks }], {}, { database });
}

/** Reports the server's own error where it lets nobody in. */
export async function reportsRefusal(client: Client, database: DatabaseAddress, driver: Driver): Promise<void> {
  const { events } = await client.run(
    [{ do: 'attempt', steps: [{ do: 'connect', connection: 'c', driver }], label: 'connect' }],
    {},
    { database: { ...database, password: 'wrong' } },
  );
  assert.equal(events[1]?.value, 1045);
}
