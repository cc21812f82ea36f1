// biome-ignore-all lint/correctness/useYield: what blocks does not yield
import fs from 'node:fs';
import { GreenThread, sleep } from '../reference-impl/greenthread';
import { isMonkeyPatched } from '../reference-impl/monkey';
import { blocking, green } from '../reference-impl/mysql';
import type { Connection, Op } from '../src/sdk/runtime';
import type { Connect } from './with-drivers';

/** A native driver that is as it should be where it is patched, and where nothing is as it is given. */
export function unpatched(connect: Connect): Connect {
  return (address) => (isMonkeyPatched() ? green(address) : connect(address));
}

type Wait = typeof Atomics.wait;
const wait: Wait = Atomics.wait;

/** A way to MySQL whose queries wait for the library in another manner. */
export function waiting(connect: Connect, otherwise: Wait): Connect {
  return function* (address) {
    const connection = yield* connect(address);
    return {
      ...connection,
      *query(sql) {
        Atomics.wait = otherwise;
        try {
          return yield* connection.query(sql);
        } finally {
          Atomics.wait = wait;
        }
      },
    };
  };
}

/** Looks for the answer over and over, and never sleeps. */
export const spinning: Connect = waiting(blocking, (word: never, index: number, value: never) => {
  while (Atomics.load(word, index) === value);
  return 'ok';
});

/** Lets others run before a query, and then blocks. */
export const yieldingOnce: Connect = function* (address) {
  const connection = yield* blocking(address);
  return {
    ...connection,
    *query(sql) {
      yield* sleep(0);
      return yield* connection.query(sql);
    },
  };
};

/** Leaves out of a query what would make it wait. */
export const withoutLocks: Connect = function* (address) {
  const connection = yield* blocking(address);
  return {
    ...connection,
    query: (sql) => connection.query(sql.replace(/GET_LOCK\([^)]*\)/, '1').replace('FOR UPDATE', '')),
  };
};

/** Asks for a lock of its own before each query that waits: of all its queries one at a time is at the server. */
export function inTurn(connect: Connect): Connect {
  return function* (address) {
    const connection = yield* connect(address);
    const turn = `turn-${process.pid}`;
    return {
      ...connection,
      *query(sql) {
        if (!sql.includes('GET_LOCK')) return yield* connection.query(sql);
        yield* connection.query(`SELECT GET_LOCK('${turn}', 50)`);
        try {
          return yield* connection.query(sql);
        } finally {
          yield* connection.query(`SELECT RELEASE_LOCK('${turn}')`);
        }
      },
    };
  };
}

/**
 * Sends each query that `waits` over two connections, and gives the answer of one. Each is closed when it has its answer, so that
 * the other gets the lock, too. The suite looks as soon as it hears that the query has begun: it hears so when both are at the server.
 */
export function twice(connect: Connect, waits: RegExp): Connect {
  const beginning = new Beginning();
  return function* (address) {
    const both = [yield* connect(address), yield* connect(address)] as const;
    const watcher = yield* blocking(address);
    beginning.hold();
    let answered = false;
    return {
      *query(sql) {
        if (!waits.test(sql)) return yield* both[0].query(sql);
        const [one, other] = [begun(askAndClose(both[0], sql)), begun(askAndClose(both[1], sql))];
        while (Number((yield* watcher.query(WAITING(sql)))?.[0]?.[0]) < 2);
        beginning.tell();
        yield* other.wait();
        answered = true;
        return yield* one.wait();
      },
      *close() {
        yield* watcher.close();
        if (!answered) for (const connection of both) yield* connection.close();
      },
    };
  };
}

function* askAndClose(connection: Connection<void>, sql: string): ReturnType<Connection<void>['query']> {
  try {
    return yield* connection.query(sql);
  } finally {
    yield* connection.close();
  }
}

/** A green thread that is at its first wait already: nobody else has run. */
function begun<T>(body: Op<void, T>): GreenThread<T> {
  const thread = new GreenThread(body);
  thread.switch();
  return thread;
}

/** How many sessions wait for a lock with a query that bears the same comment. */
const WAITING = (sql: string): string => `SELECT COUNT(*) FROM performance_schema.threads
  WHERE PROCESSLIST_INFO LIKE '${sql.slice(0, sql.indexOf('*/'))}%' AND (PROCESSLIST_STATE = 'User lock'
    OR THREAD_ID IN (SELECT REQUESTING_THREAD_ID FROM performance_schema.data_lock_waits))`;

/** The event that the subject's step has begun, which goes to the harness through `writeSync`. */
class Beginning {
  readonly #write = fs.writeSync as (descriptor: number, line: Uint8Array) => number;
  #held = false;
  #tell: (() => void) | undefined;

  hold(): void {
    this.#held = true;
    fs.writeSync = ((descriptor: number, line: Uint8Array): number => {
      this.tell();
      if (!this.#held || !/"label":"it","phase":"started"/.test(Buffer.from(line).toString()))
        return this.#write(descriptor, line);
      this.#tell = () => this.#write(descriptor, line);
      this.#held = false;
      return line.length;
    }) as typeof fs.writeSync;
  }

  tell(): void {
    this.#tell?.();
    this.#tell = undefined;
  }
}
