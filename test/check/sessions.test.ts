import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { formatUrl, parseUrl } from '../../src/database/address';
import { Greenspec } from '../cli/support';

const url = process.env.GREENSPEC_MYSQL;
const NO_SERVER = 'GREENSPEC_MYSQL=mysql://user:password@host:port/database is not set';

/** Milliseconds that a busy server takes for each answer: many looks at a process that waits for it. */
const SLOW = 60;

/** The address of a server that is as the one at hand, only slow. */
async function slowServer(t: TestContext): Promise<string> {
  const address = parseUrl(url ?? '');
  const server = createServer((client) => {
    const upstream = connect(address.port, address.host);
    client.pipe(upstream);
    upstream.on('data', (bytes) => void pause(SLOW).then(() => client.write(bytes)));
    upstream.on('close', () => void pause(SLOW).then(() => client.destroy()));
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('close', () => upstream.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return formatUrl({ ...address, host: '127.0.0.1', port: (server.address() as AddressInfo).port });
}

test('an adapter that waits for a slow server is sound', { skip: url === undefined && NO_SERVER }, async (t) => {
  const greenspec = new Greenspec(t);
  const mysql = ['--mysql', await slowServer(t)];
  const { code, output } = await greenspec.run(['check', 'reference', '--only', 'leaves open', ...mysql]);
  assert.equal(code, 0, output);
  assert.match(output, /✓ connections that a program leaves open are closed when it has ended/);
});
