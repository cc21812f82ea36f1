// biome-ignore-all lint/correctness/useYield: what is broken here is mostly that it does not switch
import { Reference } from '../reference-impl/adapter';
import { type GreenThread, getCurrent, sleep, spawn } from '../reference-impl/greenthread';
import { Hub, type Timer, useHub } from '../reference-impl/hub';
import { time } from '../reference-impl/time';
import type { Value } from '../src/program/names';
import type { Step } from '../src/program/step';
import type { Body, Op, Spawned } from '../src/sdk/runtime';
import { receiving } from './io';
import type { Mutant } from './mutant';
import { sleepsFor0, sleepsForLonger, sleepsWithoutArgument, takes } from './reach';

type Sleep = (seconds?: number) => Op<void>;

/** The reference with another sleep of the library's. */
function sleeping(library: Sleep): () => Reference {
  return () =>
    new (class extends Reference {
      override readonly sleep: Reference['sleep'] = { library, standard: (...seconds) => time.sleep(...seconds) };
    })();
}

/** The reference with a hub that fires what is due in another order. */
function firing(order: (due: readonly Timer[]) => Timer[]): () => Reference {
  return () => {
    useHub(
      new (class extends Hub {
        protected override fire(due: readonly Timer[]): void {
          super.fire(order(due));
        }
      })(),
    );
    return new Reference();
  };
}

/** A sleep that raises where it lasts a fifth of a second longer than was asked. */
function* raisingIfLate(seconds: number): Op<void> {
  const until = performance.now() + seconds * 1000 + 200;
  yield* sleep(seconds);
  if (performance.now() > until) throw new Error('held up for too long');
}

function endingLateSleepers(): Reference {
  let timesHeldUp = 0;
  const late = new WeakSet<GreenThread>();
  return new (class extends Reference {
    override readonly sleep: Reference['sleep'] = {
      *library(seconds = 0) {
        const before = timesHeldUp;
        yield* sleep(seconds);
        if (seconds === 0 || timesHeldUp === before) return;
        late.add(getCurrent());
        yield;
      },
      standard(...seconds) {
        timesHeldUp += 1;
        return time.sleep(...seconds);
      },
    };

    override *spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
      return yield* super.spawn(function* () {
        const inner = body();
        let step = inner.next();
        while (!step.done) {
          if (late.has(getCurrent())) return inner.return(null).value ?? null;
          yield;
          step = inner.next();
        }
        return step.value;
      });
    }

    *preempt(step: Step): Op<void> {
      if (step.do === 'compute' || step.do === 'wait') timesHeldUp += 1;
    }
  })();
}

const NOBODY_RAN = { claim: '{company} runs meanwhile', why: /^no other green thread ran meanwhile$/ } as const;
const OFTEN_ASLEEP = {
  claim: 'the OS thread goes to sleep next to never, and next to every time for a short while',
  why: /^100 times sleep with 0 made the OS thread sleep \d+ times$/,
} as const;

const never = new Int32Array(new SharedArrayBuffer(4));

export const sleeps: readonly Mutant[] = [
  {
    name: 'sleep-0-returns-at-once',
    defect: 'A sleep of 0 returns at once, and switches to nobody',
    reachedBy: sleepsFor0,
    clause: 'YT-3a',
    ...NOBODY_RAN,
    make: sleeping(function* (seconds = 0) {
      if (seconds > 0) yield* sleep(seconds);
    }),
  },
  {
    name: 'sleep-without-argument-returns-at-once',
    defect: 'A sleep without an argument returns at once, and switches to nobody',
    reachedBy: sleepsWithoutArgument,
    clause: 'YT-4',
    ...NOBODY_RAN,
    make: sleeping(function* (seconds) {
      if (seconds !== undefined) yield* sleep(seconds);
    }),
  },
  {
    name: 'sleep-without-argument-sleeps-a-little',
    defect: 'A sleep without an argument sleeps a little, instead of only letting others run',
    reachedBy: sleepsWithoutArgument,
    clause: 'YT-4',
    ...OFTEN_ASLEEP,
    make: sleeping((seconds = 0.001) => sleep(seconds)),
  },
  {
    name: 'sleep-0-is-a-timer',
    defect: 'A sleep of 0 is a timer of one millisecond',
    reachedBy: sleepsFor0,
    clause: 'YT-3b',
    ...OFTEN_ASLEEP,
    make: sleeping((seconds = 0) => sleep(Math.max(seconds, 0.001))),
  },
  {
    name: 'sleep-0-switches-every-other-time',
    defect: 'Only every other sleep of 0 of a green thread switches',
    reachedBy: sleepsFor0,
    clause: 'YT-2',
    claim: '{company} runs in every gap',
    why: /^nobody ran in gap \d+$/,
    make: () => {
      const skipped = new WeakSet<GreenThread>();
      return sleeping(function* (seconds = 0) {
        const me = getCurrent();
        if (seconds > 0 || skipped.delete(me)) yield* sleep(seconds);
        else skipped.add(me);
      })();
    },
  },
  {
    name: 'sleep-blocks-the-thread',
    defect: 'A sleep of more than 0 blocks the OS thread',
    reachedBy: sleepsForLonger,
    clause: 'TM-2',
    ...NOBODY_RAN,
    make: sleeping(function* (seconds = 0) {
      if (seconds > 0) Atomics.wait(never, 0, 0, seconds * 1000);
      else yield* sleep(0);
    }),
  },
  {
    name: 'sleep-returns-early',
    defect: 'A sleep comes back once others have run, however long it was to last',
    reachedBy: sleepsForLonger,
    clause: 'TM-2',
    claim: 'it lasts at least {float} seconds',
    why: /^it lasted [\d.]+ ms of the [\d.]+ ms asked$/,
    make: sleeping(() => sleep(0)),
  },
  {
    name: 'sleep-0-skipped-after-io',
    defect: 'A sleep of 0 returns at once for whoever has just waited for bytes',
    reachedBy: sleepsFor0,
    clause: 'TM-2',
    ...NOBODY_RAN,
    make: () => {
      const fresh = new WeakSet<GreenThread>();
      return new (class extends Reference {
        override readonly sleep: Reference['sleep'] = {
          standard: (...seconds) => time.sleep(...seconds),
          *library(seconds = 0) {
            if (!fresh.delete(getCurrent()) || seconds > 0) yield* sleep(seconds);
          },
        };
        override readonly wait: Reference['wait'] = receiving(function* (socket) {
          const line = yield* socket.receiveLine();
          fresh.add(getCurrent());
          return line ?? null;
        })().wait;
      })();
    },
  },
  {
    name: 'late-sleep-raises',
    defect: 'A sleep that was held up for long raises',
    reachedBy: sleepsForLonger,
    clause: 'TM-6',
    claim: 'the timer fires only afterwards',
    why: /^the timer never fired$/,
    make: sleeping((seconds = 0) => (seconds > 0 ? raisingIfLate(seconds) : sleep(0))),
  },
  {
    name: 'late-sleeper-ends',
    defect: 'A green thread that slept while the OS thread was held up is never woken: it ends there, without a word',
    reachedBy: takes('sleep/standard', 'compute', 'wait/raw-pipe'),
    clause: 'TM-6',
    claim: 'the timer fires only afterwards',
    why: /^the timer never fired$/,
    make: endingLateSleepers,
  },
  {
    name: 'late-sleep-0-raises',
    defect: 'A sleep of 0 that was held up for long raises',
    reachedBy: sleepsFor0,
    clause: 'TM-6',
    claim: 'afterwards everybody goes on',
    why: /^the ready green threads had no turn any more$/,
    make: sleeping((seconds = 0) => (seconds > 0 ? sleep(seconds) : raisingIfLate(0))),
  },
  {
    name: 'last-in-first-out',
    defect: 'Whoever sleeps last goes on first, so that a sleep of 0 gives no turn away',
    clause: 'YT-3a',
    ...NOBODY_RAN,
    make: firing((due) => [...due].reverse()),
  },
  {
    name: 'sleep-0-lets-one-run',
    defect: 'A sleep of 0 lets only one of those run that are pending',
    clause: 'YT-3a',
    claim: '{company} runs meanwhile',
    why: /^pending#2(, pending#\d+)* did not run meanwhile$/,
    also: {
      clause: 'YT-2',
      claim: '{company} runs in every gap',
      why: /^pending#2(, pending#\d+)* did not run in gap 1$/,
    },
    make: firing((due) => [...due.slice(0, 1), ...due.slice(-1), ...due.slice(1, -1)].slice(0, due.length)),
  },
  {
    name: 'started-last-waits-longest',
    defect: 'A green thread that was just started has its first turn only after whoever slept since',
    clause: 'YT-3a',
    ...NOBODY_RAN,
    make: () =>
      new (class extends Reference {
        override *spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
          const thread = spawn(function* () {
            yield* sleep(0);
            return yield* body();
          });
          return { join: () => thread.wait() };
        }
      })(),
  },
];
