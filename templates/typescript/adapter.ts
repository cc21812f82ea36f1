// An adapter for Node's own async functions. Put your runtime's own calls in the place of Node's, one after the other.
//
// `npx greenspec check -- node adapter.ts` tells whether it is sound, and `npx greenspec run NAME -- node adapter.ts` what is true of
// your runtime. What each member must do is said at the type Runtime.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import {
  type Awaits,
  type Body,
  type Conversation,
  type Op,
  type Prepared,
  type Runtime,
  runAsync,
  type Spawned,
  serve,
  type Value,
} from 'greenspec/adapter';

/** An operation is a generator that yields the promises which are to be awaited. */
class Mine implements Runtime<Awaits> {
  readonly patches = [false];
  readonly sleep = { library: sleep };
  readonly wait = { green: converse };
  /** Without drivers, scenarios that query MySQL do not apply. */
  readonly drivers = {};

  prepare(): Prepared {
    const { node } = process.versions;
    return {
      patched: false,
      runtime: {
        name: 'mine',
        version: node,
        language: { name: 'JavaScript/Node', version: node },
        lock: { name: 'none', standIn: true },
        drivers: {},
        components: {},
      },
    };
  }

  start(main: Body<Awaits, void>): void {
    void runAsync(main);
  }

  *spawn(body: Body<Awaits, Value>): Op<Awaits, Spawned<Awaits>> {
    const promise = runAsync(body);
    promise.catch(() => {}); // It is for those that join.
    return {
      *join() {
        return (yield promise) as Value;
      },
    };
  }
}

/** Node's timers may be up to a millisecond early. */
function* sleep(seconds = 0): Op<Awaits> {
  yield seconds > 0 ? pause(Math.ceil(seconds * 1000) + 1) : nextTurn();
}

/** A conversation, line by line, over the runtime's own sockets: a gate. */
function* converse(host: string, port: number): Op<Awaits, Conversation<Awaits>> {
  const socket = connect({ host, port, noDelay: true }).setEncoding('utf8');
  yield once(socket, 'connect');
  const chunks: AsyncIterator<string> = socket[Symbol.asyncIterator]();
  let received = '';
  return {
    *send(line) {
      yield new Promise((resolve) => socket.write(`${line}\n`, resolve));
    },
    *receive() {
      while (!received.includes('\n')) {
        const { done, value } = (yield chunks.next()) as IteratorResult<string>;
        if (done) return null;
        received += value;
      }
      return received.slice(0, received.indexOf('\n'));
    },
    *close() {
      yield new Promise<void>((resolve) => socket.once('close', () => resolve()).destroy());
    },
  };
}

serve(new Mine());
