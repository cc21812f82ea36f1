import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { container } from '../../src/database/container';
import { containersPublishing, IMAGE, imageIsThere, leaveOut, one, startUser, until } from './support';

if (!imageIsThere()) leaveOut('the container', `there is no Docker engine with the image ${IMAGE}`);
else
  describe('a container', { concurrency: 2 }, () => {
    test('starts, answers, and is gone when it is closed', async () => {
      const database = await container.open({ image: IMAGE });
      assert.equal(database.provider, `container ${IMAGE}`);
      assert.equal(await one(database.address, 'SELECT DATABASE()'), database.address.database);
      await Promise.all([database.close(), database.close()]);
      await assert.rejects(one(database.address, 'SELECT 1'));
    });

    for (const signal of ['SIGKILL', 'SIGTERM'] as const)
      test(`goes when greenspec is ended with ${signal}`, async () => {
        const { child, address } = await startUser({ image: IMAGE });
        const [id = 'none'] = containersPublishing(address.port);
        assert.notEqual(id, 'none');
        child.kill(signal);
        await until('the container is gone', () => containersPublishing(address.port).length === 0);
      });

    test('an image that cannot be had is told', async () => {
      await assert.rejects(container.open({ image: 'greenspec.invalid/no-such:image' }), {
        message: 'no container of greenspec.invalid/no-such:image could be had',
      });
    });
  });
