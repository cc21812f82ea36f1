// The inside of the C library's stand-in: runs mysql2 while the threads that called sleep in Atomics.wait. Node reads this
// file as it is, without ts-node, in half the time: so it has types, which Node leaves out, but no import statements.
import type { Connection, ConnectionOptions } from 'mysql2';
import type { Line } from './mysql-library';

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

type Done = (error: Failure | null, value?: unknown) => void;

const { parentPort, receiveMessageOnPort, workerData } =
  require('node:worker_threads') as typeof import('node:worker_threads');
if (parentPort === null) throw new Error('this is the inside of a worker');
const newLines = parentPort;

const ANSWERED = 1;
const ENDED = 2;

const lines: Line[] = [];

// A worker that ends while other threads sleep would leave them asleep. Errors that nobody catches come here too.
process.on('exit', () => {
  Atomics.store(workerData as Int32Array, 0, 1);
  for (let late = receiveMessageOnPort(newLines); late; late = receiveMessageOnPort(newLines)) lines.push(late.message);
  for (const line of lines) wake(line, ENDED);
});

const { createConnection } = require('mysql2') as typeof import('mysql2');
/** Any line may use any of them: a connection belongs to no OS thread. */
const connections: Connection[] = [];

newLines.on('message', (line: Line) => {
  lines.push(line);
  line.port.on('message', (request: Request) =>
    serve(request, (error, value) => {
      const reply: Reply = error ? { error: { message: error.message, errno: error.errno } } : { value };
      line.port.postMessage(reply);
      wake(line, ANSWERED);
    }),
  );
});

function serve(request: Request, done: Done): void {
  if (request.do === 'connect') connect(request.options, done);
  else if (request.do === 'query') open(request.connection).query(request.sql, done);
  else close(open(request.connection), done);
}

function connect(options: ConnectionOptions, done: Done): void {
  const connection = createConnection(options);
  const number = connections.push(connection) - 1;
  connection.on('error', () => {}); // the next call meets it
  connection.connect((error) => done(error, number));
}

function close(connection: Connection, done: Done): void {
  connection.end();
  done(null);
}

function open(number: unknown): Connection {
  const connection = connections[Number(number)];
  if (connection === undefined) throw new Error('no such connection');
  return connection;
}

function wake({ word }: Line, state: number): void {
  Atomics.store(word, 0, state);
  Atomics.notify(word, 0);
}
