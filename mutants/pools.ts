// biome-ignore-all lint/correctness/useYield: what blocks does not yield
import { Reference } from '../reference-impl/adapter';
import { blocking, green, threaded } from '../reference-impl/mysql';
import { setNumThreads } from '../reference-impl/tpool';
import type { Mutant } from './mutant';
import { oneLate } from './mysql';
import { takes } from './reach';
import { inTurn, twice } from './ways-to-mysql';
import { WithDrivers } from './with-drivers';

const SEES = 'MySQL sees {int} query/queries waiting at once';
const COMMIT = 'the commit {fate}';

export const pools: readonly Mutant[] = [
  {
    name: 'pool-one-at-a-time',
    defect: 'The thread pool runs one query at a time',
    reachedBy: takes('connect/thread-pool', 'connect/connection-pool'),
    clause: 'MY-4',
    claim: SEES,
    why: /^the server saw 1 at once$/,
    make: () => sized(() => 1),
  },
  {
    name: 'pool-blocks-hub',
    defect: 'Whoever calls through the thread pool blocks the hub until the call is over',
    reachedBy: takes('connect/thread-pool'),
    clause: 'MY-4',
    claim: '{company} runs meanwhile',
    why: /^no other green thread ran meanwhile$/,
    make: () => new WithDrivers({ 'thread-pool': blocking }),
  },
  {
    name: 'pool-mixes-results-up',
    defect: 'The thread pool hands a result to whoever asked next',
    reachedBy: takes('connect/thread-pool'),
    clause: 'MY-4',
    claim: 'each gets the row that it asked for',
    why: /^clerk\d#1 got \[\[1,"[0-9a-f]{16}"(,1)?\]\], and its row holds [0-9a-f]{16}$/,
    make: () => new WithDrivers({ 'thread-pool': oneLate(threaded) }),
  },
  {
    name: 'pool-answers-one-late',
    defect: 'The thread pool hands a result to whoever asks next, and none to who asks first',
    reachedBy: takes('connect/thread-pool'),
    clause: 'MY-4',
    claim: 'the query gives the row that MySQL holds, once the suite lets go',
    why: /^the query gave null, and the row holds [0-9a-f]{16}$/,
    make: () => new WithDrivers({ 'thread-pool': oneLate(threaded, { first: null }) }),
  },
  {
    name: 'pool-asks-in-turn',
    defect: 'The OS threads of the thread pool take turns at the server',
    reachedBy: takes('connect/thread-pool'),
    clause: 'MY-4',
    claim: SEES,
    why: /^the server saw 1 at once$/,
    make: () => new WithDrivers({ 'thread-pool': inTurn(threaded) }),
  },
  {
    name: 'pool-asks-twice',
    defect: 'The thread pool sends a query over two connections, and gives one answer',
    asksWhoWaits: true,
    reachedBy: takes('connect/thread-pool'),
    clause: 'MY-4',
    claim: SEES,
    why: /^the server saw 2 at once$/,
    make: () => new WithDrivers({ 'thread-pool': twice(threaded, /GET_LOCK(?!.*RELEASE_LOCK)/) }),
  },
  {
    name: 'pool-without-threads',
    defect: 'The thread pool has no OS threads: its calls wait in the hub',
    reachedBy: takes('connect/thread-pool'),
    clause: 'MY-4',
    claim: 'the process has further OS threads',
    why: /^[01] of \d+ further OS threads ran when 3 queries began$/,
    make: () => new WithDrivers({ 'thread-pool': green }),
  },
  {
    name: 'pool-grows',
    defect: 'The thread pool grows beyond its size, so that a commit always finds a thread',
    reachedBy: takes('connect/thread-pool', 'connect/connection-pool'),
    clause: 'MY-4',
    claim: COMMIT,
    why: /^nobody was given up: the commit found a thread$/,
    make: () => sized((pool) => pool + 1),
  },
  {
    name: 'pool-one-thread-short',
    defect: 'The thread pool has one thread less than it should',
    reachedBy: takes('connect/thread-pool', 'connect/connection-pool'),
    clause: 'MY-4',
    claim: COMMIT,
    why: /^clerk\d#1 was given up with error 1205$/,
    make: () => sized((pool) => pool - 1),
  },
  {
    name: 'connection-pool-without-cap',
    defect: 'The pool of connections opens one for everybody who asks',
    reachedBy: takes('connect/connection-pool'),
    clause: 'MY-4',
    claim: 'MySQL sees {int} connections at the most',
    why: /^12 connections were at the server$/,
    make: () => new WithDrivers({ 'connection-pool': threaded }),
  },
];

/** The reference with a thread pool of another size than it was asked for. */
function sized(size: (pool: number) => number): Reference {
  return new (class extends Reference {
    override prepare(patch: boolean, pool: number): ReturnType<Reference['prepare']> {
      const prepared = super.prepare(patch, pool);
      setNumThreads(size(pool));
      return prepared;
    }
  })();
}
