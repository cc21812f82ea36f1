import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { everyOrder } from '../../../src/explore/every-order';
import { triedOrders } from '../../../src/explore/tried';
import { Fault } from '../../../src/fault/fault';
import { crowd, oppositeLocks } from '../../../src/program/crowds';
import { shippedRuntimes } from '../../../src/runtime/shipped';
import { runScenario } from '../../../src/session/run-scenario';
import { openSession } from '../../../src/session/session';
import { showsIn } from '../../../src/trace/claims/orders';
import { doubts } from '../../../src/trace/doubts';
import type { Finding } from '../../../src/trace/finding';
import type { Entry, RunRecord } from '../../../src/trace/record';

/** Records of the reference, led through every order; from these the others are made. */
describe('in how many orders a mishap shows', () => {
  let race: RunRecord;
  let opposite: RunRecord;
  before(async () => {
    const [reference] = shippedRuntimes();
    assert.ok(reference !== undefined);
    const session = await openSession(reference.command, new Fault({ party: 'user', what: 'none is wanted' }));
    const ran = async (make: () => ReturnType<typeof crowd>): Promise<RunRecord> => {
      const attempt = await runScenario(session.bench, { ready: 0, pending: 0, crowd: make, led: everyOrder });
      assert.ok(attempt.kind === 'ran');
      return attempt.record;
    };
    race = await ran(() => crowd(2, 'adds 1 to a shared number', { kind: 'none' }));
    opposite = await ran(() => oppositeLocks(2));
    await session.close();
  });

  const lost = (record: RunRecord, expected: number, all = 6): Finding =>
    showsIn(record, expected, all, 'an update is lost');

  it('is found again in the record, with no doubt', () => {
    assert.deepEqual(doubts(race), []);
    assert.deepEqual(doubts(opposite), []);
    assert.equal(triedOrders(race).complete, true);
    assert.deepEqual(lost(race, 4), { kind: 'holds' });
    assert.deepEqual(showsIn(opposite, 4, 8, 'all that are left wait for each other'), { kind: 'holds' });
    assert.deepEqual(showsIn(opposite, 0, 8, 'one waits for a lock that nobody holds'), { kind: 'holds' });
  });

  it('is contradicted by more, with the orders and what tells', () => {
    const found = lost(race, 0);
    assert.ok(found.kind === 'contradicted');
    assert.match(found.why, /^an update is lost in the orders ab2a, abab, ba2b, baba: number is 1, 1 update is lost$/);
    assert.equal(found.against.length, 4);
  });

  it('is contradicted by fewer', () => {
    assert.match(why(lost(race, 5)), /^an update is lost in 4 of 6 orders, not in 5$/);
  });

  it('is contradicted by another number of orders', () => {
    assert.match(why(lost(race, 4, 7)), /^there are 6 orders, not 7$/);
  });

  it('is contradicted where there are more orders than were tried', () => {
    const cut = upTo(
      race,
      ({ kind, ...entry }) => kind === 'opened' && 'thread' in entry && entry.thread.includes('.6#'),
    );
    assert.match(why(lost(cut, 4)), /^there are more orders than the 5 that were tried$/);
  });

  it('stays open where the run was cut before all were tried', () => {
    const cut = upTo(
      race,
      ({ kind, ...entry }) => kind === 'opened' && 'thread' in entry && entry.thread.includes('.4#'),
    );
    const found = lost({ ...cut, end: { kind: 'cut', fault: { party: 'adapter', what: 'it ended' } } }, 4);
    assert.equal(found.kind, 'unknown');
  });

  it('stays open where it went another way under the same schedule', () => {
    // In the second round, b is not seen to come to its gate.
    const other = {
      ...race,
      entries: race.entries.filter((entry) => entry.kind !== 'event' || entry.event.thread !== 'b.2#1'),
    };
    assert.match(why(lost(other, 4)), /^after the start it went another way than before under the same schedule$/);
  });
});

/** The record up to the first entry of a kind. */
function upTo(record: RunRecord, is: (entry: Entry) => boolean): RunRecord {
  return { ...record, entries: record.entries.slice(0, record.entries.findIndex(is)) };
}

function why(finding: Finding): string {
  return finding.kind === 'holds' ? 'it holds' : finding.why;
}
