import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Reply, Request } from './mysql-worker';

/** Longer than MySQL's own wait for a lock (50 s). In milliseconds. */
const PATIENCE = 60_000;

/** What the word says on which the calling thread sleeps. The worker (mysql-worker.ts) knows them too. */
const WAITING = 0;
const ANSWERED = 1;

interface Library {
  readonly port: MessagePort;
  readonly word: Int32Array;
  readonly worker: Worker;
}

let library: Library | undefined;

/**
 * Makes one call of the C library that this stands in for: the OS thread sleeps until the answer is there, whatever else
 * is ready. Throws if there is none.
 */
export function call(request: Request): Reply {
  library ??= load();
  const { port, word } = library;
  // Not simply stored: the word of a worker that has ended says so for good.
  Atomics.compareExchange(word, 0, ANSWERED, WAITING);
  port.postMessage(request);
  const woken = Atomics.wait(word, 0, WAITING, PATIENCE);
  const reply: Reply | undefined = receiveMessageOnPort(port)?.message;
  if (reply !== undefined) return reply;
  unload();
  const what = woken === 'timed-out' ? `gave no answer in ${PATIENCE / 1000} s` : 'ended without an answer';
  throw new Error(`the worker that runs mysql2 ${what}`);
}

/** Loads the library ahead of the first call: its worker takes a tenth of a second to start, on another core. */
export function preload(): void {
  library ??= load();
}

function load(): Library {
  const { port1: port, port2: far } = new MessageChannel();
  const word = new Int32Array(new SharedArrayBuffer(4)).fill(ANSWERED);
  // Without the options of this process, which would load ts-node there.
  const worker = new Worker(join(__dirname, 'mysql-worker.ts'), {
    execArgv: [],
    workerData: { port: far, word },
    transferList: [far],
  });
  worker.on('error', (error) => console.error('the worker that runs mysql2 ended:', error));
  worker.unref();
  return { port, word, worker };
}

function unload(): void {
  void library?.worker.terminate();
  library = undefined;
}
