// biome-ignore-all lint/correctness/useYield: what blocks does not yield
import type { ConnectionOptions } from 'mysql2';
import { type Green, trampoline } from './greenthread';
import { call } from './mysql-library';
import type { Failure, Reply, Request } from './mysql-worker';
import { execute } from './tpool';

export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export type Cell = string | number | null;

export interface Connection {
  /** The rows, each a list; null where the statement has no result set. Throws MysqlError. */
  query(sql: string): Green<Cell[][] | null>;
  close(): Green<void>;
}

/** An error with MySQL's number as its `code`: the server's (1205 …), or what C libraries say for it. */
export class MysqlError extends Error {
  override readonly name = 'MysqlError';
  readonly code: number;

  constructor({ message, errno = 0 }: Failure, otherwise: number) {
    super(message);
    this.code = errno > 0 ? errno : otherwise; // Node's own errors have negative numbers
  }
}

/** A server may be configured otherwise. */
const AUTOCOMMIT = 'SET autocommit = 1';

/** There is no server (CR_CONN_HOST_ERROR). */
const UNREACHABLE = 2003;
/** The connection is gone (CR_SERVER_LOST). */
const LOST = 2013;

/**
 * Stands for a driver that is an external C library: each call blocks the OS thread until the server has answered. It
 * never yields, and calls nothing that patching could put something else in the place of.
 */
export const blocking = driver(function* (request) {
  return call(request);
});

/** The same C library, called in the OS threads of a pool: each call blocks one of them, and no green thread but its own. */
export const threaded = driver(execute);

/** A driver in the language itself: while it waits for the server, others run. */
export function* green(address: Address): Green<Connection> {
  // Loaded here, since that takes a tenth of a second and most programs need no database.
  const { createConnection } = require('mysql2') as typeof import('mysql2');
  const connection = createConnection(options(address));
  connection.on('error', () => {}); // the next call meets it
  yield* answered((done) => connection.connect(done), UNREACHABLE);
  yield* answered((done) => connection.query(AUTOCOMMIT, done));
  return {
    *query(sql) {
      return table(yield* answered((done) => connection.query(sql, done)));
    },
    *close() {
      connection.end(); // as a C library does, it says good-bye and does not wait
    },
  };
}

/** The same driver as the standard library stands: over sockets that block, until they are patched. */
export const native = { connect: blocking };

/** A driver over the C library, by the way in which its calls are made. */
function driver(make: (request: Request) => Green<Reply>): (address: Address) => Green<Connection> {
  function* answer(request: Request, otherwise = LOST): Green<unknown> {
    const { error, value } = yield* make(request);
    if (error) throw new MysqlError(error, otherwise);
    return value;
  }
  return function* (address) {
    const connection = yield* answer({ do: 'connect', options: options(address) }, UNREACHABLE);
    yield* answer({ do: 'query', connection, sql: AUTOCOMMIT });
    return {
      *query(sql) {
        return table(yield* answer({ do: 'query', connection, sql }));
      },
      *close() {
        yield* answer({ do: 'close', connection });
      },
    };
  };
}

/** Waits in the hub for a callback of mysql2's. */
function* answered(
  ask: (done: (error: Failure | null, value?: unknown) => void) => void,
  otherwise = LOST,
): Green<unknown> {
  return yield* trampoline((answer, fail) =>
    ask((error, value) => (error ? fail(new MysqlError(error, otherwise)) : answer(value))),
  );
}

function options(address: Address): ConnectionOptions {
  return {
    ...address,
    rowsAsArray: true,
    dateStrings: true,
    jsonStrings: true,
    supportBigNumbers: true, // integers beyond 2^53 as strings, decimals always
  };
}

function table(result: unknown): Cell[][] | null {
  return Array.isArray(result) ? result.map((row: unknown[]) => row.map(cell)) : null;
}

function cell(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);
}
