import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { local } from '../../src/database/local';
import { openDatabase } from '../../src/database/open';
import { Fault } from '../../src/fault/fault';
import { folderOf, leaveOut, one, processesWith, serverIsThere, startUser, until } from './support';

async function register(): Promise<void> {
  if (!(await serverIsThere())) return leaveOut('the local server', 'there is neither mysqld nor mariadbd');

  describe('a server program on this machine', { concurrency: 2 }, () => {
    test('starts, answers, and leaves neither process nor folder behind', async () => {
      const database = await local.open({});
      const folder = folderOf(database.address.port);
      assert.equal(await one(database.address, 'SELECT DATABASE()'), database.address.database);
      assert.match(database.server.version, /^\d+\.\d+/);
      assert.match(database.provider, /^\/.* in a temporary folder$/);
      await Promise.all([database.close(), database.close()]);
      await database.close();
      assert.deepEqual(processesWith(folder), []);
      assert.ok(!existsSync(folder));
    });

    test('two at once are two', async () => {
      const both = await Promise.all([local.open({}), local.open({})]);
      try {
        const [a, b] = both.map(({ address }) => address);
        assert.ok(a !== undefined && b !== undefined && a.port !== b.port);
        await one(a, 'SELECT 1');
        await one(b, 'SELECT 1');
        await assert.rejects(one({ ...a, password: b.password }, 'SELECT 1'), { code: 'ER_ACCESS_DENIED_ERROR' });
      } finally {
        await Promise.all(both.map((database) => database.close()));
      }
    });

    test('lets nobody in without a password', async () => {
      const database = await local.open({});
      try {
        for (const user of ['root', '', 'mysql'])
          await assert.rejects(one({ ...database.address, user, password: '', database: '' }, 'SELECT 1'), {
            code: 'ER_ACCESS_DENIED_ERROR',
          });
      } finally {
        await database.close();
      }
    });

    for (const signal of ['SIGKILL', 'SIGINT'] as const)
      test(`goes when greenspec is ended with ${signal}`, async () => {
        const { child, address } = await startUser({}, { DOCKER_HOST: 'unix:///nowhere' });
        const folder = folderOf(address.port);
        child.kill(signal);
        await until('the folder is gone', () => !existsSync(folder));
        await until('the processes are gone', () => processesWith(folder).length === 0);
      });

    test('can be used by its address like any other, with what a mistake in it leads to', async () => {
      const { address, server, close } = await local.open({});
      const { host, port, user, password, database } = address;
      const url = (word: string, name: string) => `mysql://${user}:${word}@${host}:${port}/${name}`;
      try {
        const used = await openDatabase({ url: url(password, database) });
        assert.deepEqual([used.address, used.server], [address, server]);
        await used.close();
        await one(address, 'SELECT 1');
        const faults = [url('wrong', database), url(password, 'absent')].map((text) => openDatabase({ url: text }));
        for (const fault of await Promise.allSettled(faults)) {
          assert.ok(fault.status === 'rejected' && fault.reason instanceof Fault);
          assert.equal(fault.reason.facts.party, 'user');
        }
      } finally {
        await close();
      }
    });
  });
}

register().catch((error: unknown) => {
  throw error;
});
