import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionPool } from '../../reference-impl/db-pool';
import { type Green, sleep, spawn } from '../../reference-impl/greenthread';
import { type Address, blocking, type Connection, green, threaded } from '../../reference-impl/mysql';
import { run, together } from './green';

const url = process.env.GREENSPEC_MYSQL;
if (url === undefined)
  console.log('GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set: nothing here is tested');
else testWith(addressOf(new URL(url)));

function testWith(address: Address): void {
  for (const [name, connect] of [
    ['the C library', blocking],
    ['the native driver', green],
    ['the C library in a pool of threads', threaded],
  ] as const) {
    test(`${name} gives rows as lists of strings, numbers and nulls`, async () => {
      const sql = `SELECT 1, 'x', NULL, 9007199254740993, CAST(2 AS DECIMAL(5,2)), DATE '2016-07-01', x'6162', 0.5e0`;
      await use(
        () => connect(address),
        function* (connection) {
          assert.deepEqual(yield* connection.query(sql), [
            [1, 'x', null, '9007199254740993', '2.00', '2016-07-01', 'ab', 0.5],
          ]);
          assert.equal(yield* connection.query('DO 1'), null);
          assert.deepEqual(yield* connection.query('SELECT 1 FROM dual WHERE 1 = 0'), []);
        },
      );
    });

    test(`${name} throws MySQL's number`, async () => {
      await use(
        () => connect(address),
        function* (connection) {
          assert.equal(yield* codeOf(connection.query('SELECT nonsense')), 1054);
          assert.deepEqual(yield* connection.query('SELECT 2'), [[2]], 'and goes on');
        },
      );
      assert.equal(await run(() => codeOf(connect({ ...address, port: 1 }))), 2003);
    });

    test(`${name} survives a connection that the server ends`, async () => {
      await use(
        () => connect(address),
        function* (connection) {
          const victim = yield* connect(address);
          const [[id] = []] = (yield* victim.query('SELECT CONNECTION_ID()')) ?? [];
          yield* connection.query(`KILL ${id}`);
          assert.equal(yield* codeOf(victim.query('SELECT 1')), 2013);
          assert.equal(yield* codeOf(victim.query('SELECT 1')), 2013, 'and so ever after');
          yield* victim.close();
          assert.deepEqual(yield* connection.query('SELECT 3'), [[3]]);
        },
      );
    });
  }

  test('nobody runs while the C library waits for the server', async () => {
    assert.equal(await slicesDuringQuery(() => blocking(address)), 0);
  });

  for (const [name, connect] of [
    ['the native driver', green],
    ["the pool's thread", threaded],
  ] as const) {
    test(`others run while ${name} waits for the server`, async () => {
      assert.ok((await slicesDuringQuery(() => connect(address))) > 10);
    });
  }

  for (const [name, connect] of [
    ['blocking', blocking],
    ['threaded', threaded],
  ] as const) {
    test(`a pool lends ${name} connections in the order of asking, as many as it may`, async () => {
      const pool = new ConnectionPool(() => connect(address), 2);
      const order: number[] = [];
      const ids = new Set<unknown>();
      const borrow = (number: number) =>
        function* (): Green<void> {
          const connection = yield* pool.get();
          order.push(number);
          ids.add((yield* connection.query('SELECT CONNECTION_ID()'))?.[0]?.[0]);
          yield* connection.close();
        };
      await together(...[1, 2, 3, 4, 5, 6].map(borrow));
      assert.deepEqual(
        order.filter((number) => number > 2),
        [3, 4, 5, 6],
      );
      assert.ok(ids.size <= 2);
      await run(() => pool.clear());
    });
  }

  test('a pool leaves out a connection that broke, and ends the transaction of one that is given back', async () => {
    const pool = new ConnectionPool(() => threaded(address), 1);
    await use(
      () => blocking(address),
      function* (other) {
        const broken = yield* pool.get();
        const [[id] = []] = (yield* broken.query('SELECT CONNECTION_ID()')) ?? [];
        yield* other.query(`KILL ${id}`);
        yield* broken.close();
        const next = yield* pool.get();
        assert.notDeepEqual(yield* next.query('SELECT CONNECTION_ID()'), [[id]]);
        yield* next.query('CREATE TEMPORARY TABLE lent (n INT) ENGINE = InnoDB');
        yield* next.query('START TRANSACTION');
        yield* next.query('INSERT INTO lent VALUES (1)');
        yield* next.close();
        const again = yield* pool.get();
        assert.deepEqual(yield* again.query('SELECT COUNT(*) FROM lent'), [[0]]);
        yield* again.close();
        yield* pool.clear();
      },
    );
  });

  test('who waits for a connection gets a turn although the one before could open none', async () => {
    const pool = new ConnectionPool(() => threaded({ ...address, port: 1 }), 1);
    assert.deepEqual(
      await together(
        () => codeOf(pool.get()),
        () => codeOf(pool.get()),
      ),
      [2003, 2003],
    );
  });
}

/** How often a ready green thread runs while another's query is under way. */
function slicesDuringQuery(connect: () => Green<Connection>): Promise<number> {
  return run(function* () {
    const connection = yield* connect();
    let slices = 0;
    let over = false;
    const ready = spawn(function* () {
      while (!over) {
        yield* sleep(0);
        slices += 1;
      }
    });
    yield* sleep(0);
    const before = slices;
    yield* connection.query('DO SLEEP(0.1)');
    const during = slices - before;
    over = true;
    yield* ready.wait();
    yield* connection.close();
    return during;
  });
}

function use(connect: () => Green<Connection>, body: (connection: Connection) => Green<void>): Promise<void> {
  return run(function* () {
    const connection = yield* connect();
    try {
      yield* body(connection);
    } finally {
      yield* connection.close();
    }
  });
}

function* codeOf(call: Green<unknown>): Green<unknown> {
  try {
    yield* call;
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

function addressOf({ hostname, port, username, password, pathname }: URL): Address {
  return {
    host: hostname,
    port: Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1),
  };
}
