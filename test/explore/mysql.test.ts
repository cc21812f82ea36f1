import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MySqlContainer } from '@testcontainers/mysql';
import { parseUrl } from '../../src/database/address';
import { mishapsOf } from '../../src/explore/outcome';
import { readSchedule, writeSchedule } from '../../src/explore/schedule';
import { Enumeration } from '../../src/explore/search';
import { timelineOf } from '../../src/explore/timeline';
import { Fault } from '../../src/fault/fault';
import { Explorable } from '../../src/program/explorable';
import { type SmallProgram, smallProgramOf } from '../../src/program/small-program';
import type { Driver } from '../../src/program/step';
import { ROOT } from '../../src/project';
import { shippedRuntimes } from '../../src/runtime/shipped';
import { explore, fewestSwitches, gateExplorer, replay } from '../../src/session/explore';
import { openSession, type Session } from '../../src/session/session';
import { entriesOf } from '../../src/trace/questions';
import { IMAGE, imageIsThere, leaveOut } from '../database/support';

const URL = process.env.GREENSPEC_MYSQL;
const DEADLOCK = 'a transaction is ended by MySQL with 1213';

/** A program that is shipped, through a driver. */
function example(name: string, driver: Driver): SmallProgram {
  const text = readFileSync(join(ROOT, 'examples', `${name}.json`), 'utf8').replaceAll('"native"', `"${driver}"`);
  const { rows = {}, outcome, ...program } = Explorable.parse(JSON.parse(text));
  const first = Object.fromEntries(Object.entries(rows).map(([key, value]) => [key, String(value)]));
  return smallProgramOf(program, { rows: first, wanted: outcome });
}

for (const { command, missing } of shippedRuntimes().filter(({ command }) =>
  ['reference', 'eventlet'].includes(command.name),
))
  for (const driver of ['native', 'thread-pool'] as const)
    describe(`orders of transactions on ${command.name}, ${driver}`, {
      skip: URL === undefined ? 'GREENSPEC_MYSQL names no server' : missing === undefined ? false : 'not installed',
    }, () => {
      let session: Session;
      before(async () => {
        session = await openSession(command, parseUrl(URL ?? ''));
      });
      after(() => session.close());

      it('are ended by MySQL with 1213 where rows are locked in opposite order, found, minimised and replayed', async () => {
        const small = example('rows-in-opposite-order', driver);
        const explorer = gateExplorer(session.bench);
        const { findings, strayed, unlike } = await explore(explorer, small, new Enumeration({ reduce: true }));
        assert.deepEqual([strayed, unlike], [undefined, undefined]);
        // Whoever asks for its second row last is the one that is rolled back.
        assert.deepEqual([...findings.mishaps], [[DEADLOCK, 40n]]);
        assert.equal(findings.orders, 112n);
        const [way] = findings.ways.filter(({ mishaps }) => mishaps.includes(DEADLOCK));
        assert.ok(way !== undefined);
        const least = await fewestSwitches(explorer, small, DEADLOCK, way, 100);
        assert.equal(least.switches, 1);
        const { led, record } = await replay(session.bench, small, least.example);
        assert.equal(writeSchedule(led?.schedule ?? []), writeSchedule(least.example));
        assert.ok(led !== undefined && mishapsOf(led.outcome).includes(DEADLOCK));
        assert.ok(entriesOf(record, 'row-waits').length > 0);
        assert.ok(timelineOf(record).some((line) => line.includes('raised 1213')));
      });

      it('lose an update where it is read and written in two queries, as the rows themselves show', async () => {
        const small = example('lost-update-in-mysql', driver);
        const { findings } = await explore(gateExplorer(session.bench), small, new Enumeration({ reduce: true }));
        assert.deepEqual([...findings.mishaps], [['it does not come to what it should', 12n]]);
        assert.deepEqual(
          findings.ways.map(({ outcome }) => outcome.rows).sort((a, b) => Number(a?.number) - Number(b?.number)),
          [{ number: '1' }, { number: '2' }],
        );
      });

      it('are ended by MySQL with 1205 where whoever has the row waits for a lock of the process', async () => {
        const small = example('row-and-lock', driver);
        // One waits for the lock with the row, the other for the row with the lock.
        const { led } = await replay(session.bench, small, readSchedule('ba3b2a2'));
        assert.deepEqual(led?.outcome.ended, [{ thread: 'b', code: 1205 }]);
        assert.deepEqual(led.outcome.rows, { account: '1' });
        const well = await replay(session.bench, small, readSchedule('a5b3'));
        assert.deepEqual(well.led && mishapsOf(well.led.outcome), []);
        assert.deepEqual(well.led?.outcome.rows, { account: '2' });
      });
    });

if (!imageIsThere()) leaveOut('orders of transactions by a user with few rights', `there is no ${IMAGE}`);
else
  describe('orders of transactions', () => {
    it('are not tried by a user whom the server does not tell who waits for a row', async (t) => {
      // Its own user has all rights on one schema, and no other.
      const server = await new MySqlContainer(IMAGE).withRootPassword('secret').start();
      t.after(() => server.stop());
      const [reference] = shippedRuntimes();
      assert.ok(reference !== undefined);
      const session = await openSession(reference.command, {
        host: '127.0.0.1',
        port: server.getPort(),
        user: server.getUsername(),
        password: server.getUserPassword(),
        database: server.getDatabase(),
      });
      try {
        const small = example('lost-update-in-mysql', 'native');
        await assert.rejects(
          explore(gateExplorer(session.bench), small, new Enumeration({ reduce: true })),
          (error) =>
            error instanceof Fault &&
            error.facts.party === 'database' &&
            /does not tell who waits/.test(error.facts.what),
        );
      } finally {
        await session.close();
      }
    });
  });
