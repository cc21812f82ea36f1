// biome-ignore-all lint/correctness/useYield: what is made up needs no switch
import fs from 'node:fs';
import { Reference } from '../reference-impl/adapter';
import { sleep } from '../reference-impl/greenthread';
import { monkeyPatch } from '../reference-impl/monkey';
import type { Value } from '../src/program/names';
import type { Body, Op, Prepared, Spawned } from '../src/sdk/runtime';
import type { Mutant } from './mutant';
import { inPatchedProcess, inUnpatchedProcess, takes } from './reach';
import { type Connect, WithDrivers } from './with-drivers';

const NEVER_CAME = /^\w+(#\d+)? reported a wait at the gate [\w-]+, and never came there$/;
const SAW_NONE = /^the adapter reported a query, and the server saw none$/;

/** Adapters that report what the document leads one to expect, without the work that would show it. */
export const liars: readonly Mutant[] = [
  {
    name: 'liar-gates',
    defect: 'Waits at gates are reported with tokens that are made up, and no gate is reached',
    lie: true,
    why: NEVER_CAME,
    make: () => Object.assign(new Reference(), { wait: { green: madeUpGate } }),
  },
  {
    name: 'liar-ghosts',
    defect: 'Green threads are never run: what they would do is reported by whoever starts them',
    lie: true,
    why: NEVER_CAME,
    make: () => ghosts(),
  },
  {
    name: 'liar-queries',
    defect: 'Queries are reported with rows that are made up, and none is sent',
    reachedBy: takes('query'),
    lie: true,
    why: SAW_NONE,
    make: () =>
      new WithDrivers({
        'c-library': madeUpRows,
        native: madeUpRows,
        'thread-pool': madeUpRows,
        'connection-pool': madeUpRows,
      }),
  },
  {
    name: 'liar-os-threads',
    defect: 'Events name OS threads that do not exist',
    lie: true,
    why: /^the kernel knows none of the OS threads that events name \(4194305\)$/,
    make: () => {
      const { readlinkSync } = fs;
      const lie = (path: string): string => (path === '/proc/thread-self' ? '1/task/4194305' : readlinkSync(path));
      Object.assign(fs, { readlinkSync: lie });
      return new Reference();
    },
  },
  {
    name: 'liar-file',
    defect: 'The text of a file is made up, and the file is not read',
    reachedBy: takes('touch/file'),
    lie: true,
    why: /^the adapter reported a text that the file does not hold$/,
    make: () => {
      const { readFileSync } = fs;
      const lie: unknown = (path: string, options: never): unknown =>
        String(path).endsWith('readable.txt') ? 'made up' : readFileSync(path, options);
      Object.assign(fs, { readFileSync: lie });
      return new Reference();
    },
  },
  {
    name: 'liar-pipe',
    defect: 'A read from a pipe is reported with a line that is made up, and the pipe is not opened',
    reachedBy: takes('wait/raw-pipe'),
    lie: true,
    why: /^subject#1 reported a read from the pipe plain, and nobody read there$/,
    make: () => {
      const { openSync } = fs;
      const lie = (path: string, flags: string): number => {
        if (!/\/pipe-\w+$/.test(path)) return openSync(path, flags);
        const line = `${path}-made-up`;
        fs.writeFileSync(line, 'made up\n');
        return openSync(line, flags);
      };
      Object.assign(fs, { openSync: lie });
      return new Reference();
    },
  },
  {
    name: 'liar-log',
    defect: 'Lines of the log are reported, and none is written',
    reachedBy: takes('touch/log'),
    lie: true,
    why: /^the adapter reported 50 log lines, and the log holds 0 of them$/,
    make: () => Object.assign(new Reference(), { *log() {} }),
  },
  {
    name: 'liar-patched',
    defect: 'The process is said to be monkey-patched, and nothing was patched',
    reachedBy: inPatchedProcess,
    lie: true,
    why: /^the adapter says that its process is monkey-patched, and nobody ran while the standard library slept$/,
    looksLikeFailureOf: ['YT-5', 'TM-6'],
    make: () =>
      new (class extends Reference {
        override prepare(patch: boolean, pool: number): Prepared {
          return { ...super.prepare(false, pool), patched: patch };
        }
      })(),
  },
  {
    name: 'liar-unpatched',
    defect: 'The process is said not to be monkey-patched, and it is',
    reachedBy: inUnpatchedProcess,
    lie: true,
    why: /^the adapter says that its process is not monkey-patched, and others ran while the standard library slept$/,
    looksLikeFailureOf: ['YT-5', 'TM-6'],
    make: () =>
      new (class extends Reference {
        override prepare(patch: boolean, pool: number): Prepared {
          monkeyPatch();
          return { ...super.prepare(true, pool), patched: patch };
        }
      })(),
  },
  {
    name: 'liar-library',
    defect: 'The C driver is said to be in a library that is not loaded',
    reachedBy: takes('query'),
    lie: true,
    why: /^the adapter names mysql2 as its C driver, and that is not loaded/,
    make: () => naming({ library: 'libmysqlclient' }),
  },
  {
    name: 'liar-library-unnamed',
    defect: 'A driver without a library is said to be the C driver',
    reachedBy: takes('query'),
    lie: true,
    why: /^the adapter names mysql2 as its C driver, and no library that could be looked for in its process$/,
    make: () => naming({}),
  },
];

function* madeUpGate(): Op<void, { send(): Op<void>; receive(): Op<void, string>; close(): Op<void> }> {
  return {
    *send() {},
    *receive() {
      yield* sleep(0);
      return 'made up';
    },
    *close() {},
  };
}

const madeUpRows: Connect = function* () {
  return {
    *query(sql) {
      return /^\/\*.*\*\/ SELECT/.test(sql) ? [[1, 'made up', 1]] : null;
    },
    *close() {},
  };
};

/** Whoever starts a green thread goes through some of its steps himself, and through the rest when he is to wait for its end. */
function ghosts(): Reference {
  return Object.assign(
    new (class extends Reference {
      override *spawn(body: Body<void, Value>): Op<void, Spawned<void>> {
        const ghost = new Ghost(body());
        ghost.start();
        return {
          *join() {
            return ghost.end();
          },
        };
      }
      override *synchronized<T>(_: string, body: Body<void, T>): Op<void, T> {
        return yield* body();
      }
    })(),
    { wait: { green: madeUpGate }, sleep: { library: pretend, standard: pretend } },
  );
}

/** More than any green thread has that does not turn until it is told to end. */
const TURNS = 100;

function* pretend(): Op<void> {
  yield;
}

class Ghost {
  readonly #body: Op<void, Value>;
  #end: { value: Value } | { error: unknown } | undefined;

  constructor(body: Op<void, Value>) {
    this.#body = body;
  }

  start(): void {
    for (let turn = 0; turn < TURNS && this.#end === undefined; turn++) this.#step();
  }

  end(): Value {
    while (this.#end === undefined) this.#step();
    if ('error' in this.#end) throw this.#end.error;
    return this.#end.value;
  }

  #step(): void {
    try {
      const { done, value } = this.#body.next();
      if (done) this.#end = { value };
    } catch (error) {
      this.#end = { error };
    }
  }
}

/** The reference with its C driver named as one that is no model. */
function naming(library: { library?: string }): Reference {
  return new (class extends Reference {
    override prepare(patch: boolean, pool: number): Prepared {
      const prepared = super.prepare(patch, pool);
      const { model, ...driver } = prepared.runtime.drivers['c-library'] ?? { name: 'mysql2', version: '0' };
      const drivers = { ...prepared.runtime.drivers, 'c-library': { ...driver, ...library } };
      return { ...prepared, runtime: { ...prepared.runtime, drivers } };
    }
  })();
}
