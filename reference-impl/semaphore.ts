import { type Green, type GreenThread, getCurrent } from './greenthread';
import { getHub } from './hub';

/**
 * Lets as many green threads through as its value says, until they release it. It is handed over in the order of asking
 * (eventlet/semaphore.py: who comes while others wait waits too), and whoever asks for the last twice waits for itself.
 */
export class Semaphore {
  readonly #waiters: GreenThread[] = [];
  #value: number;

  constructor(value = 1) {
    this.#value = value;
  }

  *acquire(): Green<void> {
    if (this.#value > 0) {
      this.#value -= 1;
    } else {
      this.#waiters.push(getCurrent());
      yield; // until release hands it over
    }
  }

  release(): void {
    const next = this.#waiters.shift();
    if (next) getHub().schedule(0, () => next.switch());
    else this.#value += 1;
  }
}
