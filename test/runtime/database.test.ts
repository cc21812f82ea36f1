import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RowDataPacket } from 'mysql2/promise';
import type { Database } from '../../src/database/database';
import { findServers } from '../../src/database/find-servers';
import { local } from '../../src/database/local';
import type { Fault } from '../../src/fault/fault';
import { queries } from '../../src/program/activities';
import { compose } from '../../src/program/compose';
import type { Plan, PlanFacts } from '../../src/program/plan';
import type { Step } from '../../src/program/step';
import { endsWithError, givesRow, queriesAtOnce } from '../../src/trace/claims/mysql';
import { judge } from '../../src/verdict/judge';
import { leaveOut, processesWith } from '../database/support';
import { ask, cutBy, openScripted, plan, run, runs, until } from './support';

const waiting = (facts: PlanFacts): Plan =>
  compose({ ready: 0, pending: 0, activity: (known) => queries('native', 'advisory', known) }, facts);

/** The same, but nobody ever lets go. */
const waitingForEver = (facts: PlanFacts): Plan => ({
  ...waiting(facts),
  acts: waiting(facts).acts.filter(({ act }) => act !== 'release'),
});

const COMPUTES_THEN_ASKS: Step[] = [
  { do: 'connect', connection: 'db', driver: 'native' },
  { do: 'touch', what: 'log' },
  { do: 'compute', until: 'go' },
  { do: 'attempt', steps: [{ do: 'query', label: 'it', connection: 'db', sql: 'SELECT 1' }] },
];

async function kill({ address }: Database): Promise<void> {
  const found = processesWith(`--port=${address.port} `);
  for (const pid of found) process.kill(pid, 'SIGKILL');
  await until('the server is dead', () => !found.some(runs));
}

const sessions = (rows: RowDataPacket[]): RowDataPacket[] => rows.filter(({ User }) => User === 'greenspec');

void (async () => {
  if ((await findServers()).length === 0) {
    leaveOut('runs with a database', 'there is no mysqld and no mariadbd on this machine');
    return;
  }
  let database: Database;
  before(async () => {
    database = await local.open({});
  });
  after(() => database.close());

  /** No session but the one that asks, and no table: there is nothing of greenspec's left. */
  const nothingLeft = async (): Promise<void> => {
    await until(
      'no session is left',
      async () => sessions(await ask(database.address, 'SHOW PROCESSLIST')).length === 1,
    );
    assert.deepEqual(await ask(database.address, 'SHOW TABLES'), []);
  };

  test('a query that waits for what the suite holds: seen, let go, and nothing is left', async (t) => {
    const session = await openScripted(t, 'none', {}, database.address);
    const record = await run(session, waiting);
    assert.equal(record.end.kind, 'completed');
    assert.equal(judge(record, { says: 'seen', judge: (seen) => queriesAtOnce(seen, 1) }).verdict, 'pass');
    assert.equal(judge(record, { says: 'row', judge: givesRow }).verdict, 'pass');
    await session.close();
    await nothingLeft();
  });

  test('an adapter that dies while its query waits leaves no session that goes on', async (t) => {
    const session = await openScripted(t, 'none', {}, database.address);
    const record = run(session, waitingForEver);
    await until('the query waits', async () =>
      sessions(await ask(database.address, 'SHOW FULL PROCESSLIST')).some(({ State }) => State === 'User lock'),
    );
    const adapter = await session.bench.pool.take();
    process.kill(adapter?.process.pid ?? 0, 'SIGKILL');
    assert.match(cutBy(await record).what, /ended before it answered run/);
    await until('its sessions are gone', async () =>
      sessions(await ask(database.address, 'SHOW FULL PROCESSLIST')).every(({ Info }) => !/GET_LOCK/.test(Info ?? '')),
    );
    assert.equal((await run(session, waiting)).end.kind, 'completed');
    await session.close();
    await nothingLeft();
  });

  test('programs that ask no queries take no rows', async (t) => {
    const session = await openScripted(t, 'none', {}, database.address);
    assert.equal((await run(session)).challenges.rows, undefined);
    const { database: bench } = session.bench;
    assert.ok('witness' in bench);
    assert.deepEqual(await ask(database.address, `SELECT * FROM ${bench.witness.table}`), []);
  });

  test('a database that refuses: only the programs that would use it are not run', async (t) => {
    const refused = { ...database.address, password: 'wrong' };
    const session = await openScripted(t, 'none', {}, refused);
    assert.equal((await run(session)).end.kind, 'completed');
    await assert.rejects(run(session, waiting), ({ facts }: Fault) => {
      assert.equal(facts.party, 'database');
      assert.match(facts.what, /there is no MySQL server for this: the MySQL server cannot be used/);
      return true;
    });
  });

  test('a database that dies while a query waits: it is at fault, and only for those who use it', async (t) => {
    const own = await local.open({});
    t.after(() => own.close());
    const session = await openScripted(t, 'none', {}, own.address);
    const record = run(session, waitingForEver);
    await until('the query waits', async () =>
      sessions(await ask(own.address, 'SHOW PROCESSLIST')).some(({ State }) => State === 'User lock'),
    );
    await kill(own);
    const cut = await record;
    const { party, what } = cutBy(cut);
    assert.deepEqual({ party, what }, { party: 'database', what: 'the MySQL server was lost' });
    // The adapter had its query end with an error, of which nothing follows.
    const result = judge(cut, { says: 'ends with error 1205', judge: (of) => endsWithError(of, 1205) });
    assert.deepEqual([result.verdict, result.fault?.party], ['inconclusive', 'database']);
    assert.equal((await run(session)).end.kind, 'completed');
    await assert.rejects(run(session, waiting), ({ facts }: Fault) => facts.party === 'database');
    await session.close();
  });

  test('a database that dies after the last look at it is found dead at the end', async (t) => {
    const own = await local.open({});
    t.after(() => own.close());
    const session = await openScripted(t, 'none', {}, own.address);
    const record = run(session, plan(COMPUTES_THEN_ASKS));
    const folder = (): string => join(session.folder, readdirSync(session.folder)[0] ?? '');
    await until('it is connected, and says so', () => existsSync(join(folder(), 'log.txt')));
    await kill(own);
    writeFileSync(join(folder(), 'flag-go'), '');
    const { party, what } = cutBy(await record);
    assert.deepEqual({ party, what }, { party: 'database', what: 'the MySQL server was lost' });
    assert.ok((await record).entries.some((entry) => entry.kind === 'event' && entry.event.phase === 'raised'));
  });
})();
