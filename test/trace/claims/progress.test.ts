import { describe, test } from 'node:test';
import * as activities from '../../../src/program/activities';
import { compose } from '../../../src/program/compose';
import { everybodyGoesOn, everyPendingRuns, nobodyRuns, somebodyRuns } from '../../../src/trace/claims/progress';
import { CUT, fails, leaving, passes, staysOpen } from '../expect';
import { edit, FACTS, record, until } from '../record';
import { subjectTrace } from '../traces';

const computing = compose({ ready: 2, pending: 0, activity: activities.computes }, FACTS);
const held = '* opened inbox messenger#1 t-inbox\n* watched busy\n* flag enough';
const quiet = subjectTrace({ it: held });
const [COUNT, LAST] = ['subject#1 after finished 5', 'subject#1 later finished 9'];

describe('nobody runs', () => {
  test('the counter stands still while the step goes on, and moves before and after', () => {
    passes(nobodyRuns, record(computing, quiet));
  });

  test('a switch at a plain call, or a preemption, shows in the counter', () => {
    fails(nobodyRuns, record(computing, edit(quiet, [COUNT, 'subject#1 after finished 7'])), /had 2 turns meanwhile/, [
      'subject#1 it started',
      'subject#1 it finished',
    ]);
  });

  test('one that reports anything ran: the messenger, of a byte that it got', () => {
    const served = subjectTrace({
      it: '* opened inbox messenger#1 t-inbox\nmessenger#1 inbox finished "t-inbox"\n* watched served\n* flag enough',
    });
    fails(nobodyRuns, record(computing, served), /^messenger#1 ran meanwhile$/, ['messenger#1 inbox finished']);
  });

  test('one that ran was seen, though the run was cut afterwards', () => {
    const broken = until(
      edit(quiet, ['* watched busy', 'messenger#1 inbox finished "t-inbox"\n* watched served']),
      '* flag enough',
    );
    fails(nobodyRuns, record(computing, broken, { end: CUT }), /messenger#1 ran meanwhile/);
  });

  test('a byte that was served after the end, but heard of together with it, is no contradiction', () => {
    passes(nobodyRuns, record(computing, edit(quiet, ['* watched busy', '* watched served'])));
  });

  test('without ready green threads it would be no news', () => {
    const alone = compose({ ready: 0, pending: 0, activity: activities.computes }, FACTS);
    staysOpen(nobodyRuns, record(alone, subjectTrace({ it: held, ready: 0 })), /no green thread was ready/);
  });

  test('a counter that never moved could not have told', () => {
    for (const turns of [
      [0, 0, 4],
      [5, 5, 5],
      [0, 0, 0],
    ] as const)
      staysOpen(nobodyRuns, record(computing, subjectTrace({ it: held, turns })), /so it could not have told/);
  });

  test('ready ones that had been called off could not have told', () => {
    const turns = [5, 5, 5] as const;
    const late = `* called-off\n${held}`;
    staysOpen(nobodyRuns, record(computing, subjectTrace({ it: late, turns })), /so it could not have told/);
    staysOpen(everybodyGoesOn, record(computing, subjectTrace({ it: late, turns })), /had to be called off/);
    fails(everybodyGoesOn, record(computing, subjectTrace({ it: held, turns })), /had no turn any more/);
  });

  test('those who are ready on other OS threads are not held up by a sleep of 0', () => {
    const still = edit(subjectTrace(), ['ready#2 ready started', 'ready#2 ready started on 102']);
    fails(nobodyRuns, record(napping, still), /^ready#2 runs on another OS thread: it waits for no switch$/);
    passes(nobodyRuns, record(napping, subjectTrace()));
  });

  test('a counter that gave no number was not read', () => {
    staysOpen(
      nobodyRuns,
      record(computing, edit(quiet, [COUNT, 'subject#1 after finished "many"'])),
      /was not read before and after/,
    );
  });

  test('a step that was cut leaves it open', () => {
    const cut = until(quiet, '* flag enough');
    staysOpen(nobodyRuns, record(computing, cut, { end: CUT }), /the adapter ended/);
  });
});

const napping = compose({ ready: 2, pending: 0, activity: () => activities.sleeps(0) }, FACTS);

describe('somebody runs', () => {
  test('by the counter of those who say nothing', () => {
    passes(somebodyRuns, record(napping, subjectTrace({ turns: [5, 7, 9] })));
  });

  test('by a counter that lost turns where those who count are interrupted', () => {
    const longer = compose({ ready: 2, pending: 0, activity: () => activities.sleeps(0.01) }, FACTS);
    passes(somebodyRuns, record(longer, subjectTrace({ turns: [500, 300, 200] })));
    passes(everybodyGoesOn, record(longer, subjectTrace({ turns: [500, 300, 200] })));
  });

  test('a sleep of 0 that returns at once lets nobody run', () => {
    fails(somebodyRuns, record(napping, subjectTrace()), /no other green thread ran meanwhile/, [
      'subject#1 it started',
      'subject#1 it finished',
    ]);
  });

  test('a sleep that raises is not one that lets anybody run', () => {
    const end = 'subject#1 it raised TypeError';
    fails(somebodyRuns, record(napping, subjectTrace({ end, turns: [5, 7, 9] })), /^it raised TypeError: /, [
      'subject#1 it raised',
    ]);
  });

  test('those who are ready on other OS threads wait for no sleep of 0; a longer one lets them run', () => {
    const turns = edit(subjectTrace({ turns: [5, 7, 9] }), ['ready#2 ready started', 'ready#2 ready started on 102']);
    fails(somebodyRuns, record(napping, turns), /^ready#2 runs on another OS thread: it waits for no switch$/);
    const longer = compose({ ready: 2, pending: 0, activity: () => activities.sleeps(0.01) }, FACTS);
    passes(somebodyRuns, record(longer, turns));
  });

  test('unless those who were ready had been called off before it ended', () => {
    staysOpen(somebodyRuns, record(napping, subjectTrace({ it: '* called-off' })), /had to be called off/);
    fails(somebodyRuns, record(napping, subjectTrace({ following: '* called-off' })), /ran meanwhile/);
  });

  test('a wait for I/O that blocks the thread lets nobody run', () => {
    const waiting = compose({ ready: 2, pending: 0, activity: activities.waitsForBytes }, FACTS);
    const trace = (byte: string): string =>
      subjectTrace({
        it: `* arrived bytes subject#1\n* opened inbox messenger#1 t-inbox\n${byte}\n* opened bytes subject#1 t-bytes`,
        end: 'subject#1 it finished "t-bytes"',
      });
    fails(somebodyRuns, record(waiting, trace('* watched blocked')), /no other green thread ran/);
    passes(somebodyRuns, record(waiting, trace('messenger#1 inbox finished "t-inbox"\n* watched served')));
  });

  test('those who were called off before tell nothing, those who were pending do', () => {
    const off = { first: '* called-off' };
    staysOpen(somebodyRuns, record(napping, subjectTrace(off)), /^those who were ready let nobody else run/);
    const both = compose({ ready: 2, pending: 2, activity: () => activities.sleeps(0) }, FACTS);
    fails(somebodyRuns, record(both, subjectTrace({ ...off, started: ['pending'] })), /^no other green thread ran/);
    const ran = { ...off, it: 'pending#1 turn started', started: ['pending'] };
    passes(somebodyRuns, record(both, edit(subjectTrace(ran), [COUNT, `pending#1 turn finished 1\n${COUNT}`])));
  });

  test('where there was nobody it stays open', () => {
    const alone = compose({ ready: 0, pending: 0, activity: () => activities.sleeps(0) }, FACTS);
    staysOpen(somebodyRuns, record(alone, subjectTrace({ ready: 0 })), /no other green thread could have run/);
  });

  test('a step that never ends is stuck, if that is proven', () => {
    const end = { kind: 'stuck', at: [{ thread: 'subject#1', label: 'it' }] } as const;
    const trace = until(subjectTrace(), 'subject#1 it finished @40');
    fails(somebodyRuns, record(napping, trace, { end }), /stuck at it of subject#1/);
  });
});

describe('every pending one runs', () => {
  const pending = compose({ ready: 0, pending: 2, activity: () => activities.sleeps(0) }, FACTS);
  const turn = (i: number): string => `pending#${i} turn started\npending#${i} turn finished 1`;
  const rest = [1, 1, 2, 2].map(turn).join('\n');
  const of = (it: string, following = rest): string => subjectTrace({ ready: 0, it, following, started: ['pending'] });

  test('each has a turn', () => {
    passes(everyPendingRuns, record(pending, of(`${turn(1)}\n${turn(2)}`)));
    passes(somebodyRuns, record(pending, of(turn(1), `${turn(2)}\n${rest}`)));
  });

  test('those who run on another OS thread wait for no switch, whenever they run', () => {
    const own = (i: number): string => `pending#${i} turn started on 102\npending#${i} turn finished 1 on 102`;
    const elsewhere = record(pending, of(`${own(1)}\n${turn(2)}`));
    fails(everyPendingRuns, elsewhere, /^pending#1 runs on another OS thread: it waits for no switch$/, [
      'pending#1 turn started',
    ]);
    fails(somebodyRuns, elsewhere, /^pending#1 runs on another OS thread: it waits for no switch$/);
  });

  test('one has none', () => {
    fails(everyPendingRuns, record(pending, of(turn(1), `${turn(2)}\n${rest}`)), /^pending#2 did not run meanwhile$/);
  });

  test('a sleep that raises is not one that lets them run', () => {
    const lines = edit(of(`${turn(1)}\n${turn(2)}`), [
      'subject#1 it finished @40',
      'subject#1 it raised TypeError @40',
    ]);
    fails(everyPendingRuns, record(pending, lines), /^it raised TypeError: /);
  });

  test('one that never runs at all is missed too', () => {
    const trace = of(turn(1), [1, 1].map(turn).join('\n'));
    fails(everyPendingRuns, record(pending, trace), /^pending#2 did not run meanwhile$/);
  });

  test('none has any', () => {
    fails(somebodyRuns, record(pending, of('', `${turn(1)}\n${turn(2)}\n${rest}`)), /no other green thread ran/);
    fails(somebodyRuns, record(pending, of('', '')), /no other green thread ran/);
  });

  test('where nobody is pending, or the step never ended, it stays open', () => {
    staysOpen(everyPendingRuns, record(napping, subjectTrace()), /no green thread was pending/);
    const cut = until(of(turn(1)), 'pending#1 turn finished 1');
    staysOpen(everyPendingRuns, record(pending, cut, { end: CUT }), /the adapter ended/);
  });
});

describe('everybody goes on', () => {
  test('the ready ones turn again, the byte is served, all end', () => {
    passes(everybodyGoesOn, record(computing, quiet));
    const alone = compose({ ready: 0, pending: 0, activity: activities.computes }, FACTS);
    passes(everybodyGoesOn, record(alone, subjectTrace({ it: held, ready: 0 })));
  });

  test('the ready ones have no turn any more', () => {
    fails(
      everybodyGoesOn,
      record(computing, edit(quiet, [LAST, 'subject#1 later finished 5'])),
      /had no turn any more/,
    );
  });

  test('the program ends, and the step never did', () => {
    const lines = edit(quiet, ['subject#1 it finished @40', '']);
    fails(everybodyGoesOn, record(computing, lines), /the program ended, and the step never did/);
  });

  test('a run that was cut in the midst of the step says nothing', () => {
    staysOpen(everybodyGoesOn, record(computing, until(quiet, '* flag enough'), { end: CUT }), /the adapter ended/);
  });

  test('the messenger never got its byte, and nobody waited for it', () => {
    const lines = edit(quiet, ['messenger#1 inbox finished "t-inbox"', '']);
    fails(everybodyGoesOn, record(computing, lines), /the byte that was sent was never served/);
  });

  test('it rests on everyone coming to an end', () => {
    fails(everybodyGoesOn, leaving(3, record(computing, quiet)), /3 green threads never ended/);
  });
});
