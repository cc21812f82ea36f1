import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { type Arrival, GateServer, Gates } from '../../src/witness/gates';
import { until } from '../runtime/support';

const NONCE = '0123456789abcdef';

interface Seen {
  readonly arrived: Arrival[];
  readonly opened: { readonly thread: string; readonly token: string }[];
}

async function listen(t: TestContext): Promise<{ server: GateServer; gates: Gates; seen: Seen }> {
  const seen: Seen = { arrived: [], opened: [] };
  const gates = new Gates({
    arrived: (arrival) => seen.arrived.push(arrival),
    opened: ({ thread }, token) => seen.opened.push({ thread, token }),
  });
  const server = await GateServer.listen();
  t.after(() => server.close());
  server.enter(NONCE, gates);
  return { server, gates, seen };
}

async function come({ address }: GateServer, hello: string): Promise<Socket> {
  const socket = connect(address.port, address.host);
  await once(socket, 'connect');
  socket.on('error', () => {});
  socket.write(hello);
  return socket;
}

async function line(socket: Socket): Promise<string> {
  const [text] = await Promise.race([
    once(createInterface({ input: socket }), 'line'),
    once(socket, 'close').then(() => ['the end']),
  ]);
  return text;
}

test('whoever comes to a shut gate waits there, and is let go with a token of its own', async (t) => {
  const { server, gates, seen } = await listen(t);
  const [a, b] = [await come(server, `${NONCE} door a#1 3\n`), await come(server, `${NONCE} door b#1 4\n`)];
  await until('both wait', () => gates.waiting('door').length === 2);
  assert.deepEqual(seen.opened, []);
  assert.equal(gates.waiting('door')[0]?.port, a.localPort);
  gates.open('door');
  const tokens = await Promise.all([line(a), line(b)]);
  assert.deepEqual(
    seen.opened.map(({ token }) => token),
    tokens,
  );
  assert.notEqual(tokens[0], tokens[1]);
  assert.deepEqual(gates.waiting('door'), []);
});

test('a gate that is open stays open', async (t) => {
  const { server, gates, seen } = await listen(t);
  gates.open('door');
  assert.equal(await line(await come(server, `${NONCE} door late#1 9\n`)), seen.opened[0]?.token);
});

test('a hello in pieces is one, and what follows it is none', async (t) => {
  const { server, gates, seen } = await listen(t);
  const socket = await come(server, `${NONCE} do`);
  socket.write('or a#1');
  socket.write(` 1\n${NONCE} door b#1 2\n`);
  await until('it waits', () => gates.waiting('door').length > 0);
  socket.write(`${NONCE} door c#1 3\n`);
  await await come(server, `${NONCE} other d#1 4\n`);
  await until('the last has come', () => gates.waiting('other').length === 1);
  assert.deepEqual(
    seen.arrived.map(({ thread, n }) => [thread, n]),
    [
      ['a#1', 1],
      ['d#1', 4],
    ],
  );
});

for (const [what, hello] of Object.entries({
  'a nonce that is no run’s': 'fedcba9876543210 door a#1 1\n',
  'no number': `${NONCE} door a#1 one\n`,
  'a line without end': 'x'.repeat(10_000),
})) {
  test(`${what}: it learns no token`, async (t) => {
    const { server, gates, seen } = await listen(t);
    gates.open('door');
    assert.equal(await line(await come(server, hello)), 'the end');
    assert.deepEqual(seen, { arrived: [], opened: [] });
  });
}

test('whoever goes away waits no more', async (t) => {
  const { server, gates, seen } = await listen(t);
  const socket = await come(server, `${NONCE} door a#1 1\n`);
  await until('it waits', () => gates.waiting('door').length === 1);
  socket.resetAndDestroy();
  await until('it has gone', () => gates.waiting('door').length === 0);
  gates.open('door');
  assert.deepEqual(seen.opened, []);
});

/** The state of a connection in the kernel's table, by a port at one of its ends: tcp_states.h; undefined where it is kept no more. */
function stateOf(port: number, end: 'near' | 'far'): string | undefined {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((text) => text.trim().split(/\s+/));
  return rows.find(([, near = '', far = '']) => (end === 'near' ? near : far).endsWith(ending))?.[3];
}

const ESTABLISHED = '01';
const TIME_WAIT = '06';

test('whoever was given a token is left to close, and the kernel keeps neither end of the connection then', async (t) => {
  const { server, gates } = await listen(t);
  gates.open('door');
  const socket = await come(server, `${NONCE} door a#1 1\n`);
  const near = socket.localPort ?? 0;
  await line(socket);
  // The other end has the same port far from it.
  const states = (): (string | undefined)[] => [stateOf(near, 'near'), stateOf(near, 'far')];
  assert.deepEqual(states(), [ESTABLISHED, ESTABLISHED]);
  socket.destroy();
  await until('both ends are told of', () => states().every((state) => state === undefined || state === TIME_WAIT));
  assert.deepEqual(states(), [undefined, undefined]);
});

test('one that reads on after its token, and says that it has no more to say, is parted from as usual', async (t) => {
  const { server, gates } = await listen(t);
  gates.open('door');
  const socket = await come(server, `${NONCE} door a#1 1\n`);
  await line(socket);
  const closed = once(socket, 'close');
  socket.end();
  assert.deepEqual(await closed, [false]);
});

test('a run that leaves parts from those who have not closed', async (t) => {
  const { server, gates } = await listen(t);
  gates.open('door');
  const socket = await come(server, `${NONCE} door a#1 1\n`);
  await line(socket);
  const closed = once(socket, 'close');
  server.leave(NONCE);
  assert.deepEqual(await closed, [false]);
});

test('a run that leaves ends the waits at its gates, and its nonce is nobody’s any more', async (t) => {
  const { server, gates } = await listen(t);
  const socket = await come(server, `${NONCE} door a#1 1\n`);
  await until('it waits', () => gates.waiting('door').length === 1);
  server.leave(NONCE);
  assert.equal(await line(socket), 'the end');
  assert.equal(await line(await come(server, `${NONCE} door a#1 1\n`)), 'the end');
});

test('closing ends everybody: who said nothing, who waits, and who does not leave', async (t) => {
  const { server, gates } = await listen(t);
  const silent = await come(server, '');
  const waiting = await come(server, `${NONCE} door a#1 1\n`);
  const staying = await come(server, `${NONCE} open b#1 1\n`);
  await until('both have come', () => gates.waiting('door').length + gates.waiting('open').length === 2);
  staying.pause();
  gates.open('open');
  const ended = [silent, waiting].map((socket) => once(socket.resume(), 'close'));
  server.close();
  await Promise.all(ended);
  staying.destroy();
});
