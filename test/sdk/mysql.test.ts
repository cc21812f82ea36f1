import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { RunParams } from '../../src/protocol/messages';
import { Client, told } from './client';

const url = process.env.GREENSPEC_MYSQL;
if (url === undefined)
  console.log('GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set: nothing here is tested');
else testWith(addressOf(new URL(url)));

function testWith(database: NonNullable<RunParams['database']>): void {
  let client: Client;
  before(async () => {
    client = await Client.ready();
  });

  for (const driver of ['c-library', 'native'] as const) {
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
}

function addressOf({ hostname, port, username, password, pathname }: URL): NonNullable<RunParams['database']> {
  return { host: hostname, port: Number(port), user: username, password, database: pathname.slice(1) };
}
