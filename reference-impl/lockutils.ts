import { type Green, type GreenThread, getCurrent } from './greenthread';
import { getHub } from './hub';

/**
 * A lock that one green thread holds at a time. It is handed over in the order of asking (eventlet/semaphore.py: who
 * comes while others wait waits too), and whoever asks for it twice waits for itself, as with OpenStack's.
 */
export class Lock {
  readonly #waiters: GreenThread[] = [];
  #held = false;

  *acquire(): Green<void> {
    if (this.#held) {
      this.#waiters.push(getCurrent());
      yield; // until release hands it over, still held
    }
    this.#held = true;
  }

  release(): void {
    const next = this.#waiters.shift();
    if (next) getHub().schedule(0, () => next.switch());
    else this.#held = false;
  }
}

/** Locks by name, shared by the whole process (oslo_concurrency/lockutils.py, `internal_lock`). */
const locks = new Map<string, Lock>();

export function internalLock(name: string): Lock {
  const lock = locks.get(name) ?? new Lock();
  locks.set(name, lock);
  return lock;
}

/**
 * Of all that is synchronized under one name, one runs at a time. A decorator for generator methods, and for a plain
 * generator function: `synchronized('name')(function* () { … })`. The lock is let go however the body ends.
 */
export function synchronized(name: string) {
  return <This, Args extends unknown[], T>(
    body: (this: This, ...args: Args) => Green<T>,
    _context?: ClassMethodDecoratorContext,
  ) =>
    function* (this: This, ...args: Args): Green<T> {
      const lock = internalLock(name);
      yield* lock.acquire();
      try {
        return yield* body.apply(this, args);
      } finally {
        lock.release();
      }
    };
}
