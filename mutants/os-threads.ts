import fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { Reference } from '../reference-impl/adapter';
import { type GreenThread, getCurrent } from '../reference-impl/greenthread';
import type { Value } from '../src/program/names';
import type { Body, Op, Spawned } from '../src/sdk/runtime';
import type { Mutant } from './mutant';
import { spawns } from './reach';

/** What an OS thread does that is only there: tells its id, and sleeps. */
const SLEEP = `
  const { readlinkSync } = require('node:fs');
  const word = require('node:worker_threads').workerData;
  Atomics.store(word, 0, Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
  Atomics.notify(word, 0);
  Atomics.wait(word, 1, 0);
`;

/** Starts an OS thread; it is there, and has its id, when this comes back. */
function startOsThread(): { worker: Worker; tid: number } {
  const word = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(SLEEP, { eval: true, execArgv: [], workerData: word });
  worker.unref();
  Atomics.wait(word, 0, 0);
  return { worker, tid: Atomics.load(word, 0) };
}

/** The reference with an OS thread more for every so many green threads of a program. */
function growing(every: number): () => Reference {
  return () => {
    let spawned = 0;
    return new (class extends Reference {
      override start(main: Body<void, void>): void {
        spawned = 0;
        super.start(main);
      }

      override spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
        const helper = spawned % every === every - 1 ? startOsThread() : undefined;
        spawned += 1;
        return super.spawn(function* () {
          try {
            return yield* body();
          } finally {
            void helper?.worker.terminate();
          }
        });
      }
    })();
  };
}

export const osThreads: readonly Mutant[] = [
  {
    name: 'helper-threads-grow',
    defect: 'With every two hundred green threads there is a helper thread more',
    reachedBy: spawns(200),
    clause: 'TM-3',
    claim: 'the kernel counts no OS thread more for {int} green threads than for one',
    why: /^\d+ OS threads? more: /,
    make: growing(200),
  },
  {
    name: 'green-threads-on-several-os-threads',
    defect: 'Green threads are spread over three OS threads',
    clause: 'TM-3',
    claim: 'all run on one OS thread, which the kernel knows',
    why: /^\d+ OS threads run green threads: \d+, \d+/,
    make: () => {
      const tids = [startOsThread(), startOsThread(), startOsThread()].map(({ tid }) => tid);
      const homes = new WeakMap<GreenThread, number>();
      let next = 0;
      const home = (): number => {
        const me = getCurrent();
        const own = homes.get(me) ?? tids[next++ % tids.length] ?? 0;
        homes.set(me, own);
        return own;
      };
      // No generator can be handed from one OS thread of Node's to another: to the kernel's eye they are there, and an event asks
      // where it is written.
      const readlink = fs.readlinkSync;
      const asked = (path: fs.PathLike): string =>
        path === '/proc/thread-self' ? `${process.pid}/task/${home()}` : readlink(path);
      fs.readlinkSync = Object.assign(asked, readlink) as typeof readlink;
      return new Reference();
    },
  },
];
