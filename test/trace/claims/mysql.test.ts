import { describe, test } from 'node:test';
import { queries, queriesHeldRow } from '../../../src/program/activities';
import { compose } from '../../../src/program/compose';
import { osThread } from '../../../src/trace/claims/kernel';
import { endsWithError, givesRow, isCLibrary, queriesAtOnce } from '../../../src/trace/claims/mysql';
import { everybodyGoesOn, nobodyRuns, somebodyRuns } from '../../../src/trace/claims/progress';
import type { Finding } from '../../../src/trace/finding';
import type { RunRecord } from '../../../src/trace/record';
import { CUT, fails, leaving, passes, staysOpen } from '../expect';
import { edit, FACTS, ROW, record, until } from '../record';
import { subjectTrace } from '../traces';

const plan = compose({ ready: 2, pending: 0, activity: (facts) => queries('c-library', 'advisory', facts) }, FACTS);
const connect = 'subject#1 connect started\nsubject#1 connect finished';
const ROWS = `subject#1 it finished [[1,"${ROW}"]]`;
const trace = subjectTrace({
  first: connect,
  it: '* server waiting\n* opened inbox messenger#1 t-inbox\n* watched blocked\n* released advisory',
  end: ROWS,
});
const END = `${ROWS} @40`;

/** A driver that yields: the messenger gets its byte, and the ready ones turn. */
const yielding = edit(
  trace,
  ['messenger#1 inbox finished "t-inbox"', ''],
  ['* watched blocked', 'messenger#1 inbox finished "t-inbox"\n* watched served'],
  ['subject#1 after finished 5', 'subject#1 after finished 8'],
);
/** A query that returns before the server has answered. */
const early = edit(trace, ['* watched blocked', 'subject#1 it finished\n* watched over'], [END, '']);

const seesOne = (record: RunRecord): Finding => queriesAtOnce(record, 1);

describe('MySQL sees the query waiting', () => {
  test('as the server says', () => {
    passes(seesOne, record(plan, trace));
  });

  test('a query that ends, by an error or with its row, while the lock is held', () => {
    const at = '* server waiting';
    for (const end of ['subject#1 it raised 1064', ROWS]) {
      const lines = edit(trace, [at, `${end}\n* server over`], [END, '']);
      fails(seesOne, record(plan, lines), /^the query ended while the lock that it asks for was held$/);
    }
  });

  test('a query that ended while the lock was held, though the server showed it', () => {
    const holding = `* held advisory\n${trace}`;
    passes(seesOne, record(plan, holding));
    const shown = edit(holding, ['* watched blocked', 'subject#1 it finished []\n* watched over'], [END, '']);
    fails(seesOne, record(plan, shown), /^the query ended while the lock that it asks for was held$/, [
      'subject#1 it finished',
    ]);
    const unlet = edit(shown, ['* released advisory', '']);
    fails(seesOne, record(plan, unlet, { end: CUT }), /^the query ended while the lock that it asks for was held$/);
    // The server's own time-out is an answer.
    const given = edit(shown, ['subject#1 it finished []', 'subject#1 it raised 1205']);
    passes(seesOne, record(plan, given));
  });

  test('a query that was never sent proves nothing', () => {
    const lines = edit(trace, ['* server waiting', 'subject#1 it finished\n* server over'], [END, '']);
    staysOpen(seesOne, record(plan, lines), /reported a query, and the server saw none/);
  });

  test('a query that never began, or that nobody asked for, says nothing', () => {
    const never = `${until(trace, 'subject#1 it started @10')}\n* server over`;
    staysOpen(seesOne, record(plan, never), /the query never began/);
    staysOpen(seesOne, record(plan, edit(trace, ['* server waiting', ''])), /the server was not asked/);
  });
});

describe('the query gives the row', () => {
  test('once the suite lets go', () => {
    passes(givesRow, record(plan, trace));
  });

  test('a query that returns before the server answers', () => {
    fails(givesRow, record(plan, early), /^the query ended before the lock was let go$/, ['subject#1 it finished']);
    fails(givesRow, record(plan, edit(early, ['* released advisory', ''])), /before the lock was let go/);
  });

  test("nothing, or somebody else's row", () => {
    for (const value of ['null', '[]', '[[]]', '[[1,null]]', '[[1,"another"]]', '"v4lue"', `[["${ROW}",1]]`])
      fails(
        givesRow,
        record(plan, edit(trace, [END, `subject#1 it finished ${value}`])),
        /^the query gave .*, and the row holds v4lue$/,
      );
  });

  test('an error', () => {
    const lines = edit(trace, [END, 'subject#1 it raised 2006']);
    fails(givesRow, record(plan, lines), /^the query raised 2006: /, ['subject#1 it raised']);
  });

  test('a query that never ended, or a server that kept nothing, leaves it open', () => {
    staysOpen(givesRow, record(plan, until(trace, END), { end: CUT }), /the adapter ended/);
    staysOpen(givesRow, record(plan, trace, { challenges: {} }), /no value was kept at the server/);
  });
});

describe('a C driver that yields', () => {
  const blocked = (of: RunRecord) => osThread(of, 'blocked');

  test('is seen by the byte and by the others', () => {
    fails(blocked, record(plan, yielding), /served, so the OS thread was not blocked/);
    fails(nobodyRuns, record(plan, yielding), /messenger#1 ran meanwhile/);
    passes(somebodyRuns, record(plan, yielding));
  });

  test('one that does not passes all of it', () => {
    passes(blocked, record(plan, trace));
    passes(nobodyRuns, record(plan, trace));
    fails(somebodyRuns, record(plan, trace), /no other green thread ran/);
  });
});

describe('the query ends with an error', () => {
  const waitsForRow = compose({ ready: 2, pending: 0, activity: (facts) => queriesHeldRow('c-library', facts) }, FACTS);
  const with1205 = (of: RunRecord) => endsWithError(of, 1205);
  const held = subjectTrace({
    helpers: ['owner'],
    first: `${connect}\nowner#1 hold started\nowner#1 hold finished\nowner#1 owned started\n* arrived owned owner#1`,
    it: '* server waiting row\n* opened owned owner#1 t-owned\n* opened inbox messenger#1 t-inbox\n* watched blocked',
    end: 'subject#1 it raised 1205',
    following:
      'owner#1 owned finished "t-owned"\nowner#1 nap started\nowner#1 nap finished\nowner#1 commit started\nowner#1 commit finished',
  });
  const RAISED = 'subject#1 it raised 1205 @40';

  test("of MySQL's, when its lock wait time-out is over", () => {
    passes(with1205, record(waitsForRow, held));
    passes(nobodyRuns, record(waitsForRow, held));
    passes(everybodyGoesOn, record(waitsForRow, held));
  });

  test('its rows, if the one that holds the row could go on', () => {
    const lines = edit(held, [RAISED, `subject#1 it finished [["${ROW}"]]`]);
    fails(with1205, record(waitsForRow, lines), /^the query ended with its rows, not with error 1205$/, [
      'subject#1 it finished',
    ]);
  });

  test('another error', () => {
    const lines = edit(held, [RAISED, 'subject#1 it raised 1213']);
    fails(with1205, record(waitsForRow, lines), /^the query ended with error 1213, not with error 1205$/);
  });

  test('a query that never ended leaves it open', () => {
    staysOpen(with1205, record(waitsForRow, until(held, RAISED), { end: CUT }), /the adapter ended/);
  });
});

describe('the driver is a C library', () => {
  const named = (library: object | undefined, facts: Partial<RunRecord> = {}): RunRecord => {
    const whole = record(plan, trace, facts);
    const drivers = library === undefined ? {} : { 'c-library': { name: 'driver', version: '1', ...library } };
    return { ...whole, runtime: { ...whole.runtime, drivers } };
  };

  test('the kernel shows it mapped, or it is a model', () => {
    passes(isCLibrary, named({ library: 'libmysql' }));
    passes(isCLibrary, named({ model: true }, { mapped: [] }));
  });

  test('no such file is mapped', () => {
    fails(
      isCLibrary,
      named({ library: 'libmysql' }, { mapped: [] }),
      /^no file named libmysql is mapped into process 100$/,
    );
  });

  test('a process that was ended with its run has nothing mapped, and that is no news', () => {
    staysOpen(isCLibrary, named({ library: 'libmysql' }, { mapped: [], end: CUT }), /the adapter ended/);
    staysOpen(isCLibrary, leaving(1, named({ library: 'libmysql' }, { mapped: [] })), /the process had ended/);
  });

  test('a driver or a library that is not named, and a kernel that was not asked, leave it open', () => {
    for (const driver of [{}, { library: '' }])
      staysOpen(isCLibrary, named(driver), /names .* as its C driver, and no library that could be looked for/);
    staysOpen(isCLibrary, named(undefined), /names no such driver/);
    const { mapped, ...blind } = named({ library: 'libmysql' });
    staysOpen(isCLibrary, blind, /the kernel was not asked/);
  });
});
