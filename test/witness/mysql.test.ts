import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Connection, createConnection } from 'mysql2/promise';
import type { Database } from '../../src/database/database';
import { findServers } from '../../src/database/find-servers';
import { local } from '../../src/database/local';
import type { Fault } from '../../src/fault/fault';
import { MySqlWitness } from '../../src/witness/mysql';
import { leaveOut, processesWith } from '../database/support';
import { ask, until } from '../runtime/support';

const NONCE = 'fedcba9876543210';
const comment = `/* greenspec ${NONCE} main 1 */`;

async function newRow(witness: MySqlWitness): Promise<{ id: number; value: string }> {
  const [row] = await witness.newRows(1);
  assert.ok(row !== undefined);
  return row;
}

void (async () => {
  if ((await findServers()).length === 0) {
    leaveOut('the witness at a server', 'there is no mysqld and no mariadbd on this machine');
    return;
  }
  let database: Database;
  before(async () => {
    database = await local.open({});
  });
  after(() => database.close());

  const tables = async (): Promise<unknown[]> =>
    (await ask(database.address, 'SHOW TABLES')).flatMap((row) => Object.values(row));
  const others = async (): Promise<number[]> =>
    (await ask(database.address, 'SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID()')).map(
      (row) => Number(Object.values(row)[0]),
    );
  /** A client like a runtime's, whose query is asked for and not waited for. */
  const client = async (use: (connection: Connection) => Promise<void>): Promise<void> => {
    const connection = await createConnection(database.address);
    connection.on('error', () => {});
    await use(connection).finally(() => connection.destroy());
  };

  test('sees a query wait for an advisory lock that it holds, and lets it go', async () => {
    const witness = await MySqlWitness.open(database.address);
    const { id, value } = await newRow(witness);
    await witness.hold('advisory', NONCE, id);
    await client(async (connection) => {
      const answer = connection.query(
        `${comment} SELECT GET_LOCK('${witness.lockName(NONCE)}', 50) AS got, (SELECT value FROM ${witness.table} WHERE id = ${id}) AS value`,
      );
      await until('it is seen waiting', async () => (await witness.waiting(NONCE, 'advisory')).length === 1);
      assert.deepEqual(await witness.waiting('0000000000000000', 'advisory'), []);
      await witness.release(NONCE);
      assert.deepEqual((await answer)[0], [{ got: 1, value }]);
    });
    await witness.close();
    assert.deepEqual(await tables(), []);
  });

  test('sees a query wait for a row that it holds, and lets it go', async () => {
    const witness = await MySqlWitness.open(database.address);
    const { id, value } = await newRow(witness);
    await witness.hold('row', NONCE, id);
    await client(async (connection) => {
      assert.deepEqual(await witness.waiting(NONCE, 'row'), []);
      const answer = connection.query(`${comment} SELECT value FROM ${witness.table} WHERE id = ${id} FOR UPDATE`);
      await until('it is seen waiting', async () => (await witness.waiting(NONCE, 'row')).length === 1);
      await witness.release(NONCE);
      assert.deepEqual((await answer)[0], [{ value }]);
    });
    await witness.close();
  });

  test('ends the sessions of a run that still execute, and those of no other', async () => {
    const witness = await MySqlWitness.open(database.address);
    await client(async (mine) => {
      await client(async (other) => {
        const killed = mine.query(`${comment} SELECT SLEEP(1000)`).catch(({ message }: Error) => message);
        const spared = other.query('/* greenspec 0000000000000000 main 1 */ SELECT SLEEP(0.5)');
        await until('it runs', async () => (await witness.active(NONCE)).length === 1);
        await witness.end(NONCE);
        await killed;
        await until('it is gone', async () => (await witness.active(NONCE)).length === 0);
        await spared;
      });
    });
    await witness.close();
  });

  test('a table whose greenspec was killed is an orphan, and the next one drops it; one that is alive is not', async () => {
    const alive = await MySqlWitness.open(database.address);
    await ask(database.address, 'CREATE TABLE greenspec_0123456789ab_rows (id INT)');
    assert.equal((await tables()).length, 2);
    const next = await MySqlWitness.open(database.address);
    assert.deepEqual((await tables()).sort(), [alive.table, next.table].sort());
    await Promise.all([alive.close(), next.close()]);
    assert.deepEqual(await tables(), []);
  });

  test('sessions that somebody kills: the database is at fault, and the table goes all the same', async () => {
    const witness = await MySqlWitness.open(database.address);
    const { table } = witness;
    for (const id of await others()) await ask(database.address, `KILL ${id}`).catch(() => {});
    await assert.rejects(newRow(witness), ({ facts }: Fault) => facts.party === 'database');
    assert.ok((await tables()).includes(table));
    await witness.close();
    assert.ok(!(await tables()).includes(table));
  });

  test('a server that refuses: the database is at fault, and no session is left', async () => {
    const error = await MySqlWitness.open({ ...database.address, password: 'wrong' }).catch((fault: Fault) => fault);
    assert.ok(error instanceof Error);
    assert.deepEqual([error.facts.party, error.facts.what], ['database', 'the MySQL server cannot be used']);
    assert.match(String(error.cause), /Access denied/);
  });

  test('a user who may make no table: the database is at fault, and no session is left', async () => {
    const address = { ...database.address, database: 'information_schema' };
    await assert.rejects(MySqlWitness.open(address), ({ facts }: Fault) => facts.party === 'database');
    await until('no session is left', async () => (await others()).length === 0);
  });

  test('a server that hangs holds up nobody longer than is said', async (t) => {
    const own = await local.open({});
    t.after(() => own.close());
    const witness = await MySqlWitness.open(own.address, 300);
    const servers = processesWith(`--port=${own.address.port} `);
    for (const pid of servers) process.kill(pid, 'SIGSTOP');
    await assert.rejects(newRow(witness), ({ facts, cause }: Fault) => {
      assert.deepEqual([facts.party, facts.what], ['database', 'the MySQL server was lost']);
      assert.match(String(cause), /no answer within 0.3 s/);
      return true;
    });
    await assert.rejects(MySqlWitness.open(own.address, 300), ({ facts }: Fault) => facts.party === 'database');
    await witness.close();
  });
})();
