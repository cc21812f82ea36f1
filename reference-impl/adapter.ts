// biome-ignore-all lint/correctness/useYield: some of what the SDK lets switch does not
import { Console } from 'node:console';
import { appendFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { version as driverVersion } from 'mysql2/package.json';
import { version } from '../package.json';
import type { Value } from '../src/program/names';
import { ProgramError } from '../src/sdk/failure';
import type { Body, Conversation, Op, Prepared, Runtime, Spawned } from '../src/sdk/runtime';
import { serve } from '../src/sdk/serve';
import { ConnectionPool } from './db-pool';
import { GreenPool } from './greenpool';
import { type Green, GreenletExit, type GreenThread, sleep, spawn } from './greenthread';
import { synchronized } from './lockutils';
import { isMonkeyPatched, monkeyPatch } from './monkey';
import { type Address, blocking, type Connection, native, threaded } from './mysql';
import { preload } from './mysql-library';
import { GreenSocket } from './socket';
import { time } from './time';
import { type Timeout, withTimeout } from './timeout';
import { setNumThreads } from './tpool';

/** The reference as greenspec sees it. */
export class Reference implements Runtime<void> {
  readonly patches: readonly boolean[] = [true, false];
  // `time` and `native` are asked at each call: patching changes what they hold.
  readonly sleep: Runtime<void>['sleep'] = { library: sleep, standard: (...seconds) => time.sleep(...seconds) };
  readonly wait: Runtime<void>['wait'] = { green: converse };
  readonly drivers: Runtime<void>['drivers'] = {
    'c-library': blocking,
    native: (address) => native.connect(address),
    'thread-pool': threaded,
    'connection-pool': (address) => this.#lend(address),
  };
  #pool = 1;
  #tasks = new GreenPool(1);
  #connections: ConnectionPool | undefined;

  prepare(patch: boolean, pool: number): Prepared {
    if (patch) monkeyPatch();
    this.#pool = pool;
    this.#tasks = new GreenPool(pool);
    setNumThreads(pool);
    // Once `initialize` is answered, and before any program: the process has its OS threads from then on.
    setImmediate(preload);
    const driver = (name: string) => ({ name, version: driverVersion, model: true });
    return {
      patched: isMonkeyPatched(),
      runtime: {
        name: 'reference',
        version,
        language: { name: 'TypeScript/Node', version: process.versions.node },
        hub: 'reference-impl/hub',
        lock: { name: 'reference-impl/lockutils', version, standIn: true },
        drivers: {
          'c-library': driver('mysql2'),
          native: driver('mysql2'),
          'thread-pool': driver('reference-impl/tpool + mysql2'),
          'connection-pool': driver('reference-impl/db-pool + mysql2'),
        },
        components: { v8: process.versions.v8, uv: process.versions.uv },
      },
    };
  }

  start(main: Body<void, void>): void {
    spawn(main);
  }

  *spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
    return new Running(spawn(body));
  }

  *spawnInPool(body: Body<void, Value>): Op<void, Spawned<void>> {
    return new Running(yield* this.#tasks.spawn(body));
  }

  *kill(spawned: Spawned<void>): Op<void> {
    if (spawned instanceof Running) yield* spawned.thread.kill();
  }

  *timeout<T>(seconds: number, body: Body<void, T>): Op<void, T> {
    let own: Timeout | undefined;
    try {
      return yield* withTimeout(seconds, (timeout) => {
        own = timeout;
        return body();
      });
    } catch (error) {
      // That of a time-out around this one is not for here.
      throw error === own ? new ProgramError('timed-out', `not over after ${seconds} s`) : error;
    }
  }

  synchronized<T>(name: string, body: Body<void, T>): Op<void, T> {
    return synchronized(name)(body)();
  }

  /** The pool of connections is one run's: it is made when the address is known. */
  #lend(address: Address): Green<Connection> {
    this.#connections ??= new ConnectionPool(() => threaded(address), this.#pool);
    return this.#connections.get();
  }

  *afterRun(): Op<void> {
    if (this.#connections) yield* this.#connections.clear();
    this.#connections = undefined;
  }

  *log(file: string, line: string): Op<void> {
    const write = (text: unknown, _encoding: string, done: () => void): void => {
      appendFileSync(file, String(text));
      done();
    };
    new Console(new Writable({ write, decodeStrings: false })).log(line);
  }
}

/** A green thread that has been started. */
class Running implements Spawned<void> {
  readonly thread: GreenThread<Value>;

  constructor(thread: GreenThread<Value>) {
    this.thread = thread;
  }

  join(): Op<void, Value> {
    return joined(this.thread);
  }
}

function* joined(thread: GreenThread<Value>): Op<void, Value> {
  try {
    return yield* thread.wait();
  } catch (error) {
    // Who is killed while it waits here is not the one that it waits for.
    throw error instanceof GreenletExit && error === thread.error ? new ProgramError('killed', 'it was killed') : error;
  }
}

function* converse(host: string, port: number): Op<void, Conversation<void>> {
  const socket = yield* GreenSocket.connect(host, port);
  return {
    send: (line) => socket.send(`${line}\n`),
    *receive() {
      return (yield* socket.receiveLine()) ?? null;
    },
    *close() {
      socket.close();
    },
  };
}

if (require.main === module) serve(new Reference());
