import { type Green, getCurrent } from './greenthread';
import { getHub } from './hub';

/** One that waits: `handed` once it has been given what it waits for. */
interface Waiter {
  readonly resume: () => void;
  handed: boolean;
}

/**
 * Lets as many green threads through as its value says, until they release it. It is handed over in the order of asking
 * (eventlet/semaphore.py: who comes while others wait waits too), and whoever asks for the last twice waits for itself.
 */
export class Semaphore {
  #waiters: Waiter[] = [];
  #value: number;

  constructor(value = 1) {
    this.#value = value;
  }

  *acquire(): Green<void> {
    if (this.#value > 0) {
      this.#value -= 1;
      return;
    }
    const me: Waiter = { resume: getCurrent().resumer(), handed: false };
    this.#waiters.push(me);
    try {
      yield; // until release hands it over
    } catch (error) {
      this.#leave(me);
      throw error;
    }
  }

  release(): void {
    const next = this.#waiters.shift();
    if (next) {
      next.handed = true;
      getHub().schedule(0, next.resume);
    } else this.#value += 1;
  }

  /** Who was killed, or timed out, while it waited waits no more; and gives back what it was handed meanwhile. */
  #leave(waiter: Waiter): void {
    if (waiter.handed) this.release();
    else this.#waiters = this.#waiters.filter((other) => other !== waiter);
  }
}
