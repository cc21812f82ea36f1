// biome-ignore-all lint/correctness/useYield: what blocks does not yield
import type { Reference } from '../reference-impl/adapter';
import { sleep, spawn } from '../reference-impl/greenthread';
import { Hub, useHub } from '../reference-impl/hub';
import { isMonkeyPatched } from '../reference-impl/monkey';
import { blocking, green, MysqlError } from '../reference-impl/mysql';
import type { Value } from '../src/program/names';
import type { Mutant } from './mutant';
import { takes } from './reach';
import { spinning, twice, unpatched, waiting, withoutLocks, yieldingOnce } from './ways-to-mysql';
import { type Connect, WithDrivers } from './with-drivers';

const SEES = 'MySQL sees {int} query/queries waiting at once';
const BLOCKED = 'the kernel sees the OS thread {sight} while a byte lies unread';
const SAW_BUSY = { claim: BLOCKED, why: /^the kernel saw the OS thread busy, not blocked$/ } as const;
const HAD_TURNS = {
  claim: '{company} runs meanwhile',
  why: /^(ready green threads had \d+ turns meanwhile|timer#1 ran meanwhile)$/,
} as const;
const SERVED = /^a byte that was sent meanwhile was served, so the OS thread was not blocked$/;

export const mysql: readonly Mutant[] = [
  {
    name: 'c-driver-yields',
    defect: 'A C driver lets others run while its query waits',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-1',
    claim: BLOCKED,
    why: SERVED,
    make: () => new WithDrivers({ 'c-library': green }),
  },
  {
    name: 'c-driver-yields-when-patched',
    defect: 'Monkey-patching reaches into the C driver: patched, it lets others run',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-3',
    claim: BLOCKED,
    why: SERVED,
    make: () =>
      new (class extends WithDrivers {
        override prepare(patch: boolean, pool: number): ReturnType<Reference['prepare']> {
          if (patch) Object.assign(this.drivers, { 'c-library': green });
          return super.prepare(patch, pool);
        }
      })({}),
  },
  {
    name: 'c-driver-does-not-wait',
    defect: 'A query gives no rows once it has reached the server, and does not wait for the answer',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-1',
    claim: SEES,
    why: /^the query ended while the lock that it asks for was held$/,
    make: () => new WithDrivers({ 'c-library': sendsOnly }),
  },
  {
    name: 'c-driver-answers-one-late',
    defect: 'The protocol is out of step: a query gets the rows that the one before it asked for, whoever that was',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-1',
    claim: 'each gets the row that it asked for',
    why: /^clerk\d#1 got \[\[1,"[0-9a-f]{16}"(,1)?\]\], and its row holds [0-9a-f]{16}$/,
    make: () => new WithDrivers({ 'c-library': oneLate(blocking) }),
  },
  {
    name: 'c-driver-fires-timers',
    defect: 'While a query blocks the OS thread, timers that fall due fire all the same',
    reachedBy: takes('connect/c-library', 'connect/connection-pool'),
    clause: 'MY-1',
    claim: 'the timer fires only afterwards',
    why: /^the timer fired meanwhile$/,
    make: () => new WithDrivers({ 'c-library': firingTimers() }),
  },
  {
    name: 'c-driver-swallows-errors',
    defect: 'A query that MySQL gives up ends as if it had no rows',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-1',
    claim: 'the query ends with error {int}',
    why: /^the query ended with its rows, not with error 1205$/,
    make: () => new WithDrivers({ 'c-library': swallowing }),
  },
  {
    name: 'c-driver-spins',
    defect: 'A C driver looks for the answer over and over, and keeps the processor busy',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-1',
    ...SAW_BUSY,
    make: () => new WithDrivers({ 'c-library': spinning }),
  },
  {
    name: 'c-driver-yields-once',
    defect: 'A C driver lets others run once before it blocks',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-1',
    ...HAD_TURNS,
    make: () => new WithDrivers({ 'c-library': yieldingOnce }),
  },
  {
    name: 'c-driver-asks-for-no-lock',
    defect: 'A C driver leaves the lock out that a query asks for, and so waits for nobody',
    reachedBy: takes('connect/c-library'),
    clause: 'MY-1',
    claim: SEES,
    why: /^the query ended while the lock that it asks for was held$/,
    make: () => new WithDrivers({ 'c-library': withoutLocks }),
  },
  {
    name: 'native-driver-blocks',
    defect: 'The native driver blocks although its sockets are monkey-patched',
    reachedBy: takes('connect/native'),
    clause: 'MY-2',
    claim: '{company} runs meanwhile',
    why: /^no other green thread ran meanwhile$/,
    make: () => new WithDrivers({ native: blocking }),
  },
  {
    name: 'native-driver-yields',
    defect: 'The native driver lets others run although nothing is monkey-patched',
    reachedBy: takes('connect/native'),
    clause: 'MY-3',
    claim: BLOCKED,
    why: SERVED,
    make: () => new WithDrivers({ native: green }),
  },
  {
    name: 'native-driver-spins',
    defect: 'The native driver, not patched, looks for the answer over and over, and keeps the processor busy',
    reachedBy: takes('connect/native'),
    clause: 'MY-3',
    ...SAW_BUSY,
    make: () => new WithDrivers({ native: unpatched(spinning) }),
  },
  {
    name: 'native-driver-yields-once',
    defect: 'The native driver, not patched, lets others run once before it blocks',
    reachedBy: takes('connect/native'),
    clause: 'MY-3',
    ...HAD_TURNS,
    make: () => new WithDrivers({ native: unpatched(yieldingOnce) }),
  },
  {
    name: 'native-driver-asks-for-no-lock',
    defect: 'The native driver, not patched, leaves the lock out that a query asks for, and so waits for nobody',
    reachedBy: takes('connect/native'),
    clause: 'MY-3',
    claim: SEES,
    why: /^the query ended while the lock that it asks for was held$/,
    make: () => new WithDrivers({ native: unpatched(withoutLocks) }),
  },
  {
    name: 'native-driver-asks-twice',
    defect: 'The native driver, patched, sends a query over two connections, and gives one answer',
    asksWhoWaits: true,
    reachedBy: takes('connect/native'),
    clause: 'MY-2',
    claim: SEES,
    why: /^the server saw 2 at once$/,
    make: () => {
      const { native = blocking } = new WithDrivers({}).drivers;
      const asksTwice = twice(green, /GET_LOCK|FOR UPDATE/);
      return new WithDrivers({ native: (address) => (isMonkeyPatched() ? asksTwice(address) : native(address)) });
    },
  },
  {
    name: 'native-driver-answers-one-late',
    defect:
      'The protocol is out of step: a query gets the rows that the one before it asked for, and the first gets none',
    reachedBy: takes('connect/native'),
    clause: 'MY-2',
    claim: 'the query gives the row that MySQL holds, once the suite lets go',
    why: /^the query gave null, and the row holds [0-9a-f]{16}$/,
    make: () => {
      const { native = blocking } = new WithDrivers({}).drivers;
      return new WithDrivers({ native: oneLate(native, { first: null, waits: /GET_LOCK|FOR UPDATE/ }) });
    },
  },
];

interface Late {
  /** What the first query gets that waits; if absent, its own answer. */
  readonly first?: Rows;
  readonly waits?: RegExp;
}

/** Answers to what waits for a lock come one query late, on all connections together. */
export function oneLate(connect: Connect, { first, waits = /GET_LOCK/ }: Late = {}): Connect {
  let late = first;
  return function* (address) {
    const connection = yield* connect(address);
    return {
      ...connection,
      *query(sql) {
        const own = yield* connection.query(sql);
        if (!waits.test(sql)) return own;
        const given = late === undefined ? own : late;
        late = own;
        return given;
      },
    };
  };
}

type Rows = readonly (readonly Value[])[] | null;

/** Sends what will wait for an advisory lock on a connection of its own, and goes on once the server shows that it waits. */
const sendsOnly: Connect = function* (address) {
  const own = yield* blocking(address);
  const sent = yield* green(address);
  return {
    *query(sql) {
      if (!sql.includes('GET_LOCK')) return yield* own.query(sql);
      let over = false;
      spawn(function* () {
        yield* sent.query(sql);
        over = true;
      });
      const comment = sql.slice('/*'.length, sql.indexOf('*/')).trim();
      const waits = `SELECT 1 FROM information_schema.processlist WHERE state = 'User lock' AND info LIKE '%${comment}%'`;
      while (!over && (yield* own.query(waits))?.length === 0) yield* sleep(0.001);
      return [];
    },
    *close() {
      yield* own.close();
      yield* sent.close();
    },
  };
};

const swallowing: Connect = function* (address) {
  const connection = yield* blocking(address);
  return {
    ...connection,
    *query(sql) {
      try {
        return yield* connection.query(sql);
      } catch (error) {
        if (error instanceof MysqlError) return null;
        throw error;
      }
    },
  };
};

/** Whoever waits for the C library wakes when the time of a green thread's sleep is over, and lets that one run. */
function firingTimers(): Connect {
  const hub = new HubWithAlarms();
  useHub(hub);
  const wait = Atomics.wait;
  const waitAndFire: typeof wait = (word: never, index: number, value: never, patience = Number.POSITIVE_INFINITY) => {
    for (;;) {
      const came = wait(word, index, value, Math.min(patience, hub.untilNext()));
      if (came !== 'timed-out') return came;
      hub.fireDue();
    }
  };
  return waiting(blocking, waitAndFire);
}

/** A hub whose timers of more than 0 can be fired from outside of its cycle. */
class HubWithAlarms extends Hub {
  #alarms: { due: number; fire: () => void }[] = [];

  override schedule(seconds: number, callback: () => void): void {
    if (seconds === 0) {
      super.schedule(seconds, callback);
      return;
    }
    const alarm = {
      due: performance.now() + seconds * 1000,
      fire: () => {
        const first = this.#alarms.includes(alarm);
        this.#alarms = this.#alarms.filter((other) => other !== alarm);
        if (first) callback();
      },
    };
    this.#alarms.push(alarm);
    super.schedule(seconds, alarm.fire);
  }

  untilNext(): number {
    return Math.max(0, Math.min(...this.#alarms.map(({ due }) => due)) - performance.now());
  }

  fireDue(): void {
    for (const { due, fire } of this.#alarms) if (due <= performance.now()) fire();
  }
}
