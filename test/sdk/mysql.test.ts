import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { before, test } from 'node:test';
import { POOL } from '../../src/program/plan';
import type { Step } from '../../src/program/step';
import type { EventParams, RunParams } from '../../src/protocol/messages';
import { Client, told } from './client';

const nonce = 'fedcba9876543211';
const watcher: Step = { do: 'connect', connection: 'watcher', driver: 'c-library' };

const url = process.env.GREENSPEC_MYSQL;
if (url === undefined)
  console.log('GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set: nothing here is tested');
else testWith(addressOf(new URL(url)));

function testWith(database: NonNullable<RunParams['database']>): void {
  let client: Client;
  before(async () => {
    client = await Client.ready();
  });

  for (const driver of ['c-library', 'native', 'thread-pool', 'connection-pool'] as const) {
    test(`${driver}: rows, errors, the comment, and the names of connections`, async () => {
      const nonce = 'fedcba9876543210';
      const { events } = await client.run(
        [
          { do: 'connect', connection: 'c', driver },
          // The statement sees itself in the process list, comment and all.
          {
            do: 'query',
            connection: 'c',
            label: 'info',
            sql: 'SELECT info FROM information_schema.processlist WHERE id = CONNECTION_ID()',
          },
          {
            do: 'attempt',
            label: 'wrong',
            steps: [{ do: 'query', connection: 'c', sql: 'SELECT nonsense', label: 'query' }],
          },
          { do: 'query', connection: 'c', sql: 'DO 1', label: 'nothing' },
          { do: 'spawn', thread: 'a', count: 2 },
          { do: 'join', thread: 'a', label: 'own' },
          { do: 'close', connection: 'c' },
        ],
        {
          a: {
            steps: [
              // The one that main opened …
              { do: 'query', connection: 'c', sql: 'SELECT 1' },
              // … until it has one of its own.
              { do: 'connect', connection: 'c', driver },
              { do: 'query', connection: 'c', sql: 'SET @mine = 0' },
              { do: 'query', connection: 'c', sql: 'SET @mine = @mine + 1' },
              { do: 'query', connection: 'c', sql: 'SELECT @mine', label: 'mine' },
              { do: 'close', connection: 'c' },
            ],
          },
        },
        { database, nonce },
      );
      const lines = told(events);
      assert.match(lines[1] ?? '', new RegExp(`/\\* greenspec ${nonce} main 1 \\*/ SELECT info`));
      assert.deepEqual(lines.slice(2, 8), [
        'main wrong started',
        'main query started',
        'main query raised 1054',
        'main wrong finished 1054',
        'main nothing started',
        'main nothing finished',
      ]);
      assert.deepEqual(lines.filter((line) => line.includes('mine finished')).sort(), [
        'a#1 mine finished [[1]]',
        'a#2 mine finished [[1]]',
      ]);
      assert.equal(lines.at(-1), 'main own finished [null,null]');
    });

    test(`${driver}: what a program leaves open is closed`, async () => {
      const sql = 'SELECT CONNECTION_ID()';
      const { events } = await client.run(
        [
          { do: 'connect', connection: 'left', driver },
          { do: 'query', connection: 'left', sql, label: 'id' },
        ],
        {},
        { database },
      );
      const id = JSON.stringify(events[1]?.value).replace(/\D/g, '');
      // COM_QUIT is not answered: the server ends the session a little after it.
      const seen = await client.run(
        [
          { do: 'connect', connection: 'c', driver },
          {
            do: 'until',
            variable: 'left',
            is: [[0]],
            steps: [
              {
                do: 'query',
                connection: 'c',
                sql: `SELECT COUNT(*) FROM information_schema.processlist WHERE id = ${id}`,
                into: 'left',
              },
              { do: 'set', variable: 'left', from: 'left' },
            ],
          },
        ],
        {},
        { database },
      );
      assert.equal(seen.result.unfinished, 0);
    });
  }

  for (const [driver, runs] of [
    ['c-library', false],
    ['native', true],
    ['thread-pool', true],
    ['connection-pool', true],
  ] as const) {
    test(`${driver}: others ${runs ? 'run' : 'do not run'} while the server is busy`, async () => {
      const { events } = await client.run(
        [
          { do: 'connect', connection: 'c', driver },
          { do: 'spawn', thread: 'other' },
          { do: 'query', connection: 'c', sql: 'DO SLEEP(0.1)', label: 'query' },
          { do: 'join', thread: 'other' },
        ],
        { other: { steps: [{ do: 'set', variable: 'x', value: 1, label: 'other' }] } },
        { database },
      );
      const order = ['main query started', 'main query finished'];
      order.splice(runs ? 1 : 2, 0, 'other#1 other started', 'other#1 other finished 1');
      assert.deepEqual(told(events), order);
    });
  }

  test('a name means the own connection, else the one opened last that is still open', async () => {
    const connect: Step = { do: 'connect', connection: 'c', driver: 'c-library' };
    const id: Step = { do: 'query', connection: 'c', sql: 'SELECT CONNECTION_ID()', label: 'id' };
    const close: Step = { do: 'close', connection: 'c' };
    const { events } = await client.run(
      [
        ...spawnAndJoin('first', 'second', 'third'),
        id, // the first's, since the second and the third are closed
        close,
        { do: 'attempt', label: 'none', steps: [id] },
      ],
      {
        first: { steps: [connect, id] },
        second: { steps: [connect, connect, close, id, close] },
        third: { steps: [connect, id, close, id] },
      },
      { database },
    );
    const [first, second, third, , again] = valuesOf(events, 'id');
    assert.deepEqual(valuesOf(events, 'id'), [first, second, third, first, again]);
    assert.equal(new Set([first, second, third].map((value) => JSON.stringify(value))).size, 3);
    assert.deepEqual([again, ...valuesOf(events, 'none')], [first, 'no-connection']);
  });

  test('thread-pool: as many queries as it has OS threads are at the server at once, each result reaches who asked', async () => {
    const lock = `greenspec-sdk-${client.child.pid}`;
    const { events } = await client.run(
      [
        watcher,
        { do: 'query', connection: 'watcher', sql: `SELECT GET_LOCK('${lock}', 10)` },
        { do: 'spawn', thread: 'waiter' },
        untilAtTheServer(POOL, 'GET_LOCK'),
        { do: 'query', connection: 'watcher', sql: `SELECT RELEASE_LOCK('${lock}')` },
        { do: 'join', thread: 'waiter' },
      ],
      {
        waiter: {
          count: POOL,
          steps: [
            { do: 'connect', connection: 'c', driver: 'thread-pool' },
            { do: 'query', connection: 'c', sql: 'SELECT CONNECTION_ID()', label: 'id' },
            {
              do: 'query',
              connection: 'c',
              label: 'wait',
              sql: `SELECT CONNECTION_ID(), GET_LOCK('${lock}', 50), RELEASE_LOCK('${lock}')`,
            },
            { do: 'close', connection: 'c' },
          ],
        },
      },
      { database, nonce },
    );
    const ids = new Map(finished(events, 'id').map(({ thread, value }) => [thread, (value as number[][])[0]?.[0]]));
    assert.equal(new Set(ids.values()).size, POOL);
    for (const { thread, value } of finished(events, 'wait')) assert.deepEqual(value, [[ids.get(thread), 1, 1]]);
    assert.equal(finished(events, 'wait').length, POOL);
    assert.deepEqual([...new Set(events.map(({ os }) => os))], [client.child.pid]);
    assert.ok(readdirSync(`/proc/${client.child.pid}/task`).length > POOL);
  });

  /** Green threads that wait for a row which main holds, and main's COMMIT, which would let them have it. */
  async function waitForRow(waiters: number, patience: number): Promise<EventParams[]> {
    const table = `greenspec_sdk_${client.child.pid}`;
    const lockRow = `SELECT id FROM ${table} WHERE id = 1 FOR UPDATE`;
    const ask = (connection: string, ...statements: string[]): Step[] =>
      statements.map((sql) => ({ do: 'query', connection, sql }));
    const { events } = await client.run(
      [
        watcher,
        ...ask(
          'watcher',
          `CREATE TABLE ${table} (id INT PRIMARY KEY) ENGINE = InnoDB`,
          `INSERT INTO ${table} VALUES (1)`,
        ),
        { do: 'connect', connection: 'own', driver: 'thread-pool' },
        ...ask('own', 'START TRANSACTION', lockRow),
        { do: 'spawn', thread: 'waiter', count: waiters },
        untilAtTheServer(waiters, 'FOR UPDATE'),
        { do: 'query', connection: 'own', sql: 'COMMIT', label: 'commit' },
        { do: 'join', thread: 'waiter' },
        ...ask('watcher', `DROP TABLE ${table}`),
      ],
      {
        waiter: {
          steps: [
            { do: 'connect', connection: 'c', driver: 'thread-pool' },
            ...ask('c', `SET SESSION innodb_lock_wait_timeout = ${patience}`),
            { do: 'attempt', label: 'row', steps: ask('c', lockRow) },
          ],
        },
      },
      { database, nonce },
    );
    return events;
  }

  test('thread-pool: one waiter fewer than it has OS threads, and the COMMIT gets through', async () => {
    const events = await waitForRow(POOL - 1, 50);
    assert.deepEqual(valuesOf(events, 'row'), new Array(POOL - 1).fill(null));
  });

  test('thread-pool: as many waiters as it has OS threads, and the COMMIT waits until one of them has given up', async () => {
    const lines = told(await waitForRow(POOL, 1));
    const firstToEnd = lines.findIndex((line) => line.includes('row finished'));
    assert.match(lines[firstToEnd] ?? '', /finished 1205$/);
    assert.ok(firstToEnd < lines.indexOf('main commit finished'));
  });

  test('connection-pool: no more connections than it may have, lent in turn to all that ask', async () => {
    const { events } = await client.run(
      spawnAndJoin('borrower'),
      {
        borrower: {
          count: 3 * POOL,
          steps: [
            { do: 'connect', connection: 'c', driver: 'connection-pool' },
            { do: 'query', connection: 'c', sql: 'SELECT CONNECTION_ID()', label: 'id' },
            { do: 'close', connection: 'c' },
          ],
        },
      },
      { database },
    );
    const ids = valuesOf(events, 'id').map((value) => JSON.stringify(value));
    assert.deepEqual([ids.length, new Set(ids).size], [3 * POOL, POOL]);
  });
}

/** Goes on when the server shows that many queries of the green threads named waiter. */
function untilAtTheServer(count: number, text: string): Step {
  const sql = `SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '/* greenspec ${nonce} waiter#%${text}%'`;
  return {
    do: 'until',
    variable: 'seen',
    is: [[count]],
    steps: [
      { do: 'sleep', through: 'library', seconds: 0.001 },
      { do: 'query', connection: 'watcher', sql, into: 'seen' },
      { do: 'set', variable: 'seen', from: 'seen' },
    ],
  };
}

function spawnAndJoin(...threads: string[]): Step[] {
  return threads.flatMap((thread): Step[] => [
    { do: 'spawn', thread },
    { do: 'join', thread },
  ]);
}

function finished(events: readonly EventParams[], label: string): EventParams[] {
  return events.filter((event) => event.label === label && event.phase === 'finished');
}

function valuesOf(events: readonly EventParams[], label: string): EventParams['value'][] {
  return finished(events, label).map(({ value }) => value);
}

function addressOf({ hostname, port, username, password, pathname }: URL): NonNullable<RunParams['database']> {
  return { host: hostname, port: Number(port), user: username, password, database: pathname.slice(1) };
}
