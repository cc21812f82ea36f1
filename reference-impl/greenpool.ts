import { type Green, type GreenThread, spawn } from './greenthread';
import { Semaphore } from './semaphore';

/** Green threads, at most `size` at a time: who wants one more waits in the hub until one has ended (eventlet.GreenPool). */
export class GreenPool {
  readonly #places: Semaphore;

  constructor(size: number) {
    this.#places = new Semaphore(size);
  }

  *spawn<T>(body: () => Green<T>): Green<GreenThread<T>> {
    yield* this.#places.acquire();
    const thread = spawn(body);
    thread.link(() => this.#places.release());
    return thread;
  }
}
