import { Reference } from '../reference-impl/adapter';
import { type Green, type GreenThread, getCurrent, sleep } from '../reference-impl/greenthread';
import { getHub } from '../reference-impl/hub';
import { internalLock } from '../reference-impl/lockutils';
import { Semaphore } from '../reference-impl/semaphore';
import { osThread } from '../src/sdk/events';
import type { Body, Op } from '../src/sdk/runtime';
import type { Mutant } from './mutant';
import { takes } from './reach';

/** What is taken before a section and let go after it. */
interface Lock {
  acquire(): Green<void>;
  release(): void;
}

/** The reference with other locks: one a name, made by `make`. */
function locking(make: () => Lock, nameOf = (name: string) => name): Reference {
  const locks = new Map<string, Lock>();
  return new (class extends Reference {
    override *synchronized<T>(name: string, body: Body<void, T>): Op<void, T> {
      const lock = locks.get(nameOf(name)) ?? make();
      locks.set(nameOf(name), lock);
      yield* lock.acquire();
      try {
        return yield* body();
      } finally {
        lock.release();
      }
    }
  })();
}

const TOGETHER = { clause: 'TM-5', claim: '{pair} inside together' } as const;
const ORDERS = { clause: 'TM-5', claim: 'in {int} of {int} orders {mishap}' } as const;
const OVERLAP = /^clerk\d+#1 went in while clerk\d+#1 was inside$/;

const never = new Int32Array(new SharedArrayBuffer(4));

export const locks: readonly Mutant[] = [
  {
    name: 'lock-excludes-nobody',
    defect: 'A section is entered without asking for the lock',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: OVERLAP,
    make: () =>
      new (class extends Reference {
        override synchronized<T>(_name: string, body: Body<void, T>): Op<void, T> {
          return body();
        }
      })(),
  },
  {
    name: 'lock-of-each-call-site',
    defect: 'The decorator makes a new lock at each use, whatever its name',
    reachedBy: takes('synchronized'),
    clause: 'TM-5',
    claim: '{int} update(s) is/are lost',
    why: /^2 updates were made, and the number is 1: 1 lost, not 0$/,
    make: () => {
      let uses = 0;
      return locking(
        () => new Semaphore(),
        () => String(++uses),
      );
    },
  },
  {
    name: 'lock-of-a-call-site-makes-twice',
    defect: 'The decorator makes a new lock at each use, so that a missing thing is made by each that looks',
    reachedBy: takes('synchronized'),
    clause: 'TM-5',
    claim: 'it is made {int} time(s)',
    why: /^2 made it: clerk1, clerk2$/,
    make: () =>
      new (class extends Reference {
        override *synchronized<T>(_name: string, body: Body<void, T>): Op<void, T> {
          yield* new Semaphore().acquire();
          return yield* body();
        }
      })(),
  },
  {
    name: 'lock-one-for-all-names',
    defect: 'There is one lock, whatever the name',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: /^clerk\d+#1 was kept out until clerk\d+#1 had left$/,
    make: () =>
      locking(
        () => new Semaphore(),
        () => 'all',
      ),
  },
  {
    name: 'lock-kept-after-raise',
    defect: 'A section that raises keeps the lock',
    reachedBy: takes('synchronized'),
    clause: 'TM-5',
    claim: 'the other one enters',
    why: /^stuck at .*section of clerk2#1.*: nothing moves, and nothing is owed$/,
    make: () => {
      const kept = new Map<string, Semaphore>();
      return new (class extends Reference {
        override *synchronized<T>(name: string, body: Body<void, T>): Op<void, T> {
          const lock = kept.get(name) ?? new Semaphore();
          kept.set(name, lock);
          yield* lock.acquire();
          const result = yield* body();
          lock.release();
          return result;
        }
      })();
    },
  },
  {
    name: 'lock-swallows-error',
    defect: 'A section that raises ends as if it had not',
    reachedBy: takes('synchronized'),
    clause: 'TM-5',
    claim: 'the other one enters',
    why: /^the section did not raise what was raised inside it$/,
    make: () =>
      new (class extends Reference {
        override *synchronized<T>(name: string, body: Body<void, T>): Op<void, T> {
          return yield* super.synchronized(name, function* () {
            try {
              return yield* body();
            } catch {
              return null as T;
            }
          });
        }
      })(),
  },
  {
    name: 'lock-taken-late',
    defect: 'A section is entered without the lock, which is taken only when something is read or written inside',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: OVERLAP,
    make: () => {
      const late = new Map<GreenThread, Semaphore>();
      return new (class extends Reference {
        override *synchronized<T>(name: string, body: Body<void, T>): Op<void, T> {
          const lock = internalLock(name);
          late.set(getCurrent(), lock);
          try {
            return yield* body();
          } finally {
            if (!late.delete(getCurrent())) lock.release();
          }
        }

        *preempt(): Op<void> {
          const lock = late.get(getCurrent());
          late.delete(getCurrent());
          if (lock) yield* lock.acquire();
        }
      })();
    },
  },
  {
    name: 'lock-wait-blocks-the-thread',
    defect: 'Who waits for a lock blocks the OS thread until the lock is let go',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: /^stuck at .*section of clerk2#1.*: nothing moves, and nothing is owed$/,
    make: () =>
      locking(() => {
        let taken = false;
        return {
          // biome-ignore lint/correctness/useYield: it does not switch, which is the defect
          *acquire() {
            while (taken) Atomics.wait(never, 0, 0);
            taken = true;
          },
          release() {
            taken = false;
          },
        };
      }),
  },
  {
    name: 'lock-late-waiter',
    defect: 'Who waited for a lock goes in 60 ms after it was let go, although another may have gone in by then',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: OVERLAP,
    make: () =>
      locking(() => {
        let taken = false;
        const waiters: (() => void)[] = [];
        return {
          *acquire() {
            if (taken) {
              const me = getCurrent();
              waiters.push(() => me.switch());
              yield;
            }
            taken = true;
          },
          release() {
            taken = false;
            const next = waiters.shift();
            if (next) getHub().schedule(0.06, next);
          },
        };
      }),
  },
  {
    name: 'lock-takes-effect-late',
    defect: 'A lock that was taken keeps others out only half a second later',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: OVERLAP,
    make: () =>
      locking(() => {
        const lock = new Semaphore();
        let since = Number.POSITIVE_INFINITY;
        let holders = 0;
        return {
          *acquire() {
            if (holders === 0 || performance.now() - since >= 500) yield* lock.acquire();
            if (holders === 0) since = performance.now();
            holders += 1;
          },
          release() {
            holders -= 1;
            if (holders === 0) lock.release();
          },
        };
      }),
  },
  {
    name: 'lock-gives-up',
    defect: 'Who has waited 80 ms for a lock goes in without it',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: OVERLAP,
    make: () =>
      locking(() => {
        let taken = false;
        return {
          *acquire() {
            for (let waited = 0; taken && waited < 0.08; waited += 0.08) yield* sleep(0.08);
            taken = true;
          },
          release() {
            taken = false;
          },
        };
      }),
  },
  {
    name: 'lock-held-by-os-thread',
    defect: 'A lock knows its holder by the OS thread, so that every other green thread of it may take it again',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: OVERLAP,
    make: () =>
      locking(() => {
        let [holder, depth] = [0, 0];
        const lock = new Semaphore();
        return {
          *acquire() {
            if (depth === 0 || holder !== osThread()) yield* lock.acquire();
            holder = osThread();
            depth += 1;
          },
          release() {
            depth -= 1;
            if (depth === 0) lock.release();
          },
        };
      }),
  },
  {
    name: 'lock-loses-wake-up',
    defect: 'A lock that is let go wakes nobody of those who wait',
    reachedBy: takes('synchronized'),
    ...TOGETHER,
    why: /^stuck at .*section of clerk2#1.*: nothing moves, and nothing is owed$/,
    make: () =>
      locking(() => {
        let taken = false;
        return {
          *acquire() {
            while (taken) yield;
            taken = true;
          },
          release() {
            taken = false;
          },
        };
      }),
  },
  {
    name: 'lock-open-after-two-in-a-row',
    defect: 'A lock that one takes twice in a row is open to the other',
    reachedBy: takes('synchronized'),
    ...ORDERS,
    why: /^two are inside together in the orders? [a-z\d, ]+: /,
    make: () =>
      locking(() => {
        const lock = new Semaphore();
        const inside: GreenThread[] = [];
        let [last, inARow] = [undefined as GreenThread | undefined, 0];
        return {
          *acquire() {
            const me = getCurrent();
            if (inARow < 2 || inside.length === 0) yield* lock.acquire();
            inside.push(me);
            inARow = me === last ? inARow + 1 : 1;
            last = me;
          },
          release() {
            inside.splice(inside.indexOf(getCurrent()), 1);
            if (inside.length === 0) lock.release();
          },
        };
      }),
  },
  {
    name: 'lock-forgets-who-waits',
    defect: 'Who is woken for a lock that its holder has taken again by then waits on, and is not woken again',
    reachedBy: takes('synchronized'),
    ...ORDERS,
    why: /^one waits for a lock that nobody holds in the orders? [a-z\d, ]+: /,
    make: () =>
      locking(() => {
        let taken = false;
        const waiters: GreenThread[] = [];
        return {
          *acquire() {
            if (taken) waiters.push(getCurrent());
            while (taken) yield;
            taken = true;
          },
          release() {
            taken = false;
            const next = waiters.shift();
            if (next) getHub().schedule(0, () => next.switch());
          },
        };
      }),
  },
];
