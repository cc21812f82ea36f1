import { Console } from 'node:console';
import { appendFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { version as driverVersion } from 'mysql2/package.json';
import type { Value } from '../../src/program/names';
import { type Awaits, runAsync } from '../../src/sdk/promises';
import type { Body, Op, Prepared, Runtime, Spawned } from '../../src/sdk/runtime';
import { serve } from '../../src/sdk/serve';
import { Mutexes } from './mutexes';
import { connectMysql } from './mysql';
import { converse } from './socket';

/**
 * Node's async functions as a runtime. A green thread is a call of one: it begins inside the call that starts it, and
 * others run wherever it awaits a promise. Patching has nothing to do here: what waits in Node's library gives promises.
 */
class Node implements Runtime<Awaits> {
  readonly patches = [false];
  // The standard library's sleep is this one: Node has no other, and so no sleep that blocks.
  readonly sleep: Runtime<Awaits>['sleep'] = { library: sleep };
  readonly wait: Runtime<Awaits>['wait'] = { green: converse };
  // No driver for Node is around a C library: there is none to call in OS threads or to lend from a pool either.
  readonly drivers: Runtime<Awaits>['drivers'] = { native: connectMysql };
  readonly #mutexes = new Mutexes();

  prepare(): Prepared {
    const { node, v8, uv } = process.versions;
    return {
      patched: false,
      runtime: {
        name: 'node',
        version: node,
        language: { name: 'JavaScript/Node', version: node },
        hub: 'libuv',
        lock: { name: 'adapters/node/mutexes', standIn: true },
        drivers: { native: { name: 'mysql2', version: driverVersion } },
        components: { v8, uv },
      },
    };
  }

  start(main: Body<Awaits, void>): void {
    void runAsync(main);
  }

  *spawn(body: Body<Awaits, Value>): Op<Awaits, Spawned<Awaits>> {
    const promise = runAsync(body);
    promise.catch(() => {}); // It is for those that join: Node ends a process whose rejection nobody handles.
    return {
      *join() {
        return (yield promise) as Value;
      },
    };
  }

  synchronized<T>(name: string, body: Body<Awaits, T>): Op<Awaits, T> {
    return this.#mutexes.runExclusive(name, body);
  }

  /** As Node's console does to a file: at once. */
  *log(file: string, line: string): Op<Awaits> {
    const write = (text: unknown, _encoding: string, done: () => void): void => {
      appendFileSync(file, String(text));
      done();
    };
    new Console(new Writable({ write, decodeStrings: false })).log(line);
  }
}

/**
 * A time-out of 0 is one of a millisecond: what lets others run without delay is an immediate. Time-outs are counted between
 * whole milliseconds, so that one may come up to a millisecond early (nodejs/node#26578): one more makes it last.
 */
function* sleep(seconds = 0): Op<Awaits> {
  yield seconds > 0 ? pause(Math.ceil(seconds * 1000) + 1) : nextTurn();
}

serve(new Node());
