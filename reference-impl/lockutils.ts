import type { Green } from './greenthread';
import { Semaphore } from './semaphore';

/** Locks by name, shared by the whole process (oslo_concurrency/lockutils.py, `internal_lock`: semaphores of one). */
const locks = new Map<string, Semaphore>();

export function internalLock(name: string): Semaphore {
  const lock = locks.get(name) ?? new Semaphore();
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
