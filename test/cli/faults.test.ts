import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Database } from '../../src/database/database';
import { findServers } from '../../src/database/find-servers';
import { local } from '../../src/database/local';
import { leaveOut, processesWith } from '../database/support';
import { ask, marked, until } from '../runtime/support';
import { counts, Greenspec, occurrences, urlOf } from './support';

void (async () => {
  if ((await findServers()).length === 0) {
    leaveOut('greenspec run with faults', 'there is no mysqld and no mariadbd on this machine');
    return;
  }
  let database: Database;
  let mysql: string[];
  before(async () => {
    database = await local.open({});
    mysql = ['--mysql', urlOf(database.address)];
  });
  after(() => database.close());

  describe('the run goes on', { concurrency: 2 }, () => {
    test('an honest adapter conforms', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('none', [...mysql, '--tags', '@YT-3a or @MY-3']);
      const { code, output } = await greenspec.end();
      assert.equal(code, 0, output);
      assert.match(output, /scripted conforms: 7 pass, 5 not-applicable/);
      await greenspec.nothingLeft();
    });

    test('a command that does not exist: told once, and nothing is judged', async (t) => {
      const greenspec = new Greenspec(t);
      const args = ['run', 'scripted', '--reports', greenspec.reports, ...mysql, '--', 'no-such-command', 'at-all'];
      const { code, output } = await greenspec.run(args);
      assert.equal(code, 3, output);
      assert.equal(occurrences(output, 'cannot be started'), 1);
      assert.match(output, /user: the adapter of scripted cannot be started\n[\s\S]*came: no-such-command at-all/);
      assert.match(output, /scripted is not judged: no scenario was run/);
      assert.deepEqual([greenspec.result().verdict, greenspec.result().fault?.party], ['inconclusive', 'user']);
      await greenspec.nothingLeft();
    });

    test('an adapter whose log would act on the terminal: it is shown, and does not', async (t) => {
      const greenspec = new Greenspec(t);
      const script = "process.stderr.write('\\u001b[31mred\\u0007\\n'); process.exit(3)";
      const args = ['run', 'scripted', '--reports', greenspec.reports, ...mysql, '--', process.execPath, '-e', script];
      const { code, output } = await greenspec.run(args);
      assert.equal(code, 3, output);
      assert.match(output, /\ufffd\[31mred\ufffd/);
      assert.doesNotMatch(output.replaceAll('\n', ''), /\p{Cc}/u);
      await greenspec.nothingLeft();
    });

    test('an adapter that dies at its start: told once, with the end of its log, and nothing is judged', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('exit-at initialize', mysql);
      const { code, output } = await greenspec.end();
      assert.equal(code, 3, output);
      assert.equal(occurrences(output, 'the adapter says goodbye'), 1);
      assert.equal(greenspec.result().fault?.party, 'adapter');
      await greenspec.nothingLeft();
    });

    test('an adapter that dies in mid-run: one scenario is inconclusive, the others keep their verdicts', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('exit-at first run', [...mysql, '--tags', '@YT-3a']);
      const { code, output } = await greenspec.end();
      assert.equal(code, 3, output);
      assert.match(output, /the adapter of scripted ended before it answered run/);
      const result = greenspec.result();
      assert.deepEqual(counts(result), { pass: 5, inconclusive: 1 });
      assert.equal(result.scenarios[0]?.claims[0]?.fault?.party, 'adapter');
      await greenspec.nothingLeft();
    });

    test('a program that is proven stuck fails, and greenspec says where it stands', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('sleep-at run', [...mysql, '--tags', '@YT-3a and @should']);
      const { code, output } = await greenspec.end();
      assert.equal(code, 1, output);
      assert.match(output, /stuck at end-of-\S+ of main/);
      assert.match(output, /scripted does not conform: 3 fail/);
      await greenspec.nothingLeft();
    });

    test('an adapter that hangs is given up at the deadline that is asked for', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('compute-at second run', [...mysql, '--tags', '@YT-3a and @should', '--deadline', '1']);
      const { code, output } = await greenspec.end();
      assert.equal(code, 3, output);
      assert.match(output, /had not ended after 1 s/);
      assert.deepEqual(counts(greenspec.result()), { pass: 1, inconclusive: 2 });
      await greenspec.nothingLeft();
    });

    test('an adapter that does not shut down: told, and the verdicts stand', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('ignores shutdown', [...mysql, '--tags', '@YT-3a']);
      const { code, output } = await greenspec.end();
      assert.equal(code, 0, output);
      assert.match(output, /adapter: the adapter of scripted did not end\n {2}expected: its end within 2 s/);
      assert.equal(greenspec.result().verdict, 'pass');
      await greenspec.nothingLeft();
    });

    test('without procfs: said at the start, what needs the kernel stays open, the rest is judged', async (t) => {
      const greenspec = new Greenspec(t);
      const args = [...mysql, '--tags', '@YT-3a or @YT-3b', '--deadline', '5'];
      greenspec.startScripted('none', args, { GREENSPEC_PROCFS: '/nowhere/proc' });
      const { code, output } = await greenspec.end();
      assert.equal(code, 3, output);
      assert.match(output, /^there is no procfs at \/nowhere\/proc/);
      const result = greenspec.result();
      assert.equal(result.platform.procfs, false);
      assert.deepEqual(counts(result), { pass: 6, inconclusive: 1 });
      assert.match(result.scenarios.at(-1)?.reason ?? '', /procfs/);
      await greenspec.nothingLeft();
    });

    test('a database that refuses: told once, what needs none is judged', async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('none', ['--mysql', 'mysql://me:secret@127.0.0.1:1/there', '--tags', '@YT-3a or @MY-3']);
      const { code, output } = await greenspec.end();
      assert.equal(code, 3, output);
      assert.equal(occurrences(output, 'start the server, or correct the address'), 1);
      assert.doesNotMatch(output, /secret/);
      const result = greenspec.result();
      assert.equal(result.database, null);
      assert.deepEqual(counts(result), { pass: 6, inconclusive: 1, 'not-applicable': 5 });
      assert.match(result.scenarios.at(-1)?.reason ?? '', /database: there is no MySQL server for this/);
      await greenspec.nothingLeft();
    });

    test('a database that dies in mid-run: what needs none keeps its verdict', async (t) => {
      const own = await local.open({});
      t.after(() => own.close());
      const greenspec = new Greenspec(t);
      greenspec.startScripted('none', ['--mysql', urlOf(own.address), '--tags', '@YT-3a or @MY-3']);
      await marked(greenspec.marks, 'run');
      for (const pid of processesWith(`--port=${own.address.port} `)) process.kill(pid, 'SIGKILL');
      const { code, output } = await greenspec.end();
      assert.equal(code, 3, output);
      assert.match(output, /database: the MySQL server was lost/);
      assert.deepEqual(counts(greenspec.result()), { pass: 6, inconclusive: 1, 'not-applicable': 5 });
      await greenspec.nothingLeft();
    });
  });

  test('at the server, nothing is left of all this', async () => {
    const others = 'SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID()';
    await until('no session is left', async () => (await ask(database.address, others)).length === 0);
    assert.deepEqual(await ask(database.address, "SHOW TABLES LIKE 'greenspec%'"), []);
  });
})();
