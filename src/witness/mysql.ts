import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { Fault } from '../fault/fault';
import type { LockKind } from '../program/plan';
import type { DatabaseAddress } from '../protocol/messages';
import type { Row } from '../trace/record';
import { type RowWait, standing, WAITERS, WAITERS_OF_MARIADB } from './row-waits';

/** MySQL limits a lock's name to 64 characters; servers differ beyond 60. */
const NAME = 'greenspec';
const ROW_WAITS = 'greenspec-row-waits';

/** Milliseconds that the copy has to be left alone. */
const STALE = 120;

/** Seconds that the server keeps one waiting for its turn, before it is asked again. */
const TURN_SECONDS = 2;

/** Milliseconds that the server has for an answer; the longest that any of our queries takes by itself is 5 s. */
const PATIENCE = 10_000;

/** Milliseconds for dropping the table over a new connection, where those that there were are lost. */
const LAST_TRY = 2000;

/** Lock modes need a transaction; READ COMMITTED keeps them to the one row. */
const HOLD = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';

/**
 * The MySQL server as a witness: it holds the locks that a query of the runtime waits for, sees the query in its process
 * list by the nonce in its comment, and gives values that only a query can bring. It works in one table with a prefix of its own.
 */
export class MySqlWitness {
  readonly table: string;
  readonly #observer: Connection;
  readonly #holder: Connection;
  readonly #life: string;
  readonly #address: DatabaseAddress;
  readonly #patience: number;
  #lastRow = 0;
  #held: { lock: LockKind; waitsBefore: number } | undefined;
  /** Whether the server tells of each session by itself that it waits for a row. */
  #tellsWaiters = false;
  /** Or of a copy, and when that was read last: on the clock of `performance`. */
  #tellsCopy = false;
  #copied = 0;
  #lost: Fault | undefined;

  private constructor(address: DatabaseAddress, [observer, holder]: Connections, patience: number) {
    const id = randomBytes(6).toString('hex');
    this.table = `${NAME}_${id}_rows`;
    this.#life = `${NAME}_${id}`;
    this.#observer = observer;
    this.#holder = holder;
    this.#address = address;
    this.#patience = patience;
  }

  /**
   * @param patience milliseconds after which a server that does not answer is lost
   * @throws Fault of the database: it cannot be reached, or does not let a table be made.
   */
  static async open(address: DatabaseAddress, patience = PATIENCE): Promise<MySqlWitness> {
    const witness = new MySqlWitness(address, await connectTwice(address, patience), patience);
    try {
      await within(patience, witness.#prepare());
      return witness;
    } catch (cause) {
      await witness.close();
      throw lost('cannot be used', cause);
    }
  }

  /** New rows, each with a value chosen at random: what only a query that reaches the server can give. */
  newRows(count: number): Promise<readonly Row[]> {
    return this.rowsOf(Array.from({ length: count }, () => randomBytes(8).toString('hex')));
  }

  /** New rows with these values. */
  async rowsOf(values: readonly string[]): Promise<readonly Row[]> {
    const rows = values.map((value) => ({ id: ++this.#lastRow, value }));
    if (rows.length > 0) await this.#insert(rows);
    return rows;
  }

  /** What rows hold, as far as it is committed; those that are gone are not among them. */
  async valuesOf(ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    if (ids.length === 0) return new Map();
    const [rows] = await this.#ask(() =>
      this.#observer.query<RowDataPacket[]>(`SELECT id, value FROM ${this.table} WHERE id IN (?)`, [ids]),
    );
    return new Map(rows.map(({ id, value }) => [Number(id), String(value)]));
  }

  async #insert(rows: readonly Row[]): Promise<void> {
    const values = rows.map(({ id, value }) => [id, value]);
    await this.#ask(() => this.#observer.query(`INSERT INTO ${this.table} (id, value) VALUES ?`, [values]));
  }

  /** The name of the advisory lock of a run. */
  lockName(nonce: string): string {
    return `${NAME}_${nonce}`;
  }

  /** Takes the lock that the run's queries will wait for. One run holds one lock at a time. */
  async hold(lock: LockKind, nonce: string, row: number): Promise<void> {
    this.#held = { lock, waitsBefore: await this.#rowLockWaits() };
    await this.#ask(async () => {
      switch (lock) {
        case 'advisory':
          return await lockByName(this.#holder, this.lockName(nonce));
        case 'row':
          await this.#holder.beginTransaction();
          await this.#holder.query(`SELECT value FROM ${this.table} WHERE id = ? FOR UPDATE`, [row]);
          return;
      }
    });
  }

  async release(nonce: string): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return;
    await this.#ask(async () => {
      switch (held.lock) {
        case 'advisory':
          await this.#holder.query('SELECT RELEASE_LOCK(?)', [this.lockName(nonce)]);
          return;
        case 'row':
          await this.#holder.rollback();
          return;
      }
    });
  }

  /**
   * Where waits for row locks are only counted, for all sessions of the server together: while one run reads the count, no other of
   * greenspec's makes one. Theirs may take a while: it is asked for again and again, each time for less long than a lost server.
   */
  async claimRowWaits(): Promise<void> {
    for (let got = this.#tellsWaiters; !got; ) {
      const ask = `SELECT GET_LOCK('${ROW_WAITS}', ${TURN_SECONDS}) AS got`;
      const [rows] = await this.#ask(() => this.#observer.query<RowDataPacket[]>(ask));
      got = Number(rows[0]?.got) === 1;
    }
  }

  async leaveRowWaits(): Promise<void> {
    if (this.#tellsWaiters) return;
    await this.#ask(() => this.#observer.query(`SELECT RELEASE_LOCK('${ROW_WAITS}')`));
  }

  /**
   * Queries of this run that the server executes now. The process list never tells a wait for a row lock from work, and
   * INNODB_TRX is a cache that a fast poll never refreshes: the server's counter of present row-lock waits tells.
   */
  async active(nonce: string): Promise<readonly { id: number; state: string }[]> {
    const [rows] = await this.#ask(() => this.#observer.query<RowDataPacket[]>('SHOW FULL PROCESSLIST'));
    return rows
      .filter((row) => typeof row.Info === 'string' && row.Info.includes(`greenspec ${nonce} `))
      .map((row) => ({ id: Number(row.Id), state: String(row.State ?? '') }));
  }

  /** Queries of this run on which the server works now: not those that wait for the lock that is held here, for they are owed it by us. */
  async owed(nonce: string): Promise<readonly { id: number; state: string }[]> {
    const active = await this.active(nonce);
    if (active.length === 0 || this.#held === undefined) return active;
    const waiting = new Set((await this.waiting(nonce, this.#held.lock)).map(({ id }) => id));
    return active.filter(({ id }) => !waiting.has(id));
  }

  /** @throws Fault of the database: it does not tell who waits for a row */
  async needWaiters(): Promise<void> {
    if (this.#tellsWaiters || this.#tellsCopy) return;
    this.#tellsCopy = await this.#answers(WAITERS_OF_MARIADB);
    if (!this.#tellsCopy) throw tellsNobody();
  }

  /**
   * The queries of this run that wait for a row which another transaction has locked, and go on doing so until that lets go or the server gives
   * them up: not those that wait for each other, round and round, for the server is about to end one of these. By the names in their comments.
   */
  async heldUp(nonce: string): Promise<readonly { id: number; thread: string }[]> {
    const waits = await (this.#tellsWaiters ? this.#rowLockWaiters() : this.#copiedWaiters());
    const comment = new RegExp(`greenspec ${nonce} (\\S+) `);
    return standing(waits).flatMap(({ id, query }) => {
      const thread = comment.exec(query)?.[1];
      return thread === undefined ? [] : [{ id, thread }];
    });
  }

  /** The queries of this run that wait for a lock of the kind, by what the server itself says; none where it says nothing of the kind. */
  async waiting(nonce: string, lock: LockKind): Promise<readonly { id: number; state: string }[]> {
    const active = await this.active(nonce);
    switch (lock) {
      case 'advisory':
        return active.filter(({ state }) => state === 'User lock');
      case 'row': {
        if (this.#tellsWaiters) {
          const waiters = new Set((await this.#rowLockWaiters()).map(({ id }) => id));
          return active.filter(({ id }) => waiters.has(id));
        }
        return (await this.#rowLockWaits()) > (this.#held?.waitsBefore ?? 0) ? active : [];
      }
    }
  }

  /** Ends the sessions of a run that are still executing: their client is gone, but a wait for a row lock goes on without it. */
  async end(nonce: string): Promise<void> {
    for (const { id } of await this.active(nonce)) {
      // One that has ended by itself in the meantime is none to end.
      await this.#ask(() => this.#observer.query(`KILL ${id}`)).catch(() => {});
    }
  }

  /** Leaves no table and no session, unless there is no server any more. */
  async close(): Promise<void> {
    const drop = `DROP TABLE IF EXISTS ${this.table}`;
    try {
      await this.#ask(() => this.#holder.rollback());
      await this.#ask(() => this.#observer.query(drop));
      await this.#ask(() => Promise.all([this.#observer.end(), this.#holder.end()]));
    } catch {
      this.#abandon();
      await within(LAST_TRY, once(this.#address, drop)).catch(() => {});
    }
  }

  async #prepare(): Promise<void> {
    await lockByName(this.#observer, this.#life);
    await this.#dropOrphans();
    await this.#observer.query(
      `CREATE TABLE ${this.table} (id INT PRIMARY KEY, value VARCHAR(64) NOT NULL) ENGINE=InnoDB`,
    );
    await this.#holder.query(HOLD);
    // MySQL's, from 8.0; it takes a right that is not asked for.
    this.#tellsWaiters = await this.#answers(WAITERS);
  }

  #answers(sql: string): Promise<boolean> {
    return this.#observer.query(`${sql} LIMIT 1`).then(
      () => true,
      () => false,
    );
  }

  /** Tables of a greenspec that was killed: each one's life is a lock of its session, so a free lock means an orphan. */
  async #dropOrphans(): Promise<void> {
    const [tables] = await this.#observer.query<RowDataPacket[]>(`SHOW TABLES LIKE '${NAME}\\_%\\_rows'`);
    for (const row of tables) {
      const table = String(Object.values(row)[0]);
      const [free] = await this.#observer.query<RowDataPacket[]>('SELECT IS_FREE_LOCK(?) AS free', [
        table.replace(/_rows$/, ''),
      ]);
      if (Number(free[0]?.free) === 1) await this.#observer.query(`DROP TABLE IF EXISTS \`${table}\``);
    }
  }

  /** The same by a server that tells of a copy, which is to be of now. */
  async #copiedWaiters(): Promise<readonly RowWait[]> {
    await pause(Math.max(0, this.#copied + STALE - performance.now()));
    const waits = await this.#rowLockWaiters(WAITERS_OF_MARIADB);
    this.#copied = performance.now();
    return waits;
  }

  /** The sessions that wait for a row lock, once for each that holds it or waits ahead of them. */
  async #rowLockWaiters(sql = WAITERS): Promise<readonly RowWait[]> {
    const [rows] = await this.#ask(() => this.#observer.query<RowDataPacket[]>(sql));
    return rows.map(({ id, query, waiter, holder }) => ({
      ...{ id: Number(id), query: String(query ?? '') },
      ...{ waiter: Number(waiter), holder: Number(holder) },
    }));
  }

  async #rowLockWaits(): Promise<number> {
    const [rows] = await this.#ask(() =>
      this.#observer.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'"),
    );
    return Number(rows[0]?.Value ?? 0);
  }

  /** A server that is lost once stays lost: the locks, and the table's life, went with its sessions. */
  async #ask<T>(query: () => Promise<T>): Promise<T> {
    if (this.#lost !== undefined) throw this.#lost;
    try {
      return await within(this.#patience, query());
    } catch (cause) {
      if (isAnswer(cause)) throw lost('answered with an error', cause);
      this.#lost ??= lost('was lost', cause);
      this.#abandon();
      throw this.#lost;
    }
  }

  #abandon(): void {
    for (const connection of [this.#observer, this.#holder]) connection.destroy();
  }
}

type Connections = readonly [observer: Connection, holder: Connection];

async function connectTwice(address: DatabaseAddress, patience: number): Promise<Connections> {
  const opened = await Promise.allSettled([connect(address, patience), connect(address, patience)]);
  const [observer, holder] = opened;
  if (observer.status === 'fulfilled' && holder.status === 'fulfilled') return [observer.value, holder.value];
  for (const result of opened) if (result.status === 'fulfilled') result.value.destroy();
  throw lost('cannot be used', opened.find((result) => result.status === 'rejected')?.reason);
}

async function connect(address: DatabaseAddress, patience: number): Promise<Connection> {
  const connection = await createConnection({ ...address, connectTimeout: patience });
  // A lost connection shows in the next query, which is where it is dealt with.
  connection.on('error', () => {});
  return connection;
}

async function once(address: DatabaseAddress, sql: string): Promise<void> {
  const connection = await connect(address, LAST_TRY);
  await connection.query(sql).finally(() => connection.destroy());
}

/** Locks that nobody else asks for are had at once. */
async function lockByName(connection: Connection, name: string): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, 5) AS got', [name]);
  if (Number(rows[0]?.got) !== 1) throw new Error(`GET_LOCK('${name}') gave ${rows[0]?.got}`);
}

/** An error that the server itself answered with: the connection goes on. */
function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'sqlState' in error && !('fatal' in error && error.fatal === true);
}

/** A server that hangs answers nothing, and ends no connection either. */
async function within<T>(patience: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience / 1000} s`)), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tellsNobody(): Fault {
  return new Fault({
    party: 'database',
    what: 'the server does not tell who waits for a row',
    expected: 'MySQL from 8.0 and the right to read performance_schema, or MariaDB and the right PROCESS',
    advice: 'see docs/database.md for the two rights',
  });
}

function lost(what: string, cause: unknown): Fault {
  return new Fault({ party: 'database', what: `the MySQL server ${what}`, advice: 'see docs/database.md' }, { cause });
}
