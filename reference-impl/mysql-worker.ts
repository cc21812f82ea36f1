// The inside of the C library's stand-in: runs mysql2 while the thread that called sleeps in Atomics.wait. Node reads this
// file as it is, without ts-node, in half the time: so it has types, which Node leaves out, but no import statements.
import type { MessagePort } from 'node:worker_threads';
import type { Connection, ConnectionOptions } from 'mysql2';

export type Request =
  | { readonly do: 'connect'; readonly options: ConnectionOptions }
  | { readonly do: 'query'; readonly connection: unknown; readonly sql: string }
  | { readonly do: 'close'; readonly connection: unknown };

/** What of an error travels from thread to thread. */
export interface Failure {
  readonly message: string;
  readonly errno?: number | undefined;
}

export interface Reply {
  readonly error?: Failure;
  /** A connection's number, or what a query gave. */
  readonly value?: unknown;
}

const { workerData } = require('node:worker_threads') as typeof import('node:worker_threads');
const { port, word } = workerData as { port: MessagePort; word: Int32Array };

const ANSWERED = 1;
const ENDED = 2;

// A worker that ends while the other thread sleeps would leave it asleep. Errors that nobody catches come here too.
process.on('exit', () => wake(ENDED));

const { createConnection } = require('mysql2') as typeof import('mysql2');
const connections: Connection[] = [];

port.on('message', (request: Request) => {
  if (request.do === 'connect') connect(request.options);
  else if (request.do === 'query') open(request.connection).query(request.sql, reply);
  else close(open(request.connection));
});

function connect(options: ConnectionOptions): void {
  const connection = createConnection(options);
  const number = connections.push(connection) - 1;
  connection.on('error', () => {}); // the next call meets it
  connection.connect((error) => reply(error, number));
}

function close(connection: Connection): void {
  connection.end();
  reply(null);
}

function open(number: unknown): Connection {
  const connection = connections[Number(number)];
  if (connection === undefined) throw new Error('no such connection');
  return connection;
}

function reply(error: Failure | null, value?: unknown): void {
  const answer: Reply = error ? { error: { message: error.message, errno: error.errno } } : { value };
  port.postMessage(answer);
  wake(ANSWERED);
}

function wake(state: number): void {
  Atomics.store(word, 0, state);
  Atomics.notify(word, 0);
}
