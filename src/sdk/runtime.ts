import type { Value } from '../program/names';
import type { Driver, Step } from '../program/step';
import type { DatabaseAddress, RuntimeIdentity } from '../protocol/messages';

/**
 * An operation of a runtime: a generator that yields, wherever it may switch, what the runtime's scheduler takes (for the
 * reference nothing at all, for Node's promises a promise). One that yields nothing does not switch.
 */
export type Op<Y, T = void> = Generator<Y, T, unknown>;

/** What a green thread runs. */
export type Body<Y, T> = () => Op<Y, T>;

/** A green thread that was spawned. */
export interface Spawned<Y> {
  /** Waits for its end; gives what it returned, or throws what it threw. */
  join(): Op<Y, Value>;
}

/** A line-wise TCP connection through the runtime's green sockets. */
export interface Conversation<Y> {
  /** Sends a line; the LF is added here. */
  send(line: string): Op<Y>;
  /** The next line without its LF; null if the connection ended before it came. */
  receive(): Op<Y, string | null>;
  close(): Op<Y>;
}

/** A connection to MySQL. An error of the server's is thrown with MySQL's number as its `code`. */
export interface Connection<Y> {
  /** The rows, or null where the statement has no result set. */
  query(sql: string): Op<Y, readonly (readonly Value[])[] | null>;
  close(): Op<Y>;
}

/** The answer to `initialize`, without what the SDK adds. */
export interface Prepared {
  readonly runtime: RuntimeIdentity;
  /** Whether the standard library is patched now. */
  readonly patched: boolean;
}

/**
 * A runtime as the SDK sees it: how it does what a program's steps ask for. Its capabilities follow from what is there.
 * An error's `code` (a string, or MySQL's number) is what the program sees of it; without one, its `name` is.
 */
export interface Runtime<Y> {
  /** What `initialize` can be asked for. */
  readonly patches: readonly boolean[];
  /**
   * Comes once, first. Throws where what is asked for cannot be done.
   *
   * @param pool the size that pools are to have: of OS threads, of connections
   */
  prepare(patch: boolean, pool: number): Prepared | Promise<Prepared>;
  /** Starts the program's main green thread; called from outside of all green threads. */
  start(main: Body<Y, void>): void;
  spawn(body: Body<Y, Value>): Op<Y, Spawned<Y>>;
  /** Starts a body in the runtime's pool of tasks, which has as many places as `prepare` was told. */
  spawnInPool?(body: Body<Y, Value>): Op<Y, Spawned<Y>>;
  /** Ends a green thread, whatever it does. What is thrown into it is `uncatchable`; its `join` throws an error whose code is `killed`. */
  kill?(thread: Spawned<Y>): Op<Y>;
  /** Runs a body; once so many seconds have passed, what is thrown into it is `uncatchable`, and comes out as an error whose code is `timed-out`. */
  timeout?<T>(seconds: number, body: Body<Y, T>): Op<Y, T>;
  /** Which sleeps there are; `seconds` is left out where the program's call has no argument. */
  readonly sleep: { readonly [through in 'library' | 'standard']?: (seconds?: number) => Op<Y> };
  /** Lets whoever else is ready run. Only for a runtime whose sleep of 0 does not. */
  yieldNow?(): Op<Y>;
  /** Runs a body inside the lock of that name. */
  synchronized?<T>(name: string, body: Body<Y, T>): Op<Y, T>;
  /** Runs a body while holding a lock of the process's own: one made before anything was patched; the logger's. */
  readonly hold?: { readonly [lock in 'early' | 'log']?: <T>(body: Body<Y, T>) => Op<Y, T> };
  /** How a gate can be waited for: opens a connection. (A pipe needs no runtime.) */
  readonly wait: { readonly [through in 'green']?: (host: string, port: number) => Op<Y, Conversation<Y>> };
  /** Writes one line to a file with the language's usual logger. */
  log?(file: string, line: string): Op<Y>;
  readonly drivers: { readonly [driver in Driver]?: (address: DatabaseAddress) => Op<Y, Connection<Y>> };
  /** Lets go of what was kept for one run: comes when all its green threads have ended and its connections are closed. */
  afterRun?(): Op<Y>;
  /**
   * Called in the midst of each step that must not switch. No cooperative runtime has it: it is here for runtimes that
   * are broken on purpose, or preemptive.
   */
  preempt?(step: Step): Op<Y>;
}
