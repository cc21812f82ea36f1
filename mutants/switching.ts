import fs from 'node:fs';
import { basename } from 'node:path';
import { Reference } from '../reference-impl/adapter';
import { sleep } from '../reference-impl/greenthread';
import { useHub } from '../reference-impl/hub';
import type { Step } from '../src/program/step';
import type { Op } from '../src/sdk/runtime';
import { HandingOver } from './handing-over';
import type { Mutant } from './mutant';
import { someStep, takes } from './reach';

/** The reference with a switch in the midst of steps that must not have one. */
function switchingAt(isHere: (step: Step) => boolean): () => Reference {
  return () =>
    new (class extends Reference {
      *preempt(step: Step): Op<void> {
        if (isHere(step)) yield* sleep(0);
      }
    })();
}

/** The reference that lets those run who are ready when such a step begins, which must not switch: none of them a timer that has fallen due. */
function handingOverAt(isHere: (step: Step) => boolean): () => Reference {
  return () => {
    const hub = new HandingOver();
    useHub(hub);
    const begun = new WeakSet<Step>();
    return new (class extends Reference {
      // biome-ignore lint/correctness/useYield: it does not switch away, it lets others run inside
      *preempt(step: Step): Op<void> {
        if (isHere(step) && !begun.has(step)) hub.letReadyRun();
        begun.add(step);
      }
    })();
  };
}

/** Plain reads go through `node:fs`: of a pipe they look again and again, where they would block. */
function readPipesSpinning(): void {
  const { openSync, readSync } = fs;
  const pipes = new Set<number>();
  fs.openSync = (path, flags, mode) => {
    if (!/^pipe-/.test(basename(String(path)))) return openSync(path, flags, mode);
    const descriptor = openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
    pipes.add(descriptor);
    return descriptor;
  };
  const readSpinning = (descriptor: number, into: Uint8Array): number => {
    let size = 0;
    do {
      try {
        size = readSync(descriptor, into);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      }
    } while (size === 0 && pipes.has(descriptor));
    pipes.delete(descriptor);
    return size;
  };
  fs.readSync = readSpinning as typeof fs.readSync;
}

const never = new Int32Array(new SharedArrayBuffer(4));

const NOBODY = { clause: 'TM-2', claim: '{company} runs meanwhile' } as const;
const TURNS = /^ready green threads had \d+ turns meanwhile$/;
/** Of what goes on until the suite has seen enough: it looks for the byte. */
const SERVED = /^messenger#1 ran meanwhile$/;

export const switching: readonly Mutant[] = [
  {
    name: 'computation-preempted',
    defect: 'A green thread that computes is interrupted, and others run',
    reachedBy: takes('compute'),
    ...NOBODY,
    why: SERVED,
    make: switchingAt((step) => step.do === 'compute'),
  },
  {
    name: 'computation-yields-once',
    defect: 'A green thread that computes lets those run once who are ready, at its beginning',
    reachedBy: takes('compute'),
    ...NOBODY,
    why: TURNS,
    make: handingOverAt((step) => step.do === 'compute'),
  },
  {
    name: 'switch-at-function-call',
    defect: 'A call of a function switches',
    reachedBy: takes('call'),
    ...NOBODY,
    why: SERVED,
    make: switchingAt((step) => step.do === 'call'),
  },
  {
    name: 'switch-in-arithmetic',
    defect: 'An addition switches before its sum is kept',
    reachedBy: someStep((step) => step.do === 'set' && step.variable === 'scratch' && step.plus !== undefined),
    ...NOBODY,
    why: SERVED,
    make: switchingAt((step) => step.do === 'set' && step.variable === 'scratch' && step.plus !== undefined),
  },
  {
    name: 'switch-between-read-and-write',
    defect: 'An addition to a shared number switches between reading and writing it',
    reachedBy: someStep((step) => step.do === 'set' && step.plus !== undefined),
    clause: 'TM-4',
    claim: '{int} update(s) is/are lost',
    why: /^\d+ updates were made, and the number is \d+: \d+ lost, not 0$/,
    make: switchingAt((step) => step.do === 'set' && step.plus !== undefined),
  },
  {
    name: 'switch-at-raise',
    defect: 'Raising an error switches',
    reachedBy: takes('raise'),
    ...NOBODY,
    why: SERVED,
    make: switchingAt((step) => step.do === 'raise'),
  },
  {
    name: 'switch-at-file-read',
    defect: 'Reading a regular file switches',
    reachedBy: takes('touch/file'),
    ...NOBODY,
    why: SERVED,
    make: switchingAt((step) => step.do === 'touch' && step.what === 'file'),
  },
  {
    name: 'switch-at-log',
    defect: 'Writing a line to a log that nobody else writes to switches',
    reachedBy: takes('touch/log'),
    ...NOBODY,
    why: SERVED,
    make: switchingAt((step) => step.do === 'touch' && step.what === 'log'),
  },
  {
    name: 'pipe-read-yields-once',
    defect: 'A read from a pipe that nothing has patched lets those run once who are ready, and then blocks',
    reachedBy: takes('wait/raw-pipe'),
    clause: 'TM-6',
    claim: '{company} runs meanwhile',
    why: TURNS,
    make: handingOverAt((step) => step.do === 'wait'),
  },
  {
    name: 'pipe-read-spins',
    defect: 'A read from a pipe that nothing has patched keeps the processor busy until something comes',
    reachedBy: takes('wait/raw-pipe'),
    clause: 'TM-6',
    claim: 'the kernel sees the OS thread {sight} while a byte lies unread',
    why: /^the kernel saw the OS thread busy, not blocked$/,
    make: () => {
      readPipesSpinning();
      return new Reference();
    },
  },
  {
    name: 'computation-put-to-sleep',
    defect: 'The OS thread of a green thread that computes is put to sleep now and then',
    reachedBy: takes('compute'),
    clause: 'TM-2',
    claim: 'the kernel sees the OS thread {sight} while a byte lies unread',
    why: /^the kernel saw the OS thread blocked, not busy$/,
    make: () =>
      new (class extends Reference {
        // biome-ignore lint/correctness/useYield: it does not switch
        *preempt(step: Step): Op<void> {
          if (step.do === 'compute') Atomics.wait(never, 0, 0, 300);
        }
      })(),
  },
];
