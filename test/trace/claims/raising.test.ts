import { describe, test } from 'node:test';
import { compose } from '../../../src/program/compose';
import { raisingInside } from '../../../src/program/crowds';
import { entersAfterRaise } from '../../../src/trace/claims/locking';
import { everyoneEnds } from '../../../src/trace/claims/progress';
import { CUT, fails, passes, staysOpen } from '../expect';
import { edit, FACTS, record, until } from '../record';

describe('the other one enters', () => {
  const raising = compose({ ready: 0, pending: 0, crowd: () => raisingInside('till') }, FACTS);
  const trace = `
    main end-of-clerk1 started
    messenger#1 inbox started
    clerk1#1 attempt started
    clerk1#1 section started
    clerk1#1 section entered
    clerk1#1 section raised Oops
    clerk1#1 attempt finished "Oops"
    clerk2#1 turn started
    main end-of-clerk1 finished
    main end-of-clerk2 started
    * arrived inbox messenger#1
    * arrived second clerk2#1
    * opened second clerk2#1 t-2
    * opened inbox messenger#1 t-inbox
    clerk2#1 turn finished "t-2"
    clerk2#1 section started
    clerk2#1 section entered
    clerk2#1 section finished
    messenger#1 inbox finished "t-inbox"
    main end-of-clerk2 finished
    main end-of-messenger started
    main end-of-messenger finished
    main number started
    main number finished 0`;

  test('after one that raised', () => {
    passes(entersAfterRaise, record(raising, trace));
    passes(everyoneEnds, record(raising, trace));
  });

  test('a lock that is kept after a raise: proven stuck', () => {
    const end = { kind: 'stuck', at: [{ thread: 'clerk2#1', label: 'section' }] } as const;
    const lines = until(trace, 'clerk2#1 section entered');
    fails(entersAfterRaise, record(raising, lines, { end }), /^stuck at section of clerk2#1: nothing moves/);
    staysOpen(entersAfterRaise, record(raising, lines, { end: CUT }), /the adapter ended/);
  });

  test('a lock that is kept and gives up', () => {
    const lines = edit(
      until(trace, 'main end-of-clerk2 finished'),
      ['clerk2#1 section entered', 'clerk2#1 section raised Timeout'],
      ['clerk2#1 section finished', 'main end-of-clerk2 raised Timeout'],
    );
    fails(entersAfterRaise, record(raising, lines), /^who came after it raised Timeout$/);
  });

  test('a section that swallows what is raised inside it, or raises something else', () => {
    const swallowed = edit(trace, ['clerk1#1 section raised Oops', 'clerk1#1 section finished']);
    fails(entersAfterRaise, record(raising, swallowed), /^the section did not raise what was raised inside it$/);
    const other = edit(trace, ['clerk1#1 section raised Oops', 'clerk1#1 section raised TypeError']);
    fails(entersAfterRaise, record(raising, other), /^the section raised TypeError, not what was raised inside it$/);
  });

  test('nobody came after it, in a program that ended', () => {
    const lines = edit(
      trace,
      ['clerk2#1 section started', ''],
      ['clerk2#1 section entered', ''],
      ['clerk2#1 section finished', ''],
    );
    fails(entersAfterRaise, record(raising, lines), /^nobody entered after it$/);
  });

  test('a run that was cut before anything was raised says nothing', () => {
    const cut = until(trace, 'clerk1#1 section raised Oops');
    staysOpen(entersAfterRaise, record(raising, cut, { end: CUT }), /the adapter ended/);
  });
});
