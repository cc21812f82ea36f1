// biome-ignore-all lint/correctness/useYield: what is broken here is that it does not wait
import { Reference } from '../reference-impl/adapter';
import { GreenThread, spawn } from '../reference-impl/greenthread';
import type { Value } from '../src/program/names';
import type { Body, Op, Spawned } from '../src/sdk/runtime';
import type { Mutant } from './mutant';
import { raises, spawns, takes } from './reach';
import { stepwise } from './stepwise';

/** The reference with another wait for a green thread's end. */
function joining(join: (thread: GreenThread<Value>) => Op<void, Value>): () => Reference {
  return () =>
    new (class extends Reference {
      override *spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
        const thread = spawn(body);
        return { join: () => join(thread) };
      }
    })();
}

const RETURNED = { clause: 'TM-1', claim: 'whoever waits for them gets what each {gift}' } as const;

class TakenAlong extends Error {
  override readonly name = 'TakenAlong';
}

/** Waits for the end of a green thread, whichever it is. */
function* ended(thread: GreenThread<Value>): Op<void> {
  try {
    yield* thread.wait();
  } catch {
    // It is those that join it whom that concerns.
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

export const ends: readonly Mutant[] = [
  {
    name: 'join-does-not-wait',
    defect: 'A join comes back at once, whether or not the green thread has ended',
    ...RETURNED,
    why: /^the wait for clerk1 ended before clerk1 had$/,
    make: joining(function* () {
      return null;
    }),
  },
  {
    name: 'join-swallows-error',
    defect: 'A join gives nothing where the green thread raised',
    reachedBy: raises,
    ...RETURNED,
    why: /^the wait for clerk1 gave null$/,
    make: joining(function* (thread) {
      try {
        return yield* thread.wait();
      } catch {
        return null;
      }
    }),
  },
  {
    name: 'join-gives-nothing',
    defect: 'A join waits, and gives nothing of what was returned',
    reachedBy: takes('return'),
    ...RETURNED,
    why: /^the wait for clerk1 gave null$/,
    make: joining(function* (thread) {
      yield* thread.wait();
      return null;
    }),
  },
  {
    name: 'join-gives-another-value',
    defect: 'A join gives what the last that was joined before had returned',
    reachedBy: takes('return'),
    ...RETURNED,
    why: /^the wait for clerk2 gave "clerk1"$/,
    make: () => {
      let last: Value | undefined;
      return joining(function* (thread) {
        const own = yield* thread.wait();
        const value = last ?? own;
        last = own;
        return value;
      })();
    },
  },
  {
    name: 'join-loses-wake-up',
    defect: 'Who waits for a green thread before it has ended is never woken',
    ...RETURNED,
    why: /^stuck at end-of-clerk1 of main: nothing moves, and nothing is owed$/,
    make: () =>
      new (class extends Reference {
        override *spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
          let ended = false;
          const thread = spawn(function* () {
            try {
              return yield* body();
            } finally {
              ended = true;
            }
          });
          return {
            *join() {
              if (!ended) yield;
              return yield* thread.wait();
            },
          };
        }
      })(),
  },
  {
    name: 'join-blocks-the-thread',
    defect: 'A join blocks the OS thread, on which the other green thread would have to run',
    clause: 'TM-2',
    claim: '{company} runs meanwhile',
    why: /^stuck at end-of-worker of main: nothing moves, and nothing is owed$/,
    make: joining(function* (thread) {
      Atomics.wait(never, 0, 0);
      return yield* thread.wait();
    }),
  },
  {
    name: 'error-takes-others-along',
    defect: 'A green thread that raises takes all others down that wait',
    reachedBy: raises,
    clause: 'TM-1',
    claim: 'every other green thread comes to its end',
    why: /^clerk2#1 raised TakenAlong after clerk1#1 had$/,
    make: () => {
      let raised = false;
      return new (class extends Reference {
        override start(main: Body<void, void>): void {
          raised = false;
          super.start(main);
        }

        override spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
          function* telling(): Op<void, Value> {
            try {
              return yield* body();
            } catch (error) {
              raised = true;
              throw error;
            }
          }
          return super.spawn(() =>
            stepwise(telling, () => {
              if (raised) throw new TakenAlong();
            }),
          );
        }
      })();
    },
  },
  {
    name: 'spawn-forgets-one',
    defect: 'Of ten green threads that are spawned one is never started',
    reachedBy: spawns(10),
    clause: 'TM-1',
    claim: 'every green thread comes to its end',
    why: /^stuck at end-of-clerk\d+ of main: nothing moves, and nothing is owed$/,
    make: () => {
      let spawned = 0;
      return new (class extends Reference {
        override start(main: Body<void, void>): void {
          spawned = 0;
          super.start(main);
        }

        override *spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
          spawned += 1;
          const thread = new GreenThread(body());
          return spawned % 10 === 0 ? { join: () => thread.wait() } : yield* super.spawn(body);
        }
      })();
    },
  },
  {
    name: 'one-after-the-other',
    defect: 'A green thread is started only when the one before it has ended',
    clause: 'TM-4',
    claim: '{int} update(s) is/are lost',
    why: /^2 updates were made, and the number is 2: 0 lost, not 1$/,
    make: () => {
      let before: GreenThread<Value> | undefined;
      return new (class extends Reference {
        override *spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
          const other = before;
          const thread = spawn(function* () {
            if (other !== undefined) yield* ended(other);
            return yield* body();
          });
          before = thread;
          return { join: () => thread.wait() };
        }
      })();
    },
  },
];
