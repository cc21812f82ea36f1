import { describe, test } from 'node:test';
import { compose } from '../../../src/program/compose';
import { crowd, type Locking, type Task } from '../../../src/program/crowds';
import type { Plan } from '../../../src/program/plan';
import { neverTogether, timesMade, together, updatesLost } from '../../../src/trace/claims/locking';
import type { RunRecord } from '../../../src/trace/record';
import { CUT, fails, passes, staysOpen } from '../expect';
import { edit, FACTS, move, record, until } from '../record';
import { lockedPair, togetherPair } from '../traces';

const ADDS = 'adds 1 to a shared number';
const MAKES = 'makes a shared thing if it is missing';
const TURNS = 'switches inside';

const free = (task: Task): Plan => plan(task, { kind: 'none' });
const locked = (task: Task): Plan => plan(task, { kind: 'one', name: 'till' });
const own = (task: Task): Plan => plan(task, { kind: 'own' });

function plan(task: Task, locking: Locking): Plan {
  return compose({ ready: 0, pending: 0, crowd: () => crowd(2, task, locking) }, FACTS);
}

/** The second member asks for the lock, and the lock raises instead of letting it in: one that gives up. */
function givesUp(trace: string): string {
  return edit(
    until(trace, 'clerk2#1 section entered'),
    ['* quiescent', 'clerk2#1 section raised Timeout'],
    [
      'clerk1#1 section finished',
      'clerk1#1 section finished\nmain end-of-clerk1 finished\nmain end-of-clerk2 started\nmain end-of-clerk2 raised Timeout',
    ],
  );
}

describe('updates lost', () => {
  const lost = (expected: number) => (of: RunRecord) => updatesLost(of, expected);

  test('none under a lock, one without', () => {
    passes(lost(0), record(locked(ADDS), lockedPair('write', 2)));
    passes(lost(1), record(free(ADDS), togetherPair(false, 'write', 1)));
  });

  test('a lock that excludes nobody, or locks each call site apart', () => {
    fails(
      lost(0),
      record(locked(ADDS), togetherPair(true, 'write', 1)),
      /^2 updates were made, and the number is 1: 1 lost, not 0$/,
      ['clerk1#1 write started', 'clerk2#1 write started'],
    );
  });

  test('no race where there should be one', () => {
    fails(lost(1), record(free(ADDS), togetherPair(false, 'write', 2)), /: 0 lost, not 1$/);
  });

  test('none was lost because none was made', () => {
    const none = edit(
      lockedPair('write', 0),
      ...[
        'clerk1#1 write started',
        'clerk1#1 write finished 1',
        'clerk2#1 write started',
        'clerk2#1 write finished 2',
      ].map((line) => [line, ''] as const),
    );
    fails(lost(0), record(locked(ADDS), none), /^0 updates were made by 2$/);
  });

  test('a lock that gives up after a while, and raises', () => {
    fails(lost(0), record(locked(ADDS), givesUp(lockedPair('write', 2))), /^clerk2#1 raised Timeout: /, [
      'clerk2#1 section raised',
    ]);
  });

  test('the number was read before all had written: a join that does not wait', () => {
    const early = 'clerk1#1 section finished\nmain number started\nmain number finished 1';
    const lines = edit(
      lockedPair('write', 2),
      ['main number started', ''],
      ['main number finished 2', ''],
      ['clerk1#1 section finished', early],
    );
    fails(lost(0), record(locked(ADDS), lines), /^the number was read before clerk2#1 had written$/, [
      'main number finished',
      'clerk2#1 write started',
    ]);
  });

  test('a number that was not read leaves it open', () => {
    const cut = until(lockedPair('write', 2), 'main number finished 2');
    staysOpen(lost(0), record(locked(ADDS), cut, { end: CUT }), /the adapter ended/);
    const text = edit(lockedPair('write', 2), ['main number finished 2', 'main number finished "2"']);
    staysOpen(lost(0), record(locked(ADDS), text), /the shared number was not read/);
  });
});

describe('times made', () => {
  const made = (expected: number) => (of: RunRecord) => timesMade(of, expected);
  const once = edit(lockedPair('write', 0), ['clerk2#1 write started', ''], ['clerk2#1 write finished 2', '']);

  test('once under a lock, twice without', () => {
    passes(made(1), record(locked(MAKES), once));
    passes(made(2), record(free(MAKES), togetherPair(false, 'write', 0)));
  });

  test('twice under a lock that excludes nobody', () => {
    fails(made(1), record(locked(MAKES), togetherPair(true, 'write', 0)), /^2 made it: clerk1, clerk2$/, [
      'clerk1#1 write started',
      'clerk2#1 write started',
    ]);
  });

  test('once, because the other one was never let in', () => {
    fails(made(1), record(locked(MAKES), givesUp(once)), /^clerk2#1 raised Timeout/);
    const left = `${until(once, 'clerk2#1 section entered')}\nmain number started\nmain number finished 0`;
    fails(made(1), record(locked(MAKES), left), /^clerk2#1 never came through its section$/);
  });

  test('a run that was cut says nothing yet', () => {
    staysOpen(
      made(1),
      record(locked(MAKES), until(once, 'clerk2#1 section entered'), { end: CUT }),
      /the adapter ended/,
    );
  });
});

describe('never together', () => {
  const trace = lockedPair('inside', 0);

  test('the second asks while the first is inside, and goes in after', () => {
    passes(neverTogether, record(locked(TURNS), trace));
  });

  test('a lock that excludes nobody, arrives late, or gives up and lets in', () => {
    fails(
      neverTogether,
      record(locked(TURNS), togetherPair(true, 'inside', 0)),
      /^clerk2#1 went in while clerk1#1 was inside$/,
      ['clerk1#1 section entered', 'clerk2#1 section entered'],
    );
    const gaveUp = move(trace, 'clerk2#1 section entered', { before: '* quiescent' });
    fails(neverTogether, record(locked(TURNS), gaveUp), /^clerk2#1 went in while clerk1#1 was inside$/);
  });

  test('a lock that is let go at a switch inside', () => {
    const lines = move(trace, 'clerk2#1 section entered', { before: 'clerk1#1 inside started' });
    fails(neverTogether, record(locked(TURNS), lines), /^clerk2#1 went in while clerk1#1 was inside$/);
  });

  test('one who never left, in a run that was cut', () => {
    const lines = until(togetherPair(true, 'inside', 0), 'clerk1#1 between finished "t-1"');
    fails(neverTogether, record(locked(TURNS), lines, { end: CUT }), /^clerk2#1 went in while clerk1#1 was inside$/);
  });

  test('a lock that wakes the next one before its holder has said that it left is none the worse', () => {
    const handedOver = move(trace, 'clerk2#1 section entered', { before: 'clerk1#1 section finished' });
    passes(neverTogether, record(locked(TURNS), handedOver));
  });

  test('who never wanted in at the same time shows nothing', () => {
    const apart = move(trace, 'clerk2#1 section started', { before: 'clerk2#1 section entered' });
    staysOpen(neverTogether, record(locked(TURNS), apart), /no two wanted in at the same time/);
    const alone = until(apart, 'clerk2#1 section started');
    staysOpen(neverTogether, record(locked(TURNS), alone, { end: CUT }), /the adapter ended/);
    const ended = `${alone}\nmain number started\nmain number finished 0`;
    staysOpen(neverTogether, record(locked(TURNS), ended), /fewer than two wanted in/);
  });

  test('a section that never said that it was entered cannot be judged', () => {
    const silent = edit(trace, ['clerk2#1 section entered', '']);
    staysOpen(neverTogether, record(locked(TURNS), silent), /says finished of section in clerk2#1 out of turn/);
  });
});

describe('together', () => {
  test('two are inside at once', () => {
    passes(together, record(own(TURNS), togetherPair(true, 'inside', 0)));
  });

  test('one lock for all names', () => {
    fails(together, record(own(TURNS), lockedPair('inside', 0)), /^clerk2#1 was kept out until clerk1#1 had left$/, [
      'clerk2#1 section started',
      'clerk1#1 section entered',
      'clerk2#1 section entered',
    ]);
  });

  test('one that was never let in', () => {
    const left = `${until(lockedPair('inside', 0), 'clerk2#1 section entered')}\nmain number started\nmain number finished 0`;
    fails(together, record(own(TURNS), left), /^clerk2#1 never came through its section$/);
  });

  test('a run that was cut before both had come shows nothing', () => {
    const cut = until(togetherPair(true, 'inside', 0), 'clerk2#1 section started');
    staysOpen(together, record(own(TURNS), cut, { end: CUT }), /the adapter ended/);
  });
});
