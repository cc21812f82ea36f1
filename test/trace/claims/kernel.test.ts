import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as activities from '../../../src/program/activities';
import { compose } from '../../../src/program/compose';
import { gathering } from '../../../src/program/crowds';
import { noOsThreadMore, oneOsThread, osThread, sleepsNextToNever } from '../../../src/trace/claims/kernel';
import type { RunRecord } from '../../../src/trace/record';
import { CUT, fails, passes, staysOpen } from '../expect';
import { edit, FACTS, record, until } from '../record';
import { subjectTrace } from '../traces';

describe('the OS thread is blocked, or busy', () => {
  const is = (how: 'blocked' | 'busy') => (of: RunRecord) => osThread(of, how);
  const computing = compose({ ready: 2, pending: 0, activity: activities.computes }, FACTS);
  const of = (it: string): RunRecord =>
    record(computing, subjectTrace({ it: `* opened inbox messenger#1 t-inbox\n${it}\n* flag enough` }));

  test('as the kernel saw it', () => {
    passes(is('busy'), of('* watched busy'));
    passes(is('blocked'), of('* watched blocked'));
  });

  test('the other of the two', () => {
    fails(is('busy'), of('* watched blocked'), /saw the OS thread blocked, not busy/);
    fails(is('blocked'), of('* watched busy'), /saw the OS thread busy, not blocked/);
  });

  test('a byte that was served meanwhile: a driver that yields', () => {
    const served = of('messenger#1 inbox finished "t-inbox"\n* watched served');
    fails(is('blocked'), served, /served, so the OS thread was not blocked/, ['messenger#1 inbox finished']);
  });

  test('a byte that was served when the step was over says nothing', () => {
    staysOpen(is('blocked'), of('* watched served'), /when the step had ended/);
    staysOpen(is('blocked'), of('* watched over'), /before the kernel could be asked/);
    staysOpen(is('blocked'), of(''), /the kernel was not asked/);
  });

  test('the process is another than the one that runs the step', () => {
    const other = of('* watched blocked 200:1\n* kernel more 100:1');
    staysOpen(is('blocked'), other, /the kernel knows no OS thread 100 in process 100/);
  });
});

describe('all run on one OS thread', () => {
  const plan = compose({ ready: 0, pending: 0, crowd: () => gathering(2) }, FACTS);
  const trace = `
    main end-of-clerk1 started
    messenger#1 inbox started
    clerk1#1 turn started
    clerk1#2 turn started
    * arrived inbox messenger#1
    * arrived between clerk1#1
    * arrived between clerk1#2
    * kernel gathered 100:1 101:7
    * opened between clerk1#1 t-1
    * opened between clerk1#2 t-2
    * opened inbox messenger#1 t-inbox
    clerk1#1 turn finished "t-1"
    clerk1#2 turn finished "t-2"
    messenger#1 inbox finished "t-inbox"
    main end-of-clerk1 finished [null,null]
    main end-of-messenger started
    main end-of-messenger finished
    main number started
    main number finished 0`;

  test('whatever helpers the process has', () => {
    passes(oneOsThread, record(plan, trace));
  });

  test('one OS thread for each green thread', () => {
    const lines = edit(
      trace,
      ['clerk1#1 turn started', 'clerk1#1 turn started on 102'],
      ['clerk1#2 turn started', 'clerk1#2 turn started on 103'],
    );
    fails(oneOsThread, record(plan, lines), /^3 OS threads run green threads: 100, 102, 103$/, [
      'main end-of-clerk1 started',
      'clerk1#1 turn started',
      'clerk1#2 turn started',
    ]);
  });

  test('ids that are made up prove nothing', () => {
    const invented = record(plan, trace.replaceAll(/(started|finished)( .*)?$/gm, '$1$2 on 7'));
    staysOpen(oneOsThread, invented, /the kernel knows none of the OS threads that events name \(7\)/);
    assert.match(JSON.stringify(oneOsThread(invented)), /the kernel knows no OS thread 7 in process 100/);
  });

  test('green threads that never said where they run leave it open', () => {
    const lines = edit(trace, ['clerk1#2 turn started', ''], ['clerk1#2 turn finished "t-2"', '']);
    staysOpen(oneOsThread, record(plan, lines), /clerk1#2 never reported where it runs/);
  });

  test('without the kernel it stays open', () => {
    staysOpen(
      oneOsThread,
      record(plan, edit(trace, ['* kernel gathered 100:1 101:7', ''])),
      /the kernel was not asked/,
    );
    const blind = edit(trace, ['* kernel gathered 100:1 101:7', '* kernel gathered']);
    staysOpen(oneOsThread, record(plan, blind), /the kernel was not asked/);
  });
});

describe('no OS thread more', () => {
  const more = (of: RunRecord) => noOsThreadMore(of, 10);
  const plan = compose({ ready: 0, pending: 0, activity: () => activities.parks(9) }, FACTS);
  const comes = (i: number): string => `parked#${i} parked started\nparked#${i} parked finished 1`;
  const stop = (gate: string, reading: string): string => `
    * arrived ${gate} subject#1
    * kernel ${gate} ${reading}
    * opened ${gate} subject#1 t-${gate}`;
  const trace = (one: string, all: string, parked: number): RunRecord => {
    const others = Array.from({ length: parked - 1 }, (_, i) => comes(i + 2)).join('\n');
    const it = `${others}\n${stop('all', all)}`;
    const first = `subject#1 one started\n${comes(1)}${stop('one', one)}\nsubject#1 one finished "t-one"`;
    return record(
      plan,
      edit(subjectTrace({ ready: 0, started: ['parked'], it, end: 'subject#1 it finished "t-all"' }), [
        'subject#1 it started @10',
        `${first}\nsubject#1 it started @10`,
      ]),
    );
  };

  test('the same are there with many as with one; one may end', () => {
    passes(more, trace('100:1 101:1', '100:9 101:1', 10));
    passes(more, trace('100:1 101:1', '100:9', 10));
  });

  test('each green thread brings one', () => {
    fails(more, trace('100:1 101:1', '100:1 101:1 102:1 103:1', 10), /^2 OS threads more: thread 102, thread 103$/);
    fails(more, trace('100:1 101:1', '100:1 102:1', 10), /^1 OS thread more/);
  });

  test('there were not as many', () => {
    fails(more, trace('100:1', '100:1', 1), /^1 green threads were parked, not 10$/, ['subject#1 it finished']);
  });

  test('those who were called off were no longer there to be counted; what was there all the same was', () => {
    const off = (of: RunRecord): RunRecord => ({ ...of, entries: [{ at: 0, kind: 'called-off' }, ...of.entries] });
    staysOpen(more, off(trace('100:1 101:1', '100:9 101:1', 10)), /had to be called off/);
    fails(more, off(trace('100:1', '100:1 102:1', 10)), /^1 OS thread more/);
  });

  test('a process that could not be looked at has no OS threads at all: that says nothing', () => {
    staysOpen(more, trace('', '', 10), /the kernel was not asked/);
    staysOpen(more, trace('100:1', '', 10), /the kernel was not asked/);
  });

  test('one that was cut before it said how many leaves it open', () => {
    const whole = trace('100:1', '100:1 101:1', 10);
    const entries = whole.entries.filter(({ kind }) => kind === 'kernel');
    staysOpen(more, { ...whole, entries, end: CUT }, /the adapter ended/);
  });
});

describe('it sleeps next to never for 0', () => {
  const plan = compose({ ready: 0, pending: 0, activity: () => activities.sleepsManyTimes('library 0') }, FACTS);
  const trace = (before: string, between: string, after: string, os = 100): RunRecord =>
    record(
      plan,
      edit(
        subjectTrace({
          ready: 0,
          following: `
            subject#1 halfway started
            * arrived halfway subject#1
            * quiescent
            * kernel between ${between}
            * opened halfway subject#1 t-halfway
            subject#1 halfway finished "t-halfway"
            subject#1 control started on ${os}
            subject#1 control finished on ${os}`,
        }),
        [
          '* opened start subject#1 t-start',
          `* quiescent\n* kernel before ${before}\n* opened start subject#1 t-start`,
        ],
        ['* arrived finish subject#1', `* arrived finish subject#1\n* quiescent\n* kernel after ${after}`],
      ),
    );

  test('and next to every time for more', () => {
    passes(sleepsNextToNever, trace('100:50', '100:52', '100:155'));
    passes(sleepsNextToNever, trace('100:50', '100:59', '100:150'));
  });

  test('it goes to sleep for 0 too', () => {
    fails(sleepsNextToNever, trace('100:50', '100:60', '100:160'), /sleep with 0 made the OS thread sleep 10 times/);
    fails(sleepsNextToNever, trace('100:50', '100:152', '100:255'), /sleep with 0 made the OS thread sleep 102 times/);
  });

  test('a count that did not rise with sleeps of more than 0 would not have told', () => {
    staysOpen(sleepsNextToNever, trace('100:50', '100:52', '100:142'), /gave 90 switches, so the count would not/);
    staysOpen(sleepsNextToNever, trace('100:50', '100:52', '100:52'), /gave 0 switches/);
    staysOpen(sleepsNextToNever, trace('100:50', '100:152', '100:152'), /gave 0 switches/);
  });

  test('it raises', () => {
    const end = 'subject#1 it raised TypeError';
    fails(sleepsNextToNever, record(plan, subjectTrace({ ready: 0, end })), /^it raised TypeError: /);
  });

  test("it is the count of the green threads' OS thread, not of a helper", () => {
    fails(sleepsNextToNever, trace('100:50 101:1', '100:90 101:1', '100:190 101:1'), /sleep 40 times/);
    passes(sleepsNextToNever, trace('100:50 101:1', '100:52 101:90', '100:155 101:99'));
  });

  test('a green thread that went on on another OS thread is counted on both', () => {
    passes(sleepsNextToNever, trace('100:50 102:7', '100:51 102:8', '100:61 102:97', 102));
    fails(sleepsNextToNever, trace('100:50 102:7', '100:60 102:30', '100:99 102:97', 102), /sleep 33 times/);
  });

  test('without a reading it stays open', () => {
    staysOpen(sleepsNextToNever, trace('', '100:52', '100:155'), /the kernel was not asked/);
    staysOpen(
      sleepsNextToNever,
      record(plan, until(subjectTrace({ ready: 0 }), '* arrived start subject#1'), { end: CUT }),
      /the adapter ended/,
    );
  });
});
