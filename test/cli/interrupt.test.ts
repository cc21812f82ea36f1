import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Database } from '../../src/database/database';
import { findServers } from '../../src/database/find-servers';
import { local } from '../../src/database/local';
import { leaveOut } from '../database/support';
import { ask, marked, runs, until } from '../runtime/support';
import { counts, Greenspec, urlOf } from './support';

void (async () => {
  if ((await findServers()).length === 0) {
    leaveOut('Ctrl-C', 'there is no mysqld and no mariadbd on this machine');
    return;
  }
  let database: Database;
  let mysql: string[];
  before(async () => {
    database = await local.open({});
    mysql = ['--mysql', urlOf(database.address)];
  });
  after(() => database.close());

  const tables = (): Promise<unknown[]> => ask(database.address, "SHOW TABLES LIKE 'greenspec%'");
  const noSession = (): Promise<void> => {
    const others = 'SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID()';
    return until('no session is left', async () => (await ask(database.address, others)).length === 0);
  };
  /** One Ctrl-C: the code of it, and not a word of blame. */
  const interrupt = async (greenspec: Greenspec, blame = /adapter: |database: /): Promise<void> => {
    greenspec.signal('SIGINT');
    const { code, output } = await greenspec.end();
    assert.equal(code, 130, output);
    assert.match(output, /SIGINT: ending what was started; once more to leave at once/);
    assert.doesNotMatch(output, /defect|\n {4}at /);
    assert.doesNotMatch(output, blame);
  };

  describe('Ctrl-C', { concurrency: 2 }, () => {
    test('while the database starts', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('none', ['--tags', '@YT-3a']);
      await until('a server is started', () =>
        greenspec.temporaries().some((name) => name.startsWith('greenspec-mysql')),
      );
      await interrupt(greenspec);
      await greenspec.nothingLeft();
    });

    test('while the adapter starts', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('hang-at initialize', mysql);
      const adapter = await marked(greenspec.marks, 'initialize');
      await interrupt(greenspec);
      assert.ok(!runs(adapter));
      const { verdict, fault, scenarios } = greenspec.result();
      assert.deepEqual([verdict, fault?.party, fault?.what, scenarios], ['inconclusive', 'user', 'interrupted', []]);
      await greenspec.nothingLeft();
    });

    test('in mid-run: the results in hand survive', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('compute-at second run', [...mysql, '--tags', '@YT-3a']);
      const adapter = await marked(greenspec.marks, 'second');
      await interrupt(greenspec);
      assert.ok(!runs(adapter));
      const result = greenspec.result();
      assert.deepEqual(
        [result.verdict, result.fault?.party, result.fault?.what],
        ['inconclusive', 'user', 'interrupted'],
      );
      assert.deepEqual(counts(result), { pass: 1 });
      await greenspec.nothingLeft();
    });

    test('in mid-run, with a server of its own', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('compute-at run', ['--tags', '@YT-3a']);
      await marked(greenspec.marks, 'run');
      await interrupt(greenspec);
      await greenspec.nothingLeft();
    });

    test('at the end: the results are there', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('ignores shutdown', [...mysql, '--tags', '@YT-3a']);
      await marked(greenspec.marks, 'shutdown');
      await interrupt(greenspec, /database: /);
      assert.deepEqual(counts(greenspec.result()), { pass: 6 });
      await greenspec.nothingLeft();
    });

    test('twice: at once, and the guardian ends the rest', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('ignores shutdown', [...mysql, '--tags', '@YT-3a']);
      const adapter = await marked(greenspec.marks, 'shutdown');
      greenspec.signal('SIGINT');
      greenspec.signal('SIGTERM');
      const { code } = await greenspec.end();
      assert.ok(code === 130 || code === 143, String(code));
      assert.equal(greenspec.result().fault?.what, 'interrupted');
      await greenspec.nothingLeft();
      assert.ok(!runs(adapter));
    });
  });

  test('killed: its sessions end with it, and the next one drops the table that it could not', async (t) => {
    const killed = new Greenspec(t);
    killed.startScripted('compute-at run', [...mysql, '--tags', '@YT-3a']);
    const adapter = await marked(killed.marks, 'run');
    // Of those before it nothing is left: this is its own.
    const before = await tables();
    assert.equal(before.length, 1);
    killed.signal('SIGKILL');
    assert.equal((await killed.end()).code, 'SIGKILL');
    await killed.nothingLeft();
    assert.ok(!runs(adapter));
    await noSession();
    assert.deepEqual(await tables(), before);
    const next = new Greenspec(t);
    next.startScripted('none', [...mysql, '--tags', '@YT-3a']);
    assert.equal((await next.end()).code, 0);
    await next.nothingLeft();
    await noSession();
    assert.deepEqual(await tables(), []);
  });
})();
