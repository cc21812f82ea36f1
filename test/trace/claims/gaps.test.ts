import { describe, test } from 'node:test';
import { compose } from '../../../src/program/compose';
import { computesInSlices } from '../../../src/program/long-work';
import { everyPendingRunsInEveryGap, somebodyRunsInEveryGap } from '../../../src/trace/claims/meanwhile';
import type { RunRecord } from '../../../src/trace/record';
import { CUT, fails, passes, staysOpen } from '../expect';
import { edit, FACTS, record, until } from '../record';
import { fairSlices, slicedTrace, subjectTrace } from '../traces';

const DUE = 'timer#1 timer started';
const END = 'subject#1 it finished @40';
const RAISED = 'subject#1 it raised TypeError @40';
const turn = (i: number): string => `pending#${i} turn started\npending#${i} turn finished 1`;
const cast = { ready: 2, pending: 0, timer: true, activity: computesInSlices };
const plan = compose(cast, FACTS);
const of = (lines: string, facts?: Partial<RunRecord>): RunRecord => record(plan, lines, facts);

describe('somebody runs in every gap', () => {
  const STILL = ['subject#1 gap-after finished 12', 'subject#1 gap-after finished 10'] as const;

  test('by the counter of those who say nothing, or by what another says', () => {
    passes(somebodyRunsInEveryGap, of(fairSlices));
    const spoken = edit(fairSlices, ['subject#1 gap-after finished 6', 'subject#1 gap-after finished 4']);
    passes(somebodyRunsInEveryGap, of(spoken));
  });

  test('a sleep of 0 that does not switch, in all gaps or in one', () => {
    const none = slicedTrace({ ready: 2, pending: 0, gap: () => '', ticks: () => [5, 5] });
    fails(somebodyRunsInEveryGap, of(none), /^nobody ran in gap 1$/, [
      'subject#1 gap started',
      'subject#1 gap finished',
    ]);
    fails(somebodyRunsInEveryGap, of(edit(fairSlices, STILL)), /^nobody ran in gap 5$/);
  });

  test('not told by those who had been called off before', () => {
    const off = edit(fairSlices, STILL, ['* flag slice-5', '* flag slice-5\n* called-off']);
    staysOpen(somebodyRunsInEveryGap, of(off), /^those who were ready had been called off before gap 5$/);
  });

  test('a gap in which nobody ran was seen, though the run was cut', () => {
    fails(
      somebodyRunsInEveryGap,
      of(until(edit(fairSlices, STILL), '* flag slice-7'), { end: CUT }),
      /^nobody ran in gap 5$/,
    );
  });

  test('a gap that raised has no turns to count', () => {
    const lines = edit(until(fairSlices, 'subject#1 gap-after started'), [
      'subject#1 gap finished',
      'subject#1 gap raised TypeError',
    ]);
    const rest = subjectTrace({ ready: 2, end: RAISED.replace(' @40', '') });
    const raised = `${lines}\n${rest.slice(rest.indexOf('subject#1 it raised'))}`;
    fails(somebodyRunsInEveryGap, of(raised), /^the work raised TypeError$/);
  });

  test('those who are ready run on other OS threads: they wait for no gap', () => {
    const elsewhere = edit(fairSlices, ['ready#2 ready started', 'ready#2 ready started on 102']);
    fails(somebodyRunsInEveryGap, of(elsewhere), /^ready#2 runs on another OS thread: it waits for no switch$/);
  });

  test('a counter that was not read, or a gap that is missing, shows nothing', () => {
    const text = edit(fairSlices, ['subject#1 gap-after finished 12', 'subject#1 gap-after finished "12"']);
    staysOpen(somebodyRunsInEveryGap, of(text), /the counter of turns was not read before and after gap 5/);
    const nulls = edit(text, ['subject#1 gap-before finished 10', 'subject#1 gap-before finished']);
    staysOpen(somebodyRunsInEveryGap, of(nulls), /was not read before and after gap 5/);
    const cut = until(fairSlices, '* flag slice-10');
    const short = `${cut}\n${fairSlices.slice(fairSlices.indexOf('subject#1 it finished'))}`;
    staysOpen(somebodyRunsInEveryGap, of(short), /^9 gaps of 10 were seen$/);
    staysOpen(somebodyRunsInEveryGap, of(subjectTrace({ first: DUE, started: ['timer'] })), /^0 gaps of 10 were seen$/);
  });

  test('where nobody was ready none could have run', () => {
    const alone = compose({ ...cast, ready: 0 }, FACTS);
    const lines = slicedTrace({ ready: 0, pending: 0, gap: () => '' });
    staysOpen(somebodyRunsInEveryGap, record(alone, lines), /no green thread was ready in gap 1/);
  });
});

describe('every pending one runs in every gap', () => {
  const plan = compose({ ...cast, ready: 0, pending: 2 }, FACTS);
  const gaps = (gap: (i: number) => string, facts?: Partial<RunRecord>): RunRecord =>
    record(plan, slicedTrace({ ready: 0, pending: 2, gap }), facts);
  const both = `${turn(1)}\n${turn(2)}`;

  test('as long as it has turns to go', () => {
    passes(
      everyPendingRunsInEveryGap,
      gaps((i) => (i <= 3 ? both : '')),
    );
    passes(
      everyPendingRunsInEveryGap,
      gaps((i) => (i === 1 ? `${both}\n${both}` : i === 2 ? both : '')),
    );
  });

  test('also where it had its first when it was started', () => {
    const lines = slicedTrace({ ready: 0, pending: 2, gap: (i) => (i <= 2 ? both : '') });
    const inside = edit(lines, ['subject#1 it started @10', `${both}\nsubject#1 it started @10`]);
    passes(everyPendingRunsInEveryGap, record(plan, inside));
  });

  test('one has no turn in one gap, or none at all', () => {
    fails(
      everyPendingRunsInEveryGap,
      gaps((i) => (i === 2 ? turn(1) : i <= 4 ? both : '')),
      /^pending#2 did not run in gap 2$/,
      ['subject#1 gap started', 'subject#1 gap finished'],
    );
    fails(
      everyPendingRunsInEveryGap,
      gaps((i) => (i <= 3 ? turn(1) : '')),
      /^pending#2 did not run in gap 1$/,
    );
    fails(
      everyPendingRunsInEveryGap,
      gaps(() => ''),
      /^pending#1, pending#2 did not run in gap 1$/,
    );
  });

  test('one runs on another OS thread: it waits for no gap', () => {
    const elsewhere = 'pending#1 turn started on 102\npending#1 turn finished 1 on 102';
    fails(
      everyPendingRunsInEveryGap,
      gaps((i) => (i <= 3 ? `${elsewhere}\n${turn(2)}` : '')),
      /^pending#1 runs on another OS thread: it waits for no switch$/,
    );
  });

  test('one had all its turns before the first gap: more than a switch when it is started can give', () => {
    const lines = slicedTrace({ ready: 0, pending: 2, gap: (i) => (i <= 3 ? turn(2) : '') });
    const all = edit(lines, [
      'subject#1 it started @10',
      `${[1, 1, 1].map(turn).join('\n')}\nsubject#1 it started @10`,
    ]);
    fails(everyPendingRunsInEveryGap, record(plan, all), /^pending#1 waited for no gap: it had had all its turns$/);
  });

  test('where nobody is pending, or gaps are missing, it stays open', () => {
    staysOpen(everyPendingRunsInEveryGap, of(fairSlices), /no green thread was pending/);
    const whole = slicedTrace({ ready: 0, pending: 2, gap: (i) => (i <= 3 ? both : '') });
    staysOpen(
      everyPendingRunsInEveryGap,
      record(plan, until(whole, '* flag slice-1'), { end: CUT }),
      /the adapter ended/,
    );
    const short = `${until(whole, '* flag slice-9')}\n${whole.slice(whole.indexOf('subject#1 it finished'))}`;
    staysOpen(everyPendingRunsInEveryGap, record(plan, short), /^8 gaps of 10 were seen$/);
  });

  test('work that raised', () => {
    const lines = edit(slicedTrace({ ready: 0, pending: 2, gap: (i) => (i <= 3 ? both : '') }), [END, RAISED]);
    fails(everyPendingRunsInEveryGap, record(plan, lines), /^the work raised TypeError$/);
  });
});
