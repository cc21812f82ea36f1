import { describe, test } from 'node:test';
import { compose } from '../../../src/program/compose';
import { borrowers, poolWaiters } from '../../../src/program/queriers';
import { queriesAtOnce } from '../../../src/trace/claims/mysql';
import { commitFreesWaiters, commitWaitsForGivingUp, connectionsAtMost } from '../../../src/trace/claims/pools';
import { everyoneEnds } from '../../../src/trace/claims/progress';
import type { RunRecord } from '../../../src/trace/record';
import { CUT, fails, passes, staysOpen } from '../expect';
import { edit, FACTS, linesOf, move, ROW, record, until } from '../record';
import { connectedAt, joining } from '../traces';

const plan = compose({ ready: 0, pending: 0, crowd: (facts) => poolWaiters(2, facts) }, FACTS);
const of = (lines: string, facts?: Partial<RunRecord>): RunRecord => record(plan, lines, facts);
const [ASKED, COMMITTED] = ['owner#1 commit started', 'owner#1 commit finished'];
const GIVEN = ['clerk1#1 query raised 1205', 'clerk2#1 query raised 1205'] as const;
const FREED = [`clerk1#1 query finished [["${ROW}"]]`, `clerk2#1 query finished [["${ROW}"]]`] as const;

/** Two wait for a row; then its owner wants to commit, and what comes of it. */
function trace(after: string): string {
  return `
    messenger#1 inbox started
    owner#1 connect started
    owner#1 connect finished
    owner#1 hold started
    owner#1 hold finished [["${ROW}"]]
    owner#1 owned started
    * arrived owned owner#1
    ${connectedAt('clerk1', 'ready')}
    ${connectedAt('clerk2', 'ready')}
    * arrived inbox messenger#1
    * opened ready clerk1#1 t-1
    * opened ready clerk2#1 t-2
    clerk1#1 ready finished "t-1"
    clerk1#1 query started
    clerk2#1 ready finished "t-2"
    clerk2#1 query started
    * server waiting row 2
    * opened owned owner#1 t-owned
    * opened inbox messenger#1 t-inbox
    owner#1 owned finished "t-owned"
    ${ASKED}
    ${after}
    ${joining('owner', 'clerk1', 'clerk2')}`;
}

const stuffed = trace([GIVEN[0], COMMITTED, GIVEN[1]].join('\n'));
const roomy = trace([COMMITTED, ...FREED].join('\n'));

describe('the commit comes only after error 1205', () => {
  test('one of the waiters is given up, and its thread is free', () => {
    passes(commitWaitsForGivingUp, of(stuffed));
    passes((record) => queriesAtOnce(record, 2), of(stuffed));
    passes(commitWaitsForGivingUp, of(trace([...GIVEN, COMMITTED].join('\n'))));
  });

  test('a commit that found a thread all the same', () => {
    fails(commitWaitsForGivingUp, of(roomy), /^nobody was given up: the commit found a thread$/, [
      'owner#1 commit finished',
    ]);
    const first = trace([COMMITTED, ...GIVEN].join('\n'));
    fails(commitWaitsForGivingUp, of(first), /^the commit came before anybody was given up$/, [
      'owner#1 commit finished',
      'clerk1#1 query raised',
    ]);
  });

  test('a commit that raised', () => {
    const lines = trace([...GIVEN, 'owner#1 commit raised 2013'].join('\n'));
    fails(commitWaitsForGivingUp, of(lines), /^the commit raised 2013$/);
  });

  test('one that was asked for after somebody had been given up waited for nothing', () => {
    const late = move(stuffed, GIVEN[0], { before: ASKED });
    staysOpen(commitWaitsForGivingUp, of(late), /^clerk1#1 was given up before the commit was asked for$/);
  });

  test('a commit that never ended leaves it open, or is stuck', () => {
    const cut = until(stuffed, COMMITTED);
    staysOpen(commitWaitsForGivingUp, of(cut, { end: CUT }), /the adapter ended/);
    const end = { kind: 'stuck', at: [{ thread: 'owner#1', label: 'commit' }] } as const;
    fails(commitWaitsForGivingUp, of(cut, { end }), /^stuck at commit of owner#1/);
  });
});

describe('the commit lets everybody through', () => {
  test('each gets the row, whoever says so first', () => {
    passes(commitFreesWaiters, of(roomy));
    passes(commitFreesWaiters, of(trace([...FREED, COMMITTED].join('\n'))));
  });

  test('a pool that has no thread for it', () => {
    fails(commitFreesWaiters, of(stuffed), /^clerk1#1 was given up with error 1205$/, ['clerk1#1 query raised']);
    const last = trace([COMMITTED, FREED[0], GIVEN[1]].join('\n'));
    fails(commitFreesWaiters, of(last), /^clerk2#1 was given up with error 1205$/);
  });

  test('a waiter that gets an error, or something else than the row', () => {
    for (const [end, why] of [
      ['raised 1213', /^clerk2#1 got error 1213$/],
      ['finished', /^clerk2#1 got null, and the row holds v4lue$/],
      ['finished [["other"]]', /^clerk2#1 got \[\["other"\]\], and the row holds v4lue$/],
    ] as const)
      fails(commitFreesWaiters, of(edit(roomy, [FREED[1], `clerk2#1 query ${end}`])), why);
  });

  test('a query that returns before the server answers', () => {
    const early = move(roomy, FREED[0], { before: '* opened owned owner#1 t-owned' });
    fails(commitFreesWaiters, of(early), /^clerk1#1 got its answer before the commit was asked for$/);
    const cut = until(early, ASKED);
    fails(commitFreesWaiters, of(cut, { end: CUT }), /^clerk1#1 got its answer before the commit was asked for$/);
  });

  test('a commit that raised', () => {
    const lines = trace([...FREED, 'owner#1 commit raised 2013'].join('\n'));
    fails(commitFreesWaiters, of(lines), /^the commit raised 2013$/);
  });

  test('one who was given up before the commit was asked for could not be let through', () => {
    const late = move(trace([GIVEN[0], COMMITTED, FREED[1]].join('\n')), GIVEN[0], { before: ASKED });
    staysOpen(commitFreesWaiters, of(late), /^clerk1#1 was given up before the commit was asked for$/);
  });

  test('a waiter, or a commit, that has not ended leaves it open', () => {
    staysOpen(commitFreesWaiters, of(until(roomy, FREED[1]), { end: CUT }), /the adapter ended/);
    staysOpen(commitFreesWaiters, of(until(roomy, COMMITTED), { end: CUT }), /the adapter ended/);
    staysOpen(commitFreesWaiters, of(edit(roomy, [FREED[1], ''])), /not every waiter got the row/);
  });
});

describe('MySQL sees so many connections at the most', () => {
  const atMost = (most: number) => (record: RunRecord) => connectionsAtMost(record, most);
  const borrowing = compose({ ready: 0, pending: 0, crowd: (facts) => borrowers(3, facts) }, FACTS);
  const SESSIONS = [`[[7,"${ROW}"]]`, `[[8,"${ROW}"]]`, `[[7,"${ROW}"]]`];
  const session = (value: string, i: number): string =>
    `clerk${i + 1}#1 session started\nclerk${i + 1}#1 session finished ${value}`;
  const lines = (sessions: readonly string[]): string => `
    messenger#1 inbox started
    ${[1, 2, 3].map((i) => `clerk${i}#1 connect started\nclerk${i}#1 connect finished`).join('\n')}
    ${sessions.map(session).join('\n')}
    * arrived inbox messenger#1
    * opened inbox messenger#1 t-inbox
    ${joining('clerk1', 'clerk2', 'clerk3')}`;
  const borrow = (...sessions: readonly string[]): RunRecord => record(borrowing, lines(sessions));

  test('of more who asked, each got one', () => {
    passes(atMost(2), borrow(...SESSIONS));
    passes(atMost(2), borrow(`[["7","${ROW}"]]`, `[["7","${ROW}"]]`, `[["7","${ROW}"]]`));
  });

  test('a pool without a cap', () => {
    fails(
      atMost(2),
      borrow(`[[7,"${ROW}"]]`, `[[8,"${ROW}"]]`, `[[9,"${ROW}"]]`),
      /^3 connections were at the server$/,
      ['clerk1#1 session started', 'clerk2#1 session started', 'clerk3#1 session started'],
    );
  });

  test('more than so many were seen, though the run was cut', () => {
    const cut = until(lines([`[[7,"${ROW}"]]`, `[[8,"${ROW}"]]`, `[[9,"${ROW}"]]`]), '* arrived inbox messenger#1');
    fails(atMost(2), record(borrowing, cut, { end: CUT }), /^3 connections were at the server$/);
  });

  test('connections that are made up', () => {
    const made = borrow(`[[7,"${ROW}"]]`, '[[8,"invented"]]', `[[7,"${ROW}"]]`);
    staysOpen(atMost(2), made, /reported a query, and the server saw none/);
    staysOpen(atMost(2), borrow('[[7]]', '[[8]]', '[[9]]'), /reported a query, and the server saw none/);
  });

  test('a query that gives no connection', () => {
    for (const value of ['null', '[]', '[[]]', '[[null]]', '7'])
      fails(atMost(2), borrow(`[[7,"${ROW}"]]`, value, `[[7,"${ROW}"]]`), /^clerk2#1 was told no connection, but /);
  });

  test('a full pool that turns away who asks', () => {
    const away = edit(
      linesOf(lines(SESSIONS))
        .filter((line) => !line.startsWith('clerk3#1 session'))
        .join('\n'),
      ['clerk3#1 connect finished', 'clerk3#1 connect raised PoolFull'],
      ['main end-of-clerk3 finished', 'main end-of-clerk3 raised PoolFull'],
    );
    fails(atMost(2), record(borrowing, away), /^clerk3 got no connection$/);
    fails(everyoneEnds, record(borrowing, away), /^clerk3 raised PoolFull/);
  });

  test('no more than so many asked, or not all have been served: that shows nothing', () => {
    staysOpen(atMost(3), borrow(...SESSIONS), /no more were asked for than the pool may have/);
    const cut = until(lines(SESSIONS), 'clerk3#1 session started');
    staysOpen(atMost(2), record(borrowing, cut, { end: CUT }), /the adapter ended/);
  });
});
