import type { Green } from './greenthread';
import type { Connection } from './mysql';
import { Semaphore } from './semaphore';

/**
 * Lends connections to MySQL, at most `size` at a time, and opens them as they are wanted (eventlet.db_pool). Who asks while
 * all are lent waits in the hub, in the order of asking.
 */
export class ConnectionPool {
  readonly #connect: () => Green<Connection>;
  readonly #turns: Semaphore;
  readonly #free: Connection[] = [];

  constructor(connect: () => Green<Connection>, size: number) {
    this.#connect = connect;
    this.#turns = new Semaphore(size);
  }

  /** A connection whose `close` gives it back. */
  *get(): Green<Connection> {
    yield* this.#turns.acquire();
    try {
      const connection = this.#free.pop() ?? (yield* this.#connect());
      return { query: (sql) => connection.query(sql), close: () => this.#put(connection) };
    } catch (error) {
      this.#turns.release();
      throw error;
    }
  }

  /** Ends the transaction that it may be in, as eventlet's does; one that is broken is left out. */
  *#put(connection: Connection): Green<void> {
    try {
      yield* connection.query('ROLLBACK');
      this.#free.push(connection);
    } catch {
      yield* connection.close();
    } finally {
      this.#turns.release();
    }
  }

  /** Closes the connections that are not lent. */
  *clear(): Green<void> {
    for (const connection of this.#free.splice(0)) yield* connection.close();
  }
}
