import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Fault } from '../../src/fault/fault';
import { endAll } from '../../src/guardian/orderly';
import { openSession } from '../../src/session/session';
import { marked, NO_DATABASE, openScripted, run, runs, scripted } from '../runtime/support';

describe('a session', () => {
  test('leaves no folder and no process, closed once or more often', async (t) => {
    const session = await openScripted(t, 'none');
    const { folder } = session;
    const { pid } = await run(session);
    assert.ok(existsSync(folder) && runs(pid));
    assert.deepEqual(await Promise.all([session.close(), session.close()]), [[], []]);
    assert.ok(!existsSync(folder) && !runs(pid));
  });

  test('a server that cannot be reached is a fact of the bench, not the end of the session', async (t) => {
    const nowhere = { host: '127.0.0.1', port: 1, user: 'me', password: '', database: 'there' };
    const session = await openScripted(t, 'none', {}, nowhere);
    const { database } = session.bench;
    assert.ok('facts' in database);
    assert.deepEqual([database.facts.party, database.facts.what], ['database', 'the MySQL server cannot be used']);
    assert.equal((await run(session)).end.kind, 'completed');
  });

  test('an adapter that cannot be started is told by whoever takes it, not by the session', async (t) => {
    const command = { ...scripted(t).command, command: 'no-such-command' };
    const session = await openSession(command, NO_DATABASE);
    await assert.rejects(session.bench.pool.take(), ({ facts }: Fault) => facts.party === 'user');
    assert.deepEqual(await session.close(), []);
  });

  test('Ctrl-C ends it, and no process can be had of it any more', async (t) => {
    const session = await openScripted(t, 'none');
    const { pid } = await run(session);
    await endAll();
    assert.ok(!runs(pid) && !existsSync(session.folder));
    await assert.rejects(run(session), ({ facts }: Fault) => facts.what === 'interrupted');
  });

  test('Ctrl-C while it is opened: there is none', async (t) => {
    const { command, marks } = scripted(t, 'hang-at initialize');
    const opening = openSession(command, NO_DATABASE).catch((fault: Fault) => fault.facts.what);
    await endAll();
    assert.equal(await opening, 'interrupted');
    assert.ok(!existsSync(`${marks}/initialize`) || !runs(await marked(marks, 'initialize')));
  });
});
