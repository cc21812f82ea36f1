import { describe, test } from 'node:test';
import { compose } from '../../../src/program/compose';
import { raising, raisingAmong, returning } from '../../../src/program/crowds';
import { takesTurns } from '../../../src/program/long-work';
import { eachRaises, eachReturns, othersGoOn, sameOrder } from '../../../src/trace/claims/outcomes';
import type { RunRecord } from '../../../src/trace/record';
import { CUT, fails, passes, staysOpen } from '../expect';
import { edit, FACTS, linesOf, move, record, until } from '../record';
import { subjectTrace } from '../traces';

/** Members, what each does at its turn, and how each is waited for. */
function trace(turns: readonly string[], joins: readonly string[]): string {
  return `
    messenger#1 inbox started
    ${turns.map((turn, i) => `clerk${i + 1}#1 turn started\nclerk${i + 1}#1 turn ${turn}`).join('\n')}
    * arrived inbox messenger#1
    * opened inbox messenger#1 t-inbox
    messenger#1 inbox finished "t-inbox"
    ${joins.map((join, i) => `main end-of-clerk${i + 1} started\nmain end-of-clerk${i + 1} ${join}`).join('\n')}
    main end-of-messenger started
    main end-of-messenger finished
    main number started
    main number finished 0`;
}

describe('whoever waits gets what each returned', () => {
  const plan = compose({ ready: 0, pending: 0, crowd: () => returning(2) }, FACTS);
  const honest = trace(['finished', 'finished'], ['finished "clerk1"', 'finished "clerk2"']);
  const JOIN = 'main end-of-clerk2 finished "clerk2"';
  const of = (lines: string, facts?: Partial<RunRecord>): RunRecord => record(plan, lines, facts);

  test('each its own', () => {
    passes(eachReturns, of(honest));
  });

  test("nothing, another's value, all of them, or an error", () => {
    for (const [join, why] of [
      ['finished', /^the wait for clerk2 gave null$/],
      ['finished "clerk1"', /^the wait for clerk2 gave "clerk1"$/],
      ['finished ["clerk2"]', /^the wait for clerk2 gave \["clerk2"\]$/],
      ['raised TypeError', /^the wait for clerk2 raised TypeError$/],
    ] as const)
      fails(eachReturns, of(edit(honest, [JOIN, `main end-of-clerk2 ${join}`])), why, [
        `main end-of-clerk2 ${join.split(' ')[0]}`,
      ]);
  });

  test('a value of one that had not returned by then, or never did', () => {
    const early = move(
      move(honest, 'main end-of-clerk1 finished "clerk1"', { before: 'clerk1#1 turn started' }),
      'main end-of-clerk1 started',
      { before: 'messenger#1 inbox started' },
    );
    fails(eachReturns, of(early), /^main was told at end-of-clerk1 that clerk1 had ended, and clerk1#1 went on$/);
    const never = edit(honest, ['clerk1#1 turn started', ''], ['clerk1#1 turn finished', '']);
    fails(eachReturns, of(never), /^the wait for clerk1 ended before clerk1 had$/, ['main end-of-clerk1 finished']);
    // Who did not wait has nothing to give; that it gave nothing is no reason of its own.
    const nothing = edit(never, ['main end-of-clerk1 finished "clerk1"', 'main end-of-clerk1 finished']);
    fails(eachReturns, of(nothing), /^the wait for clerk1 ended before clerk1 had$/);
  });

  test('one that nobody waited for', () => {
    const left = edit(honest, [JOIN, ''], ['main end-of-clerk2 started', '']);
    fails(eachReturns, of(left), /^main ended before clerk2 was waited for$/);
  });

  test('a wait that was cut leaves it open, a value that was wrong before does not', () => {
    staysOpen(eachReturns, of(until(honest, JOIN), { end: CUT }), /the adapter ended/);
    const wrong = edit(until(honest, JOIN), ['main end-of-clerk1 finished "clerk1"', 'main end-of-clerk1 finished']);
    fails(eachReturns, of(wrong, { end: CUT }), /^the wait for clerk1 gave null$/);
    const end = { kind: 'stuck', at: [{ thread: 'main', label: 'end-of-clerk2' }] } as const;
    fails(eachReturns, of(until(honest, JOIN), { end }), /^stuck at end-of-clerk2 of main/);
  });

  test('a crowd of nobody shows nothing', () => {
    const nobody = compose({ ready: 0, pending: 0 }, FACTS);
    staysOpen(eachReturns, record(nobody, trace([], [])), /there was nobody to wait for/);
  });
});

describe('whoever waits gets what each raised', () => {
  const plan = compose({ ready: 0, pending: 0, crowd: () => raising(2) }, FACTS);
  const honest = trace(['raised clerk1', 'raised clerk2'], ['raised clerk1', 'raised clerk2']);
  const of = (lines: string): RunRecord => record(plan, lines);

  test('each its own', () => {
    passes(eachRaises, of(honest));
  });

  test("a join that swallows it, or raises another's", () => {
    for (const [join, why] of [
      ['finished', /^the wait for clerk2 gave null$/],
      ['finished "clerk2"', /^the wait for clerk2 gave "clerk2"$/],
      ['raised clerk1', /^the wait for clerk2 raised clerk1$/],
      ['raised RuntimeError', /^the wait for clerk2 raised RuntimeError$/],
    ] as const)
      fails(eachRaises, of(edit(honest, ['main end-of-clerk2 raised clerk2', `main end-of-clerk2 ${join}`])), why);
  });

  test('an error of one that never raised', () => {
    const never = edit(honest, ['clerk1#1 turn raised clerk1', 'clerk1#1 turn finished']);
    fails(eachRaises, of(never), /^the wait for clerk1 ended before clerk1 had$/);
  });
});

describe('the others come to their end', () => {
  const plan = compose({ ready: 0, pending: 0, crowd: () => raisingAmong(3) }, FACTS);
  const wait = (i: number): string => `clerk${i}#1 turn finished "t-${i}"`;
  const honest = `
    main end-of-clerk1 started
    messenger#1 inbox started
    clerk2#1 turn started
    clerk3#1 turn started
    clerk1#1 turn started
    clerk1#1 turn raised clerk1
    main end-of-clerk1 raised clerk1
    main end-of-clerk2 started
    * arrived inbox messenger#1
    * arrived between clerk2#1
    * arrived between clerk3#1
    * opened between clerk2#1 t-2
    * opened between clerk3#1 t-3
    * opened inbox messenger#1 t-inbox
    ${wait(2)}
    ${wait(3)}
    messenger#1 inbox finished "t-inbox"
    main end-of-clerk2 finished
    main end-of-clerk3 started
    main end-of-clerk3 finished
    main end-of-messenger started
    main end-of-messenger finished
    main number started
    main number finished 0`;
  const of = (lines: string, facts?: Partial<RunRecord>): RunRecord => record(plan, lines, facts);

  test('after one has raised', () => {
    passes(othersGoOn, of(honest));
  });

  test('whatever the wait for that one makes of it: of this another claim speaks', () => {
    passes(othersGoOn, of(edit(honest, ['main end-of-clerk1 raised clerk1', 'main end-of-clerk1 finished'])));
  });

  test('an end without having gone on: they were taken down, and the waits for them tell nothing of it', () => {
    const down = edit(honest, [wait(2), ''], [wait(3), '']);
    fails(othersGoOn, of(down), /^clerk2 did not come to its end$/, ['clerk1#1 turn raised']);
  });

  test('the error of the one reaches another, in its wait or at its end', () => {
    fails(othersGoOn, of(edit(honest, [wait(3), 'clerk3#1 turn raised clerk1'])), /^clerk3#1 raised clerk1 after/, [
      'clerk1#1 turn raised',
      'clerk3#1 turn raised',
    ]);
    const end = edit(honest, ['main end-of-clerk3 finished', 'main end-of-clerk3 raised clerk1']);
    fails(othersGoOn, of(end), /^the wait for clerk3 raised clerk1$/);
  });

  test('main goes down with it', () => {
    const lines = linesOf(honest).filter((line) => !/^main end-of-clerk[23]/.test(line));
    fails(othersGoOn, of(lines.join('\n')), /^clerk2 did not come to its end$/);
  });

  test('one that raises nothing takes nobody down', () => {
    const none = edit(honest, ['clerk1#1 turn raised clerk1', 'clerk1#1 turn finished']);
    fails(othersGoOn, of(none), /^clerk1 did not raise$/, ['clerk1#1 turn finished']);
  });

  test('a program that ended without its having raised', () => {
    const none = edit(honest, ['clerk1#1 turn raised clerk1', '']);
    fails(othersGoOn, of(none), /^clerk1 never raised, and the program ended$/);
  });

  test('others that were through before it raised show nothing', () => {
    const late = move(honest, 'clerk1#1 turn raised clerk1', { after: wait(3) });
    const after = move(late, 'main end-of-clerk1 raised clerk1', { after: 'clerk1#1 turn raised clerk1' });
    staysOpen(othersGoOn, of(after), /^clerk2 had ended before clerk1#1 raised$/);
  });

  test('a run that was cut says nothing, unless one has raised', () => {
    staysOpen(othersGoOn, of(until(honest, wait(3)), { end: CUT }), /the adapter ended/);
    staysOpen(othersGoOn, of(until(honest, 'clerk1#1 turn raised clerk1'), { end: CUT }), /the adapter ended/);
    const spread = `${until(honest, wait(3))}\nclerk3#1 turn raised clerk1`;
    fails(othersGoOn, of(spread, { end: CUT }), /^clerk3#1 raised clerk1 after clerk1#1 had$/);
  });

  test('one alone has no others', () => {
    const alone = compose({ ready: 0, pending: 0, crowd: () => raisingAmong(1) }, FACTS);
    staysOpen(othersGoOn, record(alone, trace(['raised clerk1'], ['raised clerk1'])), /there were no others/);
  });
});

describe('both have their turns in the same order', () => {
  const activity = () => takesTurns('library 0', 'standard 0');
  const plan = compose({ ready: 0, pending: 0, activity }, FACTS);
  const turns = (name: string, order: string): string =>
    [...order].map((i) => `${name}#${i} turn started\n${name}#${i} turn finished 1`).join('\n');
  const of = (first: string, second: string, facts?: Partial<RunRecord>): RunRecord => {
    const before = `subject#1 first-round started\n${turns('first', first)}\nsubject#1 first-round finished [null,null,null]`;
    const lines = edit(subjectTrace({ ready: 0, it: turns('second', second), started: ['first', 'second'] }), [
      'subject#1 it started @10',
      `${before}\nsubject#1 it started @10`,
    ]);
    return record(plan, lines, facts);
  };

  test('one after the other, or in any other order in which they hand over', () => {
    passes(sameOrder, of('123123123', '123123123'));
    passes(sameOrder, of('321321321', '321321321'));
    passes(sameOrder, of('121323123', '121323123'));
  });

  test('a sleep that brings another order, or gives no turn away', () => {
    fails(sameOrder, of('123123123', '123132123'), /^first #1 #2 #3 #1 .*, then #1 #2 #3 #1 #3 #2 #1 #2 #3$/);
    fails(sameOrder, of('123123123', '111222333'), /^first #1 #2 #3 .*, then #1 #1 #1 /);
  });

  test('neither gives a turn away: the order is no news', () => {
    fails(sameOrder, of('111222333', '111222333'), /^nobody gave a turn away: #1 #1 #1 #2 #2 #2 #3 #3 #3$/);
  });

  test('one of the sleeps raises', () => {
    const lines = edit(linesOf(subjectTrace({ ready: 0, started: ['first', 'second'] })).join('\n'), [
      'subject#1 it finished @40',
      'subject#1 it raised TypeError @40',
    ]);
    fails(sameOrder, record(plan, lines), /^it raised TypeError: /);
  });

  test('turns that were never had', () => {
    fails(sameOrder, of('123123123', '123123'), /^9 and 6 turns were had, of 9 each$/);
    fails(sameOrder, of('', ''), /^0 and 0 turns were had, of 9 each$/);
    staysOpen(sameOrder, of('123123123', '1231', { end: CUT }), /the adapter ended/);
  });
});
