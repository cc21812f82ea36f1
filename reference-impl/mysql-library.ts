import { extname, join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Reply, Request } from './mysql-worker';

/** Longer than MySQL's own wait for a lock (50 s). In milliseconds. */
const PATIENCE = 60_000;

/** What the word says on which the calling thread sleeps. The worker (mysql-worker.ts) knows them too. */
const WAITING = 0;
const ANSWERED = 1;

/** The way of one OS thread to the library: where its calls go, and the word on which it sleeps until the answer is there. */
export interface Line {
  readonly port: MessagePort;
  readonly word: Int32Array;
}

/** The line of this OS thread. */
let line: Line | undefined;

/** The library itself, one for the process: only the main thread has it. `ended` is 1 once it has. */
let library: { readonly worker: Worker; readonly ended: Int32Array } | undefined;

/**
 * Makes one call of the C library that this stands in for: the OS thread sleeps until the answer is there, whatever else
 * is ready. Throws if there is none.
 */
export function call(request: Request): Reply {
  line ??= openLine();
  const { port, word } = line;
  // Not simply stored: the word of a worker that has ended says so for good.
  Atomics.compareExchange(word, 0, ANSWERED, WAITING);
  port.postMessage(request);
  const woken = Atomics.wait(word, 0, WAITING, PATIENCE);
  const reply: Reply | undefined = receiveMessageOnPort(port)?.message;
  if (reply !== undefined) return reply;
  line = undefined;
  if (woken === 'timed-out') unload();
  const what = woken === 'timed-out' ? `gave no answer in ${PATIENCE / 1000} s` : 'ended without an answer';
  throw new Error(`the worker that runs mysql2 ${what}`);
}

/** Loads the library ahead of the first call: its worker takes a tenth of a second to start, on another core. */
export function preload(): void {
  line ??= openLine();
}

/** Opens a line for an OS thread that will call the library. */
export function openLine(): Line {
  if (library === undefined || Atomics.load(library.ended, 0) === 1) library = load();
  const { port1: port, port2: far } = new MessageChannel();
  const word = sharedWord().fill(ANSWERED);
  library.worker.postMessage({ port: far, word }, [far]);
  return { port, word };
}

/** In an OS thread of a pool: takes the line that the main thread has opened for it. */
export function useLine(own: Line): void {
  line = own;
}

function load(): typeof library & object {
  const ended = sharedWord();
  // Without the options of this process, which would load ts-node there.
  const worker = new Worker(join(__dirname, `mysql-worker${extname(__filename)}`), { execArgv: [], workerData: ended });
  worker.on('error', (error) => console.error('the worker that runs mysql2 ended:', error));
  worker.unref();
  return { worker, ended };
}

function unload(): void {
  void library?.worker.terminate();
  library = undefined;
}

function sharedWord(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}
