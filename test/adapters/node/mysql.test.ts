import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { parseUrl } from '../../../src/database/address';
import type { Step } from '../../../src/program/step';
import type { DatabaseAddress } from '../../../src/protocol/messages';
import { Client, told } from '../../sdk/client';

const url = process.env.GREENSPEC_MYSQL;
if (url === undefined)
  console.log('GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set: nothing here is tested');
else testWith(parseUrl(url));

const connect: Step = { do: 'connect', connection: 'c', driver: 'native' };

function query(sql: string): Step {
  return { do: 'query', connection: 'c', sql, label: 'query' };
}

function testWith(database: DatabaseAddress): void {
  let client: Client;
  before(async () => {
    client = await Client.ready(false, join(__dirname, '../../../adapters/node/adapter.ts'));
  });

  test('rows are lists of strings, numbers and nulls; without a result set there is null', async () => {
    const row = "SELECT 1, 9007199254740993, 0.5E0, 'ü', NULL, CAST('b' AS BINARY), DATE '2026-11-25'";
    const { events } = await client.run(
      [connect, query(row), query('DO 1'), query('SELECT @@autocommit')],
      {},
      { database },
    );
    const values = events.filter(({ phase }) => phase === 'finished').map(({ value }) => value);
    assert.deepEqual(values, [[[1, '9007199254740993', 0.5, 'ü', null, 'b', '2026-11-25']], null, [[1]]]);
  });

  test("an error has MySQL's number, and the connection goes on", async () => {
    const { events } = await client.run(
      [connect, { do: 'attempt', steps: [query('SELECT nonsense')] }, query('SELECT 1')],
      {},
      { database },
    );
    assert.deepEqual(
      told(events).filter((line) => !line.endsWith('started')),
      ['main query raised 1054', 'main query finished [[1]]'],
    );
  });

  test('a server that is not there is an error of its own, and so is a connection that the server ended', async () => {
    const refused = await client.run([{ ...connect, label: 'connect' }], {}, { database: { ...database, port: 9 } });
    assert.equal(told(refused.events)[1], 'main connect raised ECONNREFUSED');
    const killed = await client.run(
      [connect, { do: 'attempt', steps: [query('KILL CONNECTION_ID()')] }, query('SELECT 1')],
      {},
      { database },
    );
    assert.match(told(killed.events)[1] ?? '', /^main query raised /);
    assert.match(told(killed.events)[3] ?? '', /^main query raised /);
    assert.equal(killed.result.unfinished, 0);
  });

  test('others run while the server is busy', async () => {
    const { events } = await client.run(
      [connect, { do: 'spawn', thread: 'other' }, query('DO SLEEP(0.1)'), { do: 'join', thread: 'other' }],
      {
        other: {
          steps: [
            { do: 'sleep', through: 'library' },
            { do: 'set', variable: 'x', value: 1, label: 'other' },
          ],
        },
      },
      { database },
    );
    assert.deepEqual(told(events), [
      'main query started',
      'other#1 other started',
      'other#1 other finished 1',
      'main query finished',
    ]);
  });
}
