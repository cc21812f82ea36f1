import { describe, test } from 'node:test';
import * as activities from '../../../src/program/activities';
import { compose } from '../../../src/program/compose';
import { computesInSlices } from '../../../src/program/long-work';
import { servedBeforeTheEnd, somebodyRunsInEveryGap, timerFiresAfterwards } from '../../../src/trace/claims/meanwhile';
import type { RunRecord } from '../../../src/trace/record';
import { CUT, fails, passes, staysOpen } from '../expect';
import { edit, FACTS, move, record, until } from '../record';
import { fairSlices, subjectTrace } from '../traces';

const DUE = 'timer#1 timer started';
const FIRED = 'timer#1 timer finished';
const END = 'subject#1 it finished @40';
const RAISED = 'subject#1 it raised TypeError @40';

describe('the timer fires only afterwards', () => {
  const plan = compose({ ready: 2, pending: 0, timer: true, activity: activities.computes }, FACTS);
  const honest = subjectTrace({
    first: DUE,
    it: '* opened inbox messenger#1 t-inbox\n* watched busy\n* outlasted\n* flag enough',
    following: FIRED,
    started: ['timer'],
  });
  const of = (lines: string, facts?: Partial<RunRecord>): RunRecord => record(plan, lines, facts);

  test('it was due, and fired after the step', () => {
    passes(timerFiresAfterwards, of(honest));
    passes(timerFiresAfterwards, of(edit(honest, [FIRED, `${FIRED}\n${DUE}\n${FIRED}`])));
    passes(timerFiresAfterwards, of(edit(honest, [DUE, `${DUE}\n${FIRED}\n${DUE}`])));
  });

  test('a timer that fires during a call that blocks', () => {
    const early = move(honest, FIRED, { before: '* outlasted' });
    fails(timerFiresAfterwards, of(early), /^the timer fired meanwhile$/, [
      'subject#1 it started',
      'timer#1 timer finished',
      'subject#1 it finished',
    ]);
    const both = edit(early, [FIRED, `${FIRED}\n${DUE}`], [END, `${END}\n${FIRED}`]);
    fails(timerFiresAfterwards, of(both), /^the timer fired meanwhile$/);
  });

  test('one that was seen to fire meanwhile did so, though the run was cut', () => {
    const early = until(move(honest, FIRED, { before: '* outlasted' }), '* flag enough');
    fails(timerFiresAfterwards, of(early, { end: CUT }), /^the timer fired meanwhile$/);
  });

  test('a timer that never fires', () => {
    fails(timerFiresAfterwards, of(edit(honest, [FIRED, ''])), /^the timer never fired$/, ['subject#1 it finished']);
    const broken = edit(honest, [FIRED, 'timer#1 timer raised Oops']);
    fails(timerFiresAfterwards, of(broken), /^the timer never fired$/);
  });

  test('a step that was over before the timer was due shows nothing', () => {
    for (const control of ['* outlasted short', ''])
      staysOpen(timerFiresAfterwards, of(edit(honest, ['* outlasted', control])), /ended before the timer was due/);
    const late = move(honest, '* outlasted', { after: END });
    staysOpen(timerFiresAfterwards, of(late), /ended before the timer was due/);
  });

  test('a run that was cut leaves it open', () => {
    staysOpen(timerFiresAfterwards, of(until(honest, '* flag enough'), { end: CUT }), /the adapter ended/);
    staysOpen(timerFiresAfterwards, of(until(honest, FIRED), { end: CUT }), /the adapter ended/);
    staysOpen(timerFiresAfterwards, of(until(honest, DUE), { end: CUT }), /the adapter ended/);
  });
});

const BYTE = 'messenger#1 inbox finished "t-inbox"';
const cast = { ready: 2, pending: 0, timer: true, activity: computesInSlices };
const plan = compose(cast, FACTS);
const of = (lines: string, facts?: Partial<RunRecord>): RunRecord => record(plan, lines, facts);
/** Those who spin on sleep(0) have their turns, and nobody else has. */
const starving = (starved: string): string => edit(fairSlices, [starved, ''], [END, `${END}\n${starved}`]);
const mute = edit(fairSlices, [BYTE, ''], [FIRED, ''], [END, `${END}\n${BYTE}\n${FIRED}`]);

describe('the timer and the byte are served before it ends', () => {
  test('in whichever gap', () => {
    passes(servedBeforeTheEnd, of(fairSlices));
    passes(servedBeforeTheEnd, of(move(fairSlices, BYTE, { before: 'subject#1 it finished @40' })));
  });

  test('a hub that starves timers, or I/O, or both, while others spin', () => {
    fails(servedBeforeTheEnd, of(starving(FIRED)), /^the timer had to wait until the work had ended$/, [
      'subject#1 it started',
      'subject#1 it finished',
    ]);
    fails(servedBeforeTheEnd, of(starving(BYTE)), /^the byte had to wait until the work had ended$/);
    fails(servedBeforeTheEnd, of(mute), /^the timer and the byte had to wait until/);
    passes(somebodyRunsInEveryGap, of(mute));
  });

  test('a timer that was over before it began is another one', () => {
    const before = edit(fairSlices, [FIRED, ''], [DUE, `${DUE}\n${FIRED}\n${DUE}`]);
    fails(servedBeforeTheEnd, of(before), /^the timer had to wait/);
  });

  test('work that raised', () => {
    const lines = edit(fairSlices, [END, RAISED]);
    fails(servedBeforeTheEnd, of(lines), /^the work raised TypeError$/);
    fails(somebodyRunsInEveryGap, of(lines), /^the work raised TypeError$/);
  });

  test('without a byte that was sent, or time that passed, meanwhile it shows nothing', () => {
    staysOpen(
      servedBeforeTheEnd,
      of(edit(fairSlices, ['* outlasted', '* outlasted short'])),
      /before the timer was due/,
    );
    const sent = '* opened inbox messenger#1 t-inbox';
    const late = move(edit(fairSlices, [BYTE, '']), sent, { after: END });
    staysOpen(servedBeforeTheEnd, of(`${late}\n${BYTE}`), /no byte was sent while the work went on/);
    const early = move(fairSlices, sent, { after: '* arrived inbox messenger#1' });
    staysOpen(servedBeforeTheEnd, of(early), /no byte was sent while the work went on/);
    staysOpen(servedBeforeTheEnd, of(until(fairSlices, END), { end: CUT }), /the adapter ended/);
  });
});
