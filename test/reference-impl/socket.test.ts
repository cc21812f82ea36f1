import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { sleep, spawn } from '../../reference-impl/greenthread';
import { GreenSocket } from '../../reference-impl/socket';
import { run } from './green';

/** Answers each line by what the test says. */
let answer: (line: string, socket: Socket) => void;
let server: Server;

before(async () => {
  server = createServer((socket) => {
    socket.setEncoding('utf8').on('data', (text) => answer(String(text).trimEnd(), socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
after(() => server.close());

const connect = () => GreenSocket.connect('127.0.0.1', (server.address() as AddressInfo).port);

test('lines go there and back, whole however they arrive', async () => {
  answer = (line, socket) => {
    const bytes = Buffer.from(`${line} ü\nsecond\n`);
    socket.write(bytes.subarray(0, line.length + 2)); // in the middle of ü
    setImmediate(() => socket.write(bytes.subarray(line.length + 2)));
  };
  await run(function* () {
    const socket = yield* connect();
    yield* socket.send('first\n');
    assert.equal(yield* socket.receiveLine(), 'first ü');
    assert.equal(yield* socket.receiveLine(), 'second');
    socket.close();
  });
});

test('others run while one waits for bytes', async () => {
  let slices = 0;
  let waiting: Socket | undefined;
  answer = (_line, socket) => {
    waiting = socket;
  };
  await run(function* () {
    const socket = yield* connect();
    yield* socket.send('hello\n');
    const reader = spawn(() => socket.receiveLine());
    while (waiting === undefined) yield* sleep(0);
    for (; slices < 10; slices++) yield* sleep(0);
    waiting.write('now\n');
    assert.equal(yield* reader.wait(), 'now');
    socket.close();
  });
  assert.equal(slices, 10);
});

test('more than the system takes at once is sent whole', async () => {
  const bytes = 20_000_000;
  let received = 0;
  answer = (text, socket) => {
    received += text.length;
    if (text.endsWith('.')) socket.write(`${received}\n`);
  };
  await run(function* () {
    const socket = yield* connect();
    yield* socket.send('x'.repeat(bytes - 1));
    yield* socket.send('.\n');
    assert.equal(yield* socket.receiveLine(), String(bytes));
    socket.close();
  });
});

test('the end of a connection gives undefined', async () => {
  for (const end of [(socket: Socket) => socket.end('half'), (socket: Socket) => socket.resetAndDestroy()]) {
    answer = (_line, socket) => end(socket);
    await run(function* () {
      const socket = yield* connect();
      yield* socket.send('hello\n');
      assert.equal(yield* socket.receiveLine(), undefined);
      socket.close();
    });
  }
});

test('no server, no connection', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  await assert.rejects(
    run(() => GreenSocket.connect('127.0.0.1', port)),
    { code: 'ECONNREFUSED' },
  );
});
