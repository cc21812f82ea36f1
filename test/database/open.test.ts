import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { openNamedDatabase } from '../../src/database/open';
import type { Fault } from '../../src/fault/fault';

/** What a greenspec says that finds itself in such surroundings. */
function failing(choice: object, env: Record<string, string>): string {
  const script = join(__dirname, 'fixtures', 'failing.ts');
  const args = ['--require', 'ts-node/register', script, JSON.stringify(choice)];
  return execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } });
}

test('when nothing works, the error tells what was tried and why each failed', () => {
  const said = failing({}, { PATH: '', DOCKER_HOST: 'unix:///nowhere/docker.sock', TMPDIR: '/dev/null' });
  assert.match(said, /^environment: no MySQL server could be had$/m);
  assert.match(
    said,
    /- a container: environment: no Docker engine answers\n +came: unix:\/\/\/nowhere\/docker.sock: ENOENT/,
  );
  assert.match(said, /- a server program on this machine: environment: (no folder can be made|there is neither)/);
  assert.match(said, /- mysql-memory-server: environment: no folder can be made in \/dev\/null/);
});

test('an image that was asked for is tried alone', () => {
  const said = failing({ image: 'mysql:8.4' }, { DOCKER_HOST: 'tcp://127.0.0.1:1' });
  assert.match(said, /^environment: no Docker engine answers\n +came: tcp:\/\/127.0.0.1:1: ECONNREFUSED/);
  assert.doesNotMatch(said, /memory-server/);
});

test('nothing of testcontainers is loaded where it is not used', () => {
  assert.match(failing({ url: 'mysql://127.0.0.1:1/x' }, {}), /^testcontainers loaded: false$/m);
});

test('a server that the environment names is tried alone, an address before an image', async () => {
  const env = { GREENSPEC_MYSQL: 'mysql://127.0.0.1:1/x', GREENSPEC_MYSQL_IMAGE: 'mysql:8.4' };
  await assert.rejects(openNamedDatabase(undefined, env), ({ facts }: Fault) => {
    assert.deepEqual([facts.party, /127\.0\.0\.1:1/.test(JSON.stringify(facts))], ['database', true]);
    return true;
  });
});
