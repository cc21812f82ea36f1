import { Reference } from '../reference-impl/adapter';
import { sleep } from '../reference-impl/greenthread';
import { Hub, useHub } from '../reference-impl/hub';
import type { Step } from '../src/program/step';
import type { Op } from '../src/sdk/runtime';
import { receiving } from './io';
import type { Mutant } from './mutant';
import { sleepsForLonger, takes } from './reach';

const SERVED = { clause: 'YT-2', claim: 'the timer and the byte are served before it ends' } as const;

/** Fires no timer as long as anybody sleeps with 0. */
class StarvesTimers extends Hub {
  #spinning = 0;

  override schedule(seconds: number, callback: () => void): void {
    if (seconds > 0) super.schedule(seconds, () => this.#whenQuiet(callback));
    else {
      this.#spinning += 1;
      super.schedule(0, () => {
        this.#spinning -= 1;
        callback();
      });
    }
  }

  #whenQuiet(callback: () => void): void {
    if (this.#spinning === 0) callback();
    else super.schedule(0.001, () => this.#whenQuiet(callback));
  }
}

/** Fires timers that are due also when it is told to in the midst of a green thread's slice, as a signal would. */
class Interrupting extends Hub {
  readonly #timers = new Map<() => void, number>();

  override schedule(seconds: number, callback: () => void): void {
    if (seconds === 0) super.schedule(0, callback);
    else {
      const once = (): void => {
        if (this.#timers.delete(once)) callback();
      };
      this.#timers.set(once, performance.now() + seconds * 1000);
      super.schedule(seconds, once);
    }
  }

  interrupt(): void {
    for (const [fire, due] of [...this.#timers]) if (due <= performance.now()) fire();
  }
}

/** Runs all that is ready, over and over, and gets to nothing else until nobody is. */
class NeverPolls extends Hub {
  #ready: (() => void)[] = [];

  override schedule(seconds: number, callback: () => void): void {
    if (seconds > 0) super.schedule(seconds, callback);
    else if (this.#ready.push(callback) === 1) super.schedule(0, () => this.#runAll());
  }

  #runAll(): void {
    while (this.#ready.length > 0) {
      const now = this.#ready;
      this.#ready = [];
      for (const callback of now) callback();
    }
  }
}

export const hubs: readonly Mutant[] = [
  {
    name: 'hub-never-polls',
    defect: 'The hub gets to no I/O and no timer while anybody is ready',
    ...SERVED,
    why: /^(the timer and )?the byte had to wait until the work had ended$/,
    make: () => {
      useHub(new NeverPolls());
      return new Reference();
    },
  },
  {
    name: 'hub-starves-timers',
    defect: 'The hub fires no timer while others spin on a sleep of 0',
    reachedBy: sleepsForLonger,
    ...SERVED,
    why: /^the timer had to wait until the work had ended$/,
    make: () => {
      useHub(new StarvesTimers());
      return new Reference();
    },
  },
  {
    name: 'hub-starves-io',
    defect: 'The hub looks at I/O once in two thousand cycles while others spin on a sleep of 0',
    ...SERVED,
    why: /^the byte had to wait until the work had ended$/,
    make: receiving(function* (socket) {
      const line = yield* socket.receiveLine();
      for (let cycle = 0; cycle < 2000; cycle++) yield* sleep(0);
      return line ?? null;
    }),
  },
  {
    name: 'timer-interrupts-computation',
    defect: 'A timer that falls due fires in the midst of a computation',
    reachedBy: takes('compute'),
    clause: 'YT-1',
    claim: '{company} runs meanwhile',
    why: /^(messenger#1, )?timer#1 ran meanwhile$/,
    make: () => {
      const hub = new Interrupting();
      useHub(hub);
      return new (class extends Reference {
        // biome-ignore lint/correctness/useYield: it does not switch away, it lets others run inside
        *preempt(step: Step): Op<void> {
          if (step.do === 'compute') hub.interrupt();
        }
      })();
    },
  },
];
