// biome-ignore-all lint/correctness/useYield: what is broken here is mostly that it does not switch
import { Reference } from '../reference-impl/adapter';
import { getCurrent, sleep } from '../reference-impl/greenthread';
import { getHub, useHub } from '../reference-impl/hub';
import { isMonkeyPatched } from '../reference-impl/monkey';
import { time } from '../reference-impl/time';
import type { Op } from '../src/sdk/runtime';
import { HandingOver } from './handing-over';
import type { Mutant } from './mutant';
import { inUnpatchedProcess, sleepsWithoutArgument, takes } from './reach';

type Sleep = (seconds?: number) => Op<void>;

/** The reference with another sleep of the library's, or of the standard library's. */
function sleeping(other: { library?: Sleep; standard?: Sleep }): () => Reference {
  const standard: Sleep = (...seconds) => time.sleep(...seconds);
  return () =>
    new (class extends Reference {
      override readonly sleep: Reference['sleep'] = { library: sleep, standard, ...other };
    })();
}

/** The standard library's as it was before anything was patched. */
const unpatched = time.sleep;

/** Those who sleep with 0 are woken in the reverse order of their coming. */
function reversed(): () => Op<void> {
  const asleep: (() => void)[] = [];
  return function* () {
    const me = getCurrent();
    if (asleep.length === 0) {
      getHub().schedule(0, () => {
        for (const wake of asleep.splice(0).reverse()) wake();
      });
    }
    asleep.push(() => me.switch());
    yield;
  };
}

const SAME_ORDER = {
  claim: 'both have their turns in the same order',
  why: /^first (#\d ?){9}, then (#\d ?){9}$/,
} as const;
const NOBODY_RAN = { claim: '{company} runs meanwhile', why: /^no other green thread ran meanwhile$/ } as const;

export const patching: readonly Mutant[] = [
  {
    name: 'unpatched-sleep-0-switches',
    defect: "The standard library's sleep of 0 switches, though nothing was patched",
    reachedBy: takes('sleep/standard'),
    clause: 'YT-5',
    claim: '{company} runs meanwhile',
    why: /^ready green threads had \d+ turns meanwhile$/,
    make: sleeping({ standard: (seconds = 0) => (seconds > 0 ? time.sleep(seconds) : sleep(0)) }),
  },
  {
    name: 'unpatched-sleep-switches',
    defect: "The standard library's sleep lets others run, though nothing was patched",
    reachedBy: takes('sleep/standard'),
    clause: 'TM-6',
    claim: '{company} runs meanwhile',
    why: /^(timer#1, messenger#1|messenger#1, timer#1) ran meanwhile$/,
    make: sleeping({ standard: sleep }),
  },
  {
    name: 'unpatched-sleep-yields-once',
    defect: "The standard library's sleep, not patched, lets those run once who are ready, and then blocks",
    reachedBy: takes('sleep/standard'),
    clause: 'TM-6',
    claim: '{company} runs meanwhile',
    why: /^ready green threads had \d+ turns meanwhile$/,
    make: () => {
      const hub = new HandingOver();
      useHub(hub);
      return sleeping({
        *standard(seconds = 0) {
          if (!isMonkeyPatched()) hub.letReadyRun();
          yield* time.sleep(seconds);
        },
      })();
    },
  },
  {
    name: 'unpatched-sleep-spins',
    defect: "The standard library's sleep keeps the processor busy, instead of sending the OS thread to sleep",
    reachedBy: takes('sleep/standard'),
    clause: 'TM-6',
    claim: 'the kernel sees the OS thread {sight} while a byte lies unread',
    why: /^the kernel saw the OS thread busy, not blocked$/,
    make: sleeping({
      *standard(seconds = 0) {
        for (const until = performance.now() + seconds * 1000; performance.now() < until; );
      },
    }),
  },
  {
    name: 'patched-sleep-blocks',
    defect: "The standard library's sleep is said to be patched, and blocks as before",
    reachedBy: takes('sleep/standard'),
    clause: 'YT-5',
    ...NOBODY_RAN,
    make: sleeping({ standard: (...seconds) => unpatched(...seconds) }),
  },
  {
    name: 'patched-sleep-0-is-a-timer',
    defect: "The standard library's sleep of 0, patched, is a timer of one millisecond",
    reachedBy: takes('sleep/standard'),
    clause: 'YT-5',
    claim: 'the OS thread goes to sleep next to never, and next to every time for a short while',
    why: /^100 times sleep with 0 made the OS thread sleep \d+ times$/,
    make: sleeping({ standard: (seconds = 0) => time.sleep(Math.max(seconds, 0.001)) }),
  },
  {
    name: 'patched-sleep-0-in-another-order',
    defect: "The standard library's sleep of 0, patched, wakes in another order than the library's",
    reachedBy: takes('sleep/standard'),
    clause: 'YT-5',
    ...SAME_ORDER,
    make: () => {
      const other = reversed();
      return sleeping({
        standard: (seconds = 0) => (seconds === 0 && isMonkeyPatched() ? other() : time.sleep(seconds)),
      })();
    },
  },
  {
    name: 'sleep-without-argument-in-another-order',
    defect: 'A sleep without an argument wakes in another order than one of 0',
    reachedBy: sleepsWithoutArgument,
    clause: 'YT-4',
    ...SAME_ORDER,
    make: () => {
      const other = reversed();
      return sleeping({ library: (seconds) => (seconds === undefined ? other() : sleep(seconds)) })();
    },
  },
  {
    name: 'library-sleep-needs-patching',
    defect: "The library's sleep switches only in a process that is patched",
    reachedBy: inUnpatchedProcess,
    clause: 'YT-6',
    ...NOBODY_RAN,
    make: sleeping({ library: (seconds = 0) => (isMonkeyPatched() ? sleep(seconds) : time.sleep(seconds)) }),
  },
];
