import { describe, test } from 'node:test';
import { compose } from '../../../src/program/compose';
import type { Plan } from '../../../src/program/plan';
import { queriers } from '../../../src/program/queriers';
import type { Driver } from '../../../src/program/step';
import { queriesAtOnce } from '../../../src/trace/claims/mysql';
import { eachGetsItsRow, poolHasThreads } from '../../../src/trace/claims/pools';
import type { RunRecord } from '../../../src/trace/record';
import { CUT, fails, passes, staysOpen } from '../expect';
import { edit, FACTS, record, until } from '../record';
import { connectedAt, joining } from '../traces';

const MEMBERS = [1, 2, 3];
const rows = MEMBERS.map((id) => ({ id, value: `v-${id}` }));
const of = (lines: string, facts?: Partial<RunRecord>): RunRecord =>
  record(plan('thread-pool'), lines, { challenges: { rows }, ...facts });
const got = (i: number): string => `clerk${i}#1 query finished [[1,"v-${i}",1]]`;
const asks = (i: number): string => `
  * opened ready clerk${i}#1 t-${i}
  clerk${i}#1 ready finished "t-${i}"
  clerk${i}#1 query started`;

function plan(driver: Driver): Plan {
  return compose({ ready: 0, pending: 0, crowd: (facts) => queriers(3, driver, facts) }, FACTS);
}

function trace(middle: string): string {
  return `
    messenger#1 inbox started
    ${MEMBERS.map((i) => connectedAt(`clerk${i}`, 'ready')).join('')}
    * arrived inbox messenger#1
    * kernel before 100:1
    ${middle}
    ${joining('clerk1', 'clerk2', 'clerk3')}`;
}

/** All three are at the server at once, and the green threads' OS thread serves the byte meanwhile. */
const pooled = trace(`
  ${MEMBERS.map(asks).join('')}
  * server waiting advisory 2
  * opened inbox messenger#1 t-inbox
  * watched served
  * server waiting advisory 3
  * kernel waiting 100:1 101:1 102:1 103:1
  * released advisory
  ${MEMBERS.map(got).join('\n')}`);
/** One after the other: each query blocks the OS thread, which is the only one. */
const blocking = trace(`
  * opened ready clerk1#1 t-1
  * opened ready clerk2#1 t-2
  * opened ready clerk3#1 t-3
  clerk1#1 ready finished "t-1"
  clerk1#1 query started
  * server waiting advisory
  * opened inbox messenger#1 t-inbox
  * watched blocked
  * server waiting advisory
  * kernel waiting 100:1
  * released advisory
  ${got(1)}
  clerk2#1 ready finished "t-2"
  clerk2#1 query started
  ${got(2)}
  clerk3#1 ready finished "t-3"
  clerk3#1 query started
  ${got(3)}`);
const FULL = '* server waiting advisory 3';

describe('MySQL sees so many at once', () => {
  const sees = (expected: number) => (record: RunRecord) => queriesAtOnce(record, expected);

  test('three of a thread pool, one of a driver that blocks', () => {
    passes(sees(3), of(pooled));
    passes(sees(1), of(blocking));
  });

  test('a driver that is said to block, and does not', () => {
    fails(sees(1), of(pooled), /^the server saw 3 at once$/);
    const two = edit(blocking, ['* server waiting advisory', '* server waiting advisory 2']);
    fails(sees(1), of(two), /^the server saw 2 at once$/);
  });

  test('a pool that blocks the hub, or runs one query at a time', () => {
    fails(sees(3), of(blocking), /^the server saw 1 at once$/);
    fails(sees(3), of(edit(pooled, [FULL, '* server waiting advisory 2'])), /^the server saw 2 at once$/);
  });

  test('as many as one sees when the first only was looked for is no news yet', () => {
    staysOpen(sees(3), of(until(pooled, FULL), { end: CUT }), /the adapter ended/);
    staysOpen(sees(1), of(until(blocking, '* watched blocked'), { end: CUT }), /the adapter ended/);
    const more = until(pooled, '* opened inbox messenger#1 t-inbox');
    fails(sees(1), of(more, { end: CUT }), /^the server saw 2 at once$/);
  });

  test('a query that ended while the others were looked for', () => {
    const early = edit(blocking, [got(1), ''], ['* watched blocked', `${got(1)}\n* watched over\n* server over`]);
    fails(sees(1), of(early), /^the query ended while the lock that it asks for was held$/, [
      'clerk1#1 query finished',
    ]);
  });

  test('none, since all had been given up before the server was asked: that says nothing', () => {
    const given = MEMBERS.reduce(
      (lines, i) => edit(lines, [got(i), '']),
      edit(
        pooled,
        [
          '* server waiting advisory 2',
          `${MEMBERS.map((i) => `clerk${i}#1 query raised 1205`).join('\n')}\n* server over`,
        ],
        [FULL, ''],
      ),
    );
    staysOpen(sees(3), of(given), /MySQL had given the query up before it was asked/);
  });
});

describe('each gets the row that it asked for', () => {
  test('at once, or one after the other', () => {
    passes(eachGetsItsRow, of(pooled));
    passes(eachGetsItsRow, of(blocking));
  });

  test('results that are handed to the wrong green thread', () => {
    const swapped = edit(
      pooled,
      [got(2), 'clerk2#1 query finished [[1,"v-3",1]]'],
      [got(3), 'clerk3#1 query finished [[1,"v-2",1]]'],
    );
    fails(eachGetsItsRow, of(swapped), /^clerk2#1 got \[\[1,"v-3",1\]\], and its row holds v-2$/, [
      'clerk2#1 query finished',
    ]);
  });

  test("nothing, everybody's, one's own twice, or an error", () => {
    for (const [end, why] of [
      ['finished', /^clerk2#1 got null, and its row holds v-2$/],
      ['finished []', /^clerk2#1 got \[\], /],
      ['finished "v-2"', /^clerk2#1 got "v-2", /],
      ['finished [[1,null,1]]', /^clerk2#1 got \[\[1,null,1\]\], /],
      ['finished [[1,"v-1",1],[1,"v-2",1]]', /^clerk2#1 got .*, and its row holds v-2$/],
      ['finished [["v-2","v-2"]]', /^clerk2#1 got /],
      ['raised 2013', /^clerk2#1 got error 2013, and its row holds v-2$/],
    ] as const)
      fails(eachGetsItsRow, of(edit(pooled, [got(2), `clerk2#1 query ${end}`])), why);
  });

  test('a query that returns before the server answers', () => {
    const early = edit(pooled, [got(3), ''], ['* watched served', `clerk3#1 query finished\n* watched served`]);
    fails(eachGetsItsRow, of(early), /^the query of clerk3#1 ended before the lock was let go$/);
    fails(eachGetsItsRow, of(edit(pooled, ['* released advisory', ''])), /clerk1#1 ended before the lock was let go/);
  });

  test('one that got the wrong row did so, though another never ended', () => {
    const cut = edit(until(pooled, got(3)), [got(2), 'clerk2#1 query finished [[1,"v-3",1]]'], [got(1), '']);
    fails(eachGetsItsRow, of(cut, { end: CUT }), /^clerk2#1 got /);
  });

  test('one that never asked, or has no answer yet, leaves it open', () => {
    const silent = edit(pooled, [got(3), ''], ['clerk3#1 query started', '']);
    staysOpen(eachGetsItsRow, of(silent), /the query of clerk3 never ended/);
    staysOpen(eachGetsItsRow, of(until(pooled, got(3)), { end: CUT }), /the adapter ended/);
    staysOpen(eachGetsItsRow, of(pooled, { challenges: {} }), /no values were kept at the server/);
    const nobody = compose({ ready: 0, pending: 0 }, FACTS);
    const empty = 'messenger#1 inbox started\n* arrived inbox messenger#1\n* opened inbox messenger#1 t-inbox';
    staysOpen(eachGetsItsRow, record(nobody, `${empty}${joining()}`), /nobody asked/);
  });
});

describe('the process has further OS threads', () => {
  const READING = '* kernel waiting 100:1 101:1 102:1 103:1';
  const reads = (reading: string, before = '100:1'): RunRecord =>
    of(edit(pooled, ['* kernel before 100:1', `* kernel before ${before}`], [READING, reading]));

  test('one for each query that waits: new ones, or such that have run', () => {
    passes(poolHasThreads, of(pooled));
    passes(poolHasThreads, reads('* kernel waiting 90:1 91:1 100:1 103:1 104:1'));
    passes(poolHasThreads, reads('* kernel waiting 100:1 101:2 102:8 103:1 104:1', '100:1 101:1 102:7 104:1'));
  });

  test('OS threads that sleep on, or that are the engine of the language', () => {
    const sleeping = '* kernel waiting 100:1 101:1 102:1 103:1 104:2';
    fails(poolHasThreads, reads(sleeping, '100:1 101:1 102:1 103:1 104:1'), /^1 of 4 further OS threads ran when 3 /);
    const engine = '* kernel waiting 100:1 101:2:V8Worker 102:2:V8Worker 103:1:DelayedTaskSche';
    fails(poolHasThreads, reads(engine), /^0 of 0 further OS threads ran when 3 /);
  });

  test('none, or fewer than it takes', () => {
    fails(poolHasThreads, of(blocking), /^0 of 0 further OS threads ran when 3 queries began$/);
    fails(
      poolHasThreads,
      reads('* kernel waiting 100:1 101:1'),
      /^1 of 1 further OS threads ran when 3 queries began$/,
    );
  });

  test('a reading of nothing, of another process, or before the queries, says nothing', () => {
    staysOpen(poolHasThreads, reads(''), /the kernel was not asked/);
    staysOpen(poolHasThreads, of(edit(pooled, ['* kernel before 100:1', ''])), /the kernel was not asked/);
    staysOpen(poolHasThreads, reads(READING, ''), /the kernel tells nothing of the process/);
    staysOpen(poolHasThreads, reads('* kernel waiting'), /the kernel tells nothing of the process/);
    const other = '* kernel waiting 201:1 202:1 203:1 204:1';
    staysOpen(poolHasThreads, reads(other), /does not know the OS thread of the green threads/);
  });
});
