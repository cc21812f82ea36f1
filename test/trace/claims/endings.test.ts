import { describe, test } from 'node:test';
import * as activities from '../../../src/program/activities';
import { compose } from '../../../src/program/compose';
import { crowd } from '../../../src/program/crowds';
import { endsWithBytes, everyoneEnds, lastsAtLeast } from '../../../src/trace/claims/progress';
import { CUT, fails, leaving, passes, staysOpen } from '../expect';
import { edit, FACTS, move, record, until } from '../record';
import { lockedPair, subjectTrace } from '../traces';

const napping = compose({ ready: 0, pending: 0, activity: () => activities.sleeps(0.02) }, FACTS);
const nap = subjectTrace({ ready: 0 });

describe('everyone ends', () => {
  const joining = compose({ ready: 0, pending: 0, activity: activities.waitsForGreenThread }, FACTS);
  const join = subjectTrace({
    ready: 0,
    helpers: ['worker'],
    first: 'worker#1 work started\n* arrived work worker#1',
    it: '* opened work worker#1 t-work\nworker#1 work finished "t-work"',
  });

  test('all end, and main heard of each', () => {
    passes(everyoneEnds, record(napping, nap));
    passes(everyoneEnds, record(joining, join));
  });

  test('one raised', () => {
    const lines = edit(until(nap, 'main end-of-messenger started'), [
      'main end-of-subject finished',
      'main end-of-subject raised Timeout',
    ]);
    fails(everyoneEnds, record(napping, lines), /^subject raised Timeout: /, ['main end-of-subject raised']);
  });

  test('some are left', () => {
    fails(everyoneEnds, leaving(2, record(napping, nap)), /^2 green threads never ended$/);
  });

  test('a join that does not wait, as the steps after it show', () => {
    const early = move(join, 'worker#1 work finished "t-work"', { after: 'subject#1 it finished @40' });
    fails(
      everyoneEnds,
      record(joining, early),
      /^subject#1 was told at it that worker had ended, and worker#1 went on$/,
      ['subject#1 it finished', 'worker#1 work finished'],
    );
  });

  test("main's own join that does not wait", () => {
    const lines = move(nap, 'main end-of-subject finished', { before: 'subject#1 later started' });
    fails(
      everyoneEnds,
      record(napping, lines),
      /main was told at end-of-subject that subject had ended, and subject#1 /,
    );
  });

  test('results that are handed to the wrong green thread', () => {
    const lines = edit(
      nap,
      ['subject#1 finish finished "t-finish"', 'subject#1 finish finished "t-inbox"'],
      ['messenger#1 inbox finished "t-inbox"', 'messenger#1 inbox finished "t-finish"'],
    );
    fails(
      everyoneEnds,
      record(napping, lines),
      /^(messenger|subject)#1 was given what was sent to (subject|messenger)#1 at/,
    );
  });

  test('a wait that returns before the bytes gives what nobody has sent', () => {
    const lines = edit(
      join,
      ['* opened work worker#1 t-work', ''],
      ['worker#1 work finished "t-work"', 'worker#1 work finished ""\n* opened work worker#1 t-work'],
    );
    fails(everyoneEnds, record(joining, lines), /^worker#1 was given "" at the gate work, and t-work was sent$/);
  });

  test('one that was started and never ran', () => {
    const ready = compose({ ready: 3, pending: 0, activity: () => activities.sleeps(0) }, FACTS);
    passes(everyoneEnds, record(ready, subjectTrace({ ready: 3 })));
    fails(everyoneEnds, record(ready, subjectTrace({ ready: 2 })), /^ready#3 never ran$/);
  });

  test('main ended and never waited for one', () => {
    const lines = edit(nap, ['main end-of-messenger started', ''], ['main end-of-messenger finished', '']);
    fails(everyoneEnds, record(napping, lines), /^main ended before end-of-messenger$/);
  });

  test('a program that was cut leaves it open', () => {
    staysOpen(everyoneEnds, record(napping, until(nap, 'main number started'), { end: CUT }), /the adapter ended/);
  });

  test('a crowd under a lock', () => {
    const locked = crowd(2, 'adds 1 to a shared number', { kind: 'one', name: 'till' });
    passes(everyoneEnds, record(compose({ ready: 0, pending: 0, crowd: () => locked }, FACTS), lockedPair('write', 2)));
  });
});

describe('it lasts at least as long as was asked', () => {
  const lasts = (seconds: number) => (of: Parameters<typeof lastsAtLeast>[0]) => lastsAtLeast(of, seconds);

  test("by the adapter's clock, and by the harness's around it", () => {
    passes(lasts(0.001), record(napping, nap));
  });

  test('a sleep that returns early', () => {
    const lines = edit(nap, ['subject#1 it finished @40', 'subject#1 it finished @10.5']);
    fails(lasts(0.001), record(napping, lines), /^it lasted 0.500 ms of the 1 ms asked$/, [
      'subject#1 it started',
      'subject#1 it finished',
    ]);
  });

  test('a clock that is made up is not believed against that of the harness', () => {
    fails(lasts(0.02), record(napping, nap), /^seen from outside it lasted less than 5.000 ms$/);
  });

  test('without a clock of its own too short is seen, and long enough is not', () => {
    const lines = edit(
      nap,
      ['subject#1 it started @10', 'subject#1 it started'],
      ['subject#1 it finished @40', 'subject#1 it finished'],
    );
    fails(lasts(0.02), record(napping, lines), /seen from outside/);
    staysOpen(lasts(0.005), record(napping, lines), /the adapter tells no time/);
    staysOpen(lasts(0.001), record(napping, lines), /the adapter tells no time/);
  });

  test('a sleep that raises does not last', () => {
    const lines = edit(nap, ['subject#1 it finished @40', 'subject#1 it raised TypeError @40']);
    fails(lasts(0.001), record(napping, lines), /it raised TypeError/);
  });

  test('one that never ended, or was not seen to begin, leaves it open', () => {
    staysOpen(
      lasts(0.001),
      record(napping, until(nap, 'subject#1 it finished @40'), { end: CUT }),
      /the adapter ended/,
    );
    const unseen = record(napping, nap);
    const entries = unseen.entries.filter((entry) => entry.kind !== 'opened');
    staysOpen(lasts(0.001), { ...unseen, entries }, /not seen from outside/);
  });
});

describe('it ends because the bytes came', () => {
  const waiting = compose({ ready: 0, pending: 0, activity: activities.waitsForBytesAlone }, FACTS);
  const opening = '* opened bytes subject#1 t-bytes';
  const trace = subjectTrace({
    ready: 0,
    it: `* arrived bytes subject#1\n* quiescent\n* kernel held ${100}:1\n${opening}`,
    end: 'subject#1 it finished "t-bytes"',
  });
  const END = 'subject#1 it finished "t-bytes" @40';

  test('it rested, they were sent, and just these came', () => {
    passes(endsWithBytes, record(waiting, trace));
  });

  test('a wait that returns before the bytes', () => {
    const early = edit(trace, [opening, ''], [END, `subject#1 it finished ""\n${opening}`]);
    fails(endsWithBytes, record(waiting, early), /^the wait ended before any byte was sent$/, [
      'subject#1 it started',
      'subject#1 it finished',
    ]);
    fails(endsWithBytes, record(waiting, edit(early, [opening, ''])), /before any byte was sent/);
  });

  test('a wait that gives something else', () => {
    for (const [end, why] of [
      ['finished "t-inbox"', /^the wait gave "t-inbox", and t-bytes was sent$/],
      ['finished', /^the wait gave null, and t-bytes was sent$/],
      ['raised gate-lost', /^the wait raised gate-lost$/],
    ] as const)
      fails(endsWithBytes, record(waiting, edit(trace, [END, `subject#1 it ${end}`])), why);
  });

  test('unless it was seen to rest, something else might have ended it', () => {
    staysOpen(endsWithBytes, record(waiting, edit(trace, ['* quiescent', ''])), /not seen that the process rested/);
  });

  test('a wait that never ends is stuck, if that is proven', () => {
    const end = { kind: 'stuck', at: [{ thread: 'subject#1', label: 'it' }] } as const;
    fails(endsWithBytes, record(waiting, until(trace, END), { end }), /stuck at it of subject#1/);
    staysOpen(endsWithBytes, record(waiting, until(trace, END), { end: CUT }), /the adapter ended/);
  });
});
