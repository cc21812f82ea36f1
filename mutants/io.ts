// biome-ignore-all lint/correctness/useYield: what is broken here is that it does not switch
import { Worker } from 'node:worker_threads';
import { Reference } from '../reference-impl/adapter';
import { type GreenThread, getCurrent, spawn, trampoline } from '../reference-impl/greenthread';
import { getHub } from '../reference-impl/hub';
import { GreenSocket } from '../reference-impl/socket';
import type { Conversation, Op } from '../src/sdk/runtime';
import type { Mutant } from './mutant';
import { takes } from './reach';

type Connect = (host: string, port: number) => Op<void, Conversation<void>>;

/** The reference with other green I/O. */
function conversing(green: Connect): () => Reference {
  return () =>
    new (class extends Reference {
      override readonly wait: Reference['wait'] = { green };
    })();
}

/** Green I/O that does all but wait as the reference does: what comes of the wait is said by `receive`. */
export function receiving(receive: (socket: GreenSocket) => Op<void, string | null>): () => Reference {
  return conversing(function* (host, port) {
    const socket = yield* GreenSocket.connect(host, port);
    return {
      send: (line) => socket.send(`${line}\n`),
      receive: () => receive(socket),
      *close() {
        socket.close();
      },
    };
  });
}

const ENDS_WITH_BYTES = { clause: 'TM-2', claim: 'it ends because the bytes came, and not before' } as const;

/** Does it in an OS thread of its own, which is all that the process has awake meanwhile. */
const CONVERSE = `
  const { createConnection } = require('node:net');
  require('node:worker_threads').parentPort.on('message', ({ host, port, line, answer }) => {
    const socket = createConnection({ host, port, noDelay: true }, () => socket.write(line));
    socket.setEncoding('utf8').on('data', (text) => {
      new Uint8Array(answer, 4).set(new TextEncoder().encode(text.trim()));
      Atomics.store(new Int32Array(answer), 0, text.trim().length);
      Atomics.notify(new Int32Array(answer), 0);
      socket.destroy();
    });
  });
`;

/** Green I/O that blocks the OS thread until the server has answered. */
function blocking(): Reference {
  const worker = new Worker(CONVERSE, { eval: true, execArgv: [] });
  worker.unref();
  return conversing(function* (host, port) {
    let said = '';
    return {
      *send(line) {
        said = line;
      },
      *receive() {
        const answer = new SharedArrayBuffer(4 + 100);
        worker.postMessage({ host, port, line: `${said}\n`, answer });
        Atomics.wait(new Int32Array(answer, 0, 1), 0, 0);
        return Buffer.from(new Uint8Array(answer, 4, Atomics.load(new Int32Array(answer), 0))).toString();
      },
      *close() {},
    };
  })();
}

/** A line, if it comes within a fifth of a second; else what `otherwise` says. */
function* inTime(socket: GreenSocket, otherwise: string | null): Op<void, string | null> {
  const line = socket.receiveLine();
  return yield* trampoline<string | null>((answer) => {
    spawn(function* () {
      answer((yield* line) ?? null);
    });
    getHub().schedule(0.2, () => answer(otherwise));
  });
}

export const io: readonly Mutant[] = [
  {
    name: 'io-wait-blocks-the-thread',
    defect: 'A wait for bytes blocks the OS thread until they come',
    clause: 'TM-2',
    claim: '{company} runs meanwhile',
    why: /^no other green thread ran meanwhile$/,
    make: blocking,
  },
  {
    name: 'io-wait-blocks-out-races',
    defect: 'A wait for bytes blocks the OS thread, so that no race can be led to',
    clause: 'TM-4',
    claim: 'it is made {int} time(s)',
    why: /^1 made it: clerk1$/,
    make: blocking,
  },
  {
    name: 'io-wait-makes-up-bytes',
    defect: 'A wait for bytes that do not come soon gives some that nobody sent',
    ...ENDS_WITH_BYTES,
    why: /^the wait ended before any byte was sent$/,
    make: receiving((socket) => inTime(socket, '0123456789ab')),
  },
  {
    name: 'io-wait-gives-nothing',
    defect: 'A wait for bytes that do not come soon ends without any, as if the connection had ended',
    ...ENDS_WITH_BYTES,
    why: /^the wait ended before any byte was sent$/,
    make: receiving((socket) => inTime(socket, null)),
  },
  {
    name: 'io-wait-gives-half',
    defect: 'A wait for a line gives the half of it',
    ...ENDS_WITH_BYTES,
    why: /^the wait gave "\w{6}", and \w{12} was sent$/,
    make: receiving(function* (socket) {
      return (yield* socket.receiveLine())?.slice(0, 6) ?? null;
    }),
  },
  {
    name: 'io-wait-asks-again',
    defect: 'Bytes that came are dropped, and asked for again: a wait gives what came the second time',
    reachedBy: takes('wait/green'),
    ...ENDS_WITH_BYTES,
    why: /^the wait gave "\w{12}", and \w{12} was sent$/,
    make: conversing(function* (host, port) {
      const socket = yield* GreenSocket.connect(host, port);
      let asked = '';
      return {
        send(line) {
          asked = `${line}\n`;
          return socket.send(asked);
        },
        *receive() {
          yield* socket.receiveLine();
          const again = yield* GreenSocket.connect(host, port);
          yield* again.send(asked);
          const came = yield* again.receiveLine();
          again.close();
          return came ?? null;
        },
        *close() {
          socket.close();
        },
      };
    }),
  },
  {
    name: 'io-buffers-not-emptied',
    defect:
      'A green thread reads into two buffers in turn and does not empty them: its third wait gives what its first gave',
    clause: 'TM-2',
    claim: 'every green thread comes to its end',
    why: /^subject#1 was given what was sent to subject#1 at the gate finish, and \w{12} was sent$/,
    make: () => {
      const buffers = new WeakMap<GreenThread, (string | null)[]>();
      return receiving(function* (socket) {
        const came = (yield* socket.receiveLine()) ?? null;
        const [first, second] = buffers.get(getCurrent()) ?? [];
        if (first === undefined) buffers.set(getCurrent(), [came]);
        else if (second === undefined) buffers.set(getCurrent(), [first, came]);
        else return first;
        return came;
      })();
    },
  },
  {
    name: 'io-wait-loses-wake-up',
    defect: 'Who waits for bytes is not woken when they come',
    clause: 'TM-2',
    claim: '{company} runs meanwhile',
    why: /^stuck at .*start of subject#1.*: nothing moves, and nothing is owed$/,
    make: receiving(function* (socket) {
      yield* socket.receiveLine();
      return yield* trampoline<null>(() => {});
    }),
  },
];
