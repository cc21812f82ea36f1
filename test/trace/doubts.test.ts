import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as activities from '../../src/program/activities';
import { compose } from '../../src/program/compose';
import { crowd } from '../../src/program/crowds';
import { readsPipe } from '../../src/program/long-work';
import { queriers } from '../../src/program/queriers';
import { doubts } from '../../src/trace/doubts';
import type { RunRecord } from '../../src/trace/record';
import { CUT } from './expect';
import { edit, FACTS, linesOf, move, NONCE, ROW, record, TEXT, until } from './record';
import { joining, lockedPair, subjectTrace } from './traces';

const computing = compose({ ready: 2, pending: 0, activity: activities.computes }, FACTS);
const held = '* opened inbox messenger#1 t-inbox\n* watched busy\n* flag enough';
const trace = subjectTrace({ it: held });
const locked = compose(
  { ready: 0, pending: 0, crowd: () => crowd(2, 'adds 1 to a shared number', { kind: 'one', name: 'till' }) },
  FACTS,
);

function doubtful(of: RunRecord, why: RegExp): void {
  assert.match(doubts(of).join('\n'), why);
}

test('a record in which every word has its effect gives no doubt, nor does one that was cut anywhere', () => {
  assert.deepEqual(doubts(record(computing, trace)), []);
  assert.deepEqual(doubts(record(locked, lockedPair('write', 2))), []);
  const lines = linesOf(trace);
  fc.assert(
    fc.property(fc.nat(lines.length), (length) => {
      assert.deepEqual(doubts(record(computing, lines.slice(0, length).join('\n'), { end: CUT })), []);
    }),
  );
});

describe('numbers', () => {
  test('a hole, or an event twice', () => {
    const whole = record(computing, trace);
    const holed = { ...whole, entries: whole.entries.filter((entry) => entry.kind !== 'event' || entry.event.n !== 4) };
    doubtful(holed, /^event 4 came with the number 5/);
    const headless = { ...whole, entries: whole.entries.slice(1) };
    doubtful(headless, /^event 1 came with the number 2/);
    const twice = { ...whole, entries: whole.entries.flatMap((entry, i) => (i === 2 ? [entry, entry] : [entry])) };
    doubtful(twice, /^event 4 came with the number 3/);
  });

  test('events that the adapter counts and did not send', () => {
    const end = { kind: 'completed', events: 90, unfinished: 0 } as const;
    doubtful(record(computing, trace, { end }), /wrote 90 events by its own count, and \d+ came/);
  });

  test('a program that is said to have ended, of which nothing was heard', () => {
    doubtful(record(computing, ''), /never that main did anything/);
  });
});

describe('events that are none of the program', () => {
  test('a step or a green thread that it does not have, or a name that is none of an instance', () => {
    for (const thread of ['nobody#1', 'subject', 'subject#0', 'main#1', 'subject#1#1'])
      doubtful(
        record(computing, edit(trace, ['subject#1 it started @10', `${thread} it started`])),
        /is of it in .*, which the program does not have/,
      );
    doubtful(
      record(computing, edit(trace, ['subject#1 later started', 'subject#1 inbox started'])),
      /is of inbox in subject#1, which the program does not have/,
    );
  });

  test('an end without a beginning, a beginning in the midst, a lock that is entered twice or not at all', () => {
    const out = /says \w+ of .* out of turn/;
    doubtful(record(computing, edit(trace, ['subject#1 it started @10', ''])), out);
    doubtful(record(computing, edit(trace, ['subject#1 it finished @40', 'subject#1 it started'])), out);
    doubtful(record(computing, edit(trace, ['subject#1 it finished @40', 'subject#1 it entered'])), out);
    const pair = lockedPair('write', 2);
    doubtful(record(locked, edit(pair, ['clerk1#1 section entered', ''])), out);
    const twice = 'clerk1#1 section entered\nclerk1#1 section entered';
    doubtful(record(locked, edit(pair, ['clerk1#1 section entered', twice])), out);
  });
});

describe('events that are kept back', () => {
  /** The events of a trace after all that the harness saw and did; the hellos still carry their numbers. */
  function keptTo(end: number): RunRecord {
    const whole = record(computing, trace);
    const early = whole.entries.slice(0, end);
    const isEvent = ({ kind }: { kind: string }): boolean => kind === 'event';
    const entries = [
      ...early.filter((entry) => !isEvent(entry)),
      ...early.filter(isEvent),
      ...whole.entries.slice(end),
    ];
    return { ...whole, entries };
  }

  test('all of them, until the end', () => {
    doubtful(keptTo(linesOf(trace).length), /^event 1 was kept back: it came after what followed it$/);
  });

  test('one that comes after the same green thread has come to its next gate', () => {
    const until = linesOf(trace).indexOf('* opened finish subject#1 t-finish');
    doubtful(keptTo(until), /^event 1 was kept back/);
  });

  test('one that comes after the process was seen at rest', () => {
    const hello = '* arrived between clerk1#1';
    const resting = edit(lockedPair('write', 2), [hello, `${hello} 5`]);
    assert.deepEqual(doubts(record(locked, resting)), []);
    const late = move(move(resting, 'clerk1#1 between started', { after: '* quiescent' }), 'clerk2#1 section started', {
      after: 'clerk1#1 between started',
    });
    doubtful(record(locked, late), /^event 5 was kept back: it came after what followed it$/);
  });

  test('the beginning of a step, until what held it up was let go', () => {
    const flag = edit(
      trace,
      ['subject#1 it started @10', ''],
      ['* flag enough', '* flag enough\nsubject#1 it started @10'],
    );
    doubtful(record(computing, flag), /was kept back: it came after the step that it begins was let go/);
    // The suite lets go in vain of what nobody has come to while the process was at rest: a runtime that blocks elsewhere is no liar.
    const vain = edit(flag, ['* flag enough', '* quiescent it\n* flag enough']);
    assert.deepEqual(doubts(record(computing, vain)), []);
  });

  test('for good, in a run that was cut while the suite waited for it', () => {
    const cut = until(trace, 'subject#1 it started @10');
    const kept = edit(cut, ['* arrived start subject#1', '* arrived start subject#1 20']);
    doubtful(record(computing, kept, { end: CUT }), /was kept back: it never came, and what followed it did/);
  });

  test('one that comes late, but while the gate before it is still shut, may just have been slow', () => {
    const early = edit(trace, ['* opened start subject#1 t-start', ''], ['subject#1 start finished "t-start"', '']);
    const hello = `* arrived start subject#1\n* arrived finish subject#1`;
    const late = move(
      edit(early, ['* arrived finish subject#1', ''], ['* arrived start subject#1', hello]),
      'subject#1 start started',
      {
        after: '* arrived finish subject#1',
      },
    );
    const other = move(late, '* opened inbox messenger#1 t-inbox', { before: '* arrived start subject#1' });
    const found = doubts(record(computing, other)).filter((doubt) => doubt.includes('kept back'));
    assert.deepEqual(found, []);
  });

  test('an event that comes a little after the hello that it precedes is none', () => {
    const hello = '* arrived start subject#1';
    const number =
      linesOf(trace)
        .filter((line) => !line.startsWith('*'))
        .indexOf('subject#1 start started') + 1;
    const late = edit(trace, [hello, ''], ['subject#1 start started', `${hello} ${number}\nsubject#1 start started`]);
    assert.deepEqual(doubts(record(computing, late)), []);
  });
});

describe('effects that nobody saw', () => {
  test('a gate that was never reached', () => {
    const lines = edit(trace, ['* arrived finish subject#1', '']);
    doubtful(record(computing, lines), /^subject#1 reported a wait at the gate finish, and never came there$/);
    const before = edit(trace, ['* arrived finish subject#1', '* arrived finish subject#1 3']);
    doubtful(record(computing, before), /never came there/);
    const other = edit(trace, ['* arrived finish subject#1', '* arrived finish messenger#1']);
    doubtful(record(computing, other), /never came there/);
  });

  test('OS threads that the kernel does not know, in any reading', () => {
    const lines = edit(trace, ['* watched busy', '* watched busy 7:1']);
    doubtful(record(computing, lines), /the kernel knows none of the OS threads that events name \(100\)/);
    assert.deepEqual(doubts(record(computing, edit(lines, ['* flag enough', '* flag enough\n* kernel x 100:1']))), []);
    assert.deepEqual(doubts(record(computing, edit(trace, ['* watched busy', '* kernel x']))), []);
  });

  test('a file that was not read', () => {
    const reading = compose({ ready: 2, pending: 0, activity: activities.readsFile }, FACTS);
    const text = (value: string): string =>
      subjectTrace({ following: `subject#1 text started\nsubject#1 text finished "${value}"` });
    assert.deepEqual(doubts(record(reading, text(TEXT), { challenges: { file: TEXT, log: [] } })), []);
    doubtful(record(reading, text('invented')), /reported a text that the file does not hold/);
  });

  test('a log line that was not written', () => {
    const logging = compose({ ready: 2, pending: 0, activity: activities.writesLog }, FACTS);
    const lines = (count: number, line = `${NONCE} subject#1`): { challenges: { log: string[] } } => ({
      challenges: { log: Array.from({ length: count }, () => line) },
    });
    assert.deepEqual(doubts(record(logging, subjectTrace(), lines(50))), []);
    const lost = /^the adapter reported 50 log lines, and the log holds (0|49) of them$/;
    for (const log of [lines(0), lines(49), lines(50, 'fedcba9876543210 subject#1'), lines(50, `${NONCE} ready#1`)])
      doubtful(record(logging, subjectTrace(), log), lost);
    const cut = until(subjectTrace(), 'main number started');
    assert.deepEqual(doubts(record(logging, cut, { challenges: { log: [] }, end: CUT })), []);
    const calledOff = edit(subjectTrace(), ['subject#1 it started @10', '* called-off\nsubject#1 it started @10']);
    assert.deepEqual(doubts(record(logging, calledOff, lines(0))), []);
    const later = edit(subjectTrace(), ['subject#1 it started @10', 'subject#1 it started @10\n* called-off']);
    doubtful(record(logging, later, lines(0)), lost);
  });

  test('a pipe that was not read', () => {
    const piped = compose({ ready: 2, pending: 0, activity: readsPipe }, FACTS);
    const read = subjectTrace({ it: '* watched over', end: 'subject#1 it finished "t-1"' });
    doubtful(record(piped, read), /^subject#1 reported a read from the pipe plain, and nobody read there$/);
    const filled = edit(read, ['* watched over', '* watched blocked\n* filled plain t-1']);
    assert.deepEqual(doubts(record(piped, filled)), []);
  });

  test('a query that was not sent', () => {
    const querying = compose(
      { ready: 2, pending: 0, activity: (facts) => activities.queries('native', 'row', facts) },
      FACTS,
    );
    const of = (end: string): RunRecord =>
      record(
        querying,
        edit(subjectTrace({ end, first: 'subject#1 connect started\nsubject#1 connect finished' }), [
          `${end} @40`,
          `${end}\n* server over row`,
        ]),
      );
    doubtful(of('subject#1 it finished [["invented"]]'), /reported a query, and the server saw none/);
    assert.deepEqual(doubts(of(`subject#1 it finished [["${ROW}"]]`)), []);
    assert.deepEqual(doubts(of('subject#1 it raised 1064')), []);
  });

  test('one of several queries that was not sent', () => {
    const pooled = compose({ ready: 0, pending: 0, crowd: (facts) => queriers(2, 'thread-pool', facts) }, FACTS);
    const asked = (value: string, sight: string): RunRecord =>
      record(
        pooled,
        `messenger#1 inbox started
         * arrived inbox messenger#1
         * opened inbox messenger#1 t-inbox
         clerk2#1 query started
         clerk2#1 query finished ${value}
         * server ${sight}
         ${joining('clerk1', 'clerk2')}`,
      );
    doubtful(asked('[[1,"invented",1]]', 'over'), /reported a query, and the server saw none/);
    assert.deepEqual(doubts(asked(`[[1,"${ROW}",1]]`, 'over')), []);
    assert.deepEqual(doubts(asked('[[1,"wrong",1]]', 'waiting')), []);
  });
});

describe('a mode that does not show', () => {
  const activity = activities.computes;
  const shown = compose({ ready: 2, pending: 0, patched: true, showsMode: true, activity }, FACTS);
  const counting = (before: number, after: number, ready = 2): string =>
    subjectTrace({
      ready,
      it: held,
      first: `
        subject#1 mode-before started
        subject#1 mode-before finished ${before}
        subject#1 mode started
        subject#1 mode finished
        subject#1 mode-after started
        subject#1 mode-after finished ${after}`,
    });

  test('patched, others run while the standard library sleeps; not patched, nobody does', () => {
    assert.deepEqual(doubts(record(shown, counting(0, 2))), []);
    assert.deepEqual(doubts(record(shown, counting(3, 3), { patched: false })), []);
  });

  test('patched, and nobody runs; not patched, and others do', () => {
    doubtful(record(shown, counting(3, 3)), /says that its process is monkey-patched, and nobody ran while/);
    doubtful(record(shown, counting(3, 5), { patched: false }), /is not monkey-patched, and others ran while/);
  });

  test('it shows in those who are ready only', () => {
    assert.deepEqual(doubts(record(shown, counting(0, 0, 0))), []);
  });
});

test('a C driver that the server knows by another name than that of a C library', () => {
  const asking = compose(
    { ready: 2, pending: 0, activity: (facts) => activities.queries('c-library', 'row', facts) },
    FACTS,
  );
  const known = (client: string): RunRecord =>
    record(asking, subjectTrace({ first: `subject#1 client started\nsubject#1 client ${client}` }));
  const values = ['"libmysql"', '"libmariadb"', '"mysqlnd"', 'null'].map((name) => `finished [[${name}]]`);
  for (const client of [...values, 'finished []', 'finished', 'raised 1142'])
    assert.deepEqual(doubts(known(client)), []);
  doubtful(
    known('finished [["pymysql"]]'),
    /^the adapter names driver as its C driver, and the server knows it as pymysql$/,
  );
});
