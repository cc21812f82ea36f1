import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Green, trampoline } from './greenthread';
import { openLine } from './mysql-library';
import type { Reply, Request } from './mysql-worker';

/** A call that waits for an OS thread, or is made in one. */
interface Job {
  readonly request: Request;
  readonly answer: (reply: Reply) => void;
  readonly fail: (error: Error) => void;
}

/** eventlet's own size (EVENTLET_THREADPOOL_SIZE). */
let size = 20;
let started = 0;
const idle: PoolThread[] = [];
const waiting: Job[] = [];

/** To be called before the pool is used. */
export function setNumThreads(threads: number): void {
  size = threads;
}

/**
 * Makes a call of the C library in an OS thread of the pool; other green threads run meanwhile (eventlet.tpool.execute).
 * While all OS threads are taken, calls wait in the order in which they were made.
 */
export function* execute(request: Request): Green<Reply> {
  return yield* trampoline<Reply>((answer, fail) => {
    waiting.push({ request, answer, fail });
    handOut();
  });
}

function handOut(): void {
  while (waiting.length > 0) {
    const thread = idle.pop() ?? (started < size ? new PoolThread() : undefined);
    if (thread === undefined) return;
    thread.take(waiting.shift());
  }
}

/** An OS thread, which one call at a time occupies until the library has answered. */
class PoolThread {
  readonly #thread: Worker;
  #job: Job | undefined;

  constructor() {
    started += 1;
    const line = openLine();
    this.#thread = new Worker(join(__dirname, `tpool-thread${extname(__filename)}`), {
      execArgv: [],
      workerData: line,
      transferList: [line.port],
    });
    this.#thread.on('message', (reply: Reply) => {
      idle.push(this);
      this.#over((job) => job.answer(reply));
    });
    this.#thread.on('error', (error: Error) => {
      started -= 1;
      this.#over((job) => job.fail(error));
    });
  }

  take(job: Job | undefined): void {
    this.#job = job;
    this.#thread.ref();
    this.#thread.postMessage(job?.request);
  }

  /** Those that wait go first: the green thread that is switched to may call again at once. */
  #over(tell: (job: Job) => void): void {
    const job = this.#job;
    this.#thread.unref();
    handOut();
    if (job) tell(job);
  }
}
