// biome-ignore-all lint/correctness/useYield: what blocks does not yield
import type { Reference } from '../reference-impl/adapter';
import { sleep, spawn } from '../reference-impl/greenthread';
import { Hub, useHub } from '../reference-impl/hub';
import { blocking, green, MysqlError } from '../reference-impl/mysql';
import type { Value } from '../src/program/names';
import type { Mutant } from './mutant';
import { type Connect, WithDrivers } from './with-drivers';

const SEES = 'MySQL sees {int} query/queries waiting at once';
const BLOCKED = 'the kernel sees the OS thread {sight} while a byte lies unread';
const SERVED = /^a byte that was sent meanwhile was served, so the OS thread was not blocked$/;

export const mysql: readonly Mutant[] = [
  {
    name: 'c-driver-yields',
    defect: 'A C driver lets others run while its query waits',
    reachedBy: ['connect/c-library'],
    clause: 'MY-1',
    claim: BLOCKED,
    why: SERVED,
    make: () => new WithDrivers({ 'c-library': green }),
  },
  {
    name: 'c-driver-yields-when-patched',
    defect: 'Monkey-patching reaches into the C driver: patched, it lets others run',
    reachedBy: ['connect/c-library'],
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
    reachedBy: ['connect/c-library'],
    clause: 'MY-1',
    claim: SEES,
    why: /^the query ended while the lock that it asks for was held$/,
    make: () => new WithDrivers({ 'c-library': sendsOnly }),
  },
  {
    name: 'c-driver-answers-one-late',
    defect: 'The protocol is out of step: a query gets the rows that the one before it asked for, whoever that was',
    reachedBy: ['connect/c-library'],
    clause: 'MY-1',
    claim: 'each gets the row that it asked for',
    why: /^clerk\d#1 got \[\[1,"[0-9a-f]{16}"(,1)?\]\], and its row holds [0-9a-f]{16}$/,
    make: () => new WithDrivers({ 'c-library': oneLate(blocking) }),
  },
  {
    name: 'c-driver-fires-timers',
    defect: 'While a query blocks the OS thread, timers that fall due fire all the same',
    clause: 'MY-1',
    claim: 'the timer fires only afterwards',
    why: /^the timer fired meanwhile$/,
    make: () => new WithDrivers({ 'c-library': firingTimers() }),
  },
  {
    name: 'c-driver-swallows-errors',
    defect: 'A query that MySQL gives up ends as if it had no rows',
    reachedBy: ['connect/c-library'],
    clause: 'MY-1',
    claim: 'the query ends with error {int}',
    why: /^the query ended with its rows, not with error 1205$/,
    make: () => new WithDrivers({ 'c-library': swallowing }),
  },
  {
    name: 'native-driver-blocks',
    defect: 'The native driver blocks although its sockets are monkey-patched',
    reachedBy: ['connect/native'],
    clause: 'MY-2',
    claim: '{company} runs meanwhile',
    why: /^no other green thread ran meanwhile$/,
    make: () => new WithDrivers({ native: blocking }),
  },
  {
    name: 'native-driver-yields',
    defect: 'The native driver lets others run although nothing is monkey-patched',
    reachedBy: ['connect/native'],
    clause: 'MY-3',
    claim: BLOCKED,
    why: SERVED,
    make: () => new WithDrivers({ native: green }),
  },
];

/** Answers to what waits for a lock come one query late, on all connections together. */
export function oneLate(connect: Connect): Connect {
  let late: Rows | undefined;
  return function* (address) {
    const connection = yield* connect(address);
    return {
      ...connection,
      *query(sql) {
        const own = yield* connection.query(sql);
        if (!sql.includes('GET_LOCK')) return own;
        const given = late ?? own;
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
  return function* (address) {
    const connection = yield* blocking(address);
    return {
      ...connection,
      *query(sql) {
        Atomics.wait = waitAndFire;
        try {
          return yield* connection.query(sql);
        } finally {
          Atomics.wait = wait;
        }
      },
    };
  };
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
