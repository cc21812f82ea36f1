import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GatedRound } from '../../src/explore/rounds';
import { gatedProgram, readGated } from '../../src/program/gated';
import { smallProgram } from '../../src/program/small-program';
import type { Step } from '../../src/program/step';
import type { EventParams } from '../../src/protocol/messages';

const update: Step = { do: 'query', connection: 'db', sql: 'UPDATE {rows} SET value = 1 WHERE id = {left}' };
const connect: Step = { do: 'connect', connection: 'db', driver: 'native' };
const small = smallProgram(
  {
    one: { steps: [connect, { do: 'synchronized', name: 'till', steps: [update] }] },
    two: { steps: [connect, update, { do: 'synchronized', name: 'till', steps: [] }] },
  },
  {},
  { rows: { left: '0' } },
);

/** A round of which this was heard: a line an event, `b update-left raised 1205`, or `b waits`, which is the server's word. */
function heard(text: string): GatedRound {
  const round = new GatedRound(readGated(gatedProgram(small, 1), small));
  for (const line of text.trim().split('\n')) {
    const [letter = '', label = '', phase = '', code = ''] = line.trim().split(' ');
    const thread = letter.charCodeAt(0) - 97;
    if (label === 'waits') round.waitsAtServer(thread);
    else if (label === 'comes') round.arrived(thread);
    else {
      if (/^turn.* finished$/.test(`${label} ${phase}`)) round.letGo(thread);
      const error = code === '' ? {} : { error: { code, message: '' } };
      round.event(thread, {
        ...{ run: 'r', n: 1, os: 1, thread: letter, label },
        phase: phase as EventParams['phase'],
        ...error,
      });
    }
  }
  return round;
}

const BOTH_STAND = `
  a turn started
  a comes
  b turn started
  b comes`;
const B_HAS_ASKED = `${BOTH_STAND}
  b turn finished
  b connect started
  b connect finished
  b turn-2 started
  b comes
  b turn-2 finished
  b update-left started`;

describe('a round whose green threads ask a server', () => {
  it('is not settled before the server has said what becomes of a query, or answered', () => {
    const asked = heard(B_HAS_ASKED);
    assert.deepEqual([asked.settled, asked.asksServer, asked.queries], [false, true, true]);
    const waits = heard(`${B_HAS_ASKED}\nb waits`);
    assert.deepEqual([waits.settled, waits.asksServer, waits.ready()], [true, false, [0]]);
    const answered = heard(
      `${B_HAS_ASKED}\nb update-left finished\nb lock-till started\nb lock-till entered\nb turn-3 started`,
    );
    assert.deepEqual([answered.settled, answered.asksServer], [true, false]);
  });

  it('asks again who waits when a query of another has ended: that may have let one in', () => {
    const again = heard(`${B_HAS_ASKED}
      b waits
      a turn finished
      a connect started
      a connect finished
      a lock-till started
      a lock-till entered
      a turn-2 started
      a comes
      a turn-2 finished
      a turn-3 started
      a turn-3 finished
      a update-left started
      a update-left finished`);
    assert.deepEqual([again.settled, again.asksServer], [false, true]);
  });

  it('does not take a connection that is being made for a query', () => {
    const connects = heard(`${BOTH_STAND}\nb turn finished\nb connect started`);
    assert.deepEqual([connects.settled, connects.asksServer, connects.queries], [false, true, false]);
  });

  it('hangs on the server where all others are held up, and is not over', () => {
    const hangs = heard(`${B_HAS_ASKED}\nb waits\na turn finished\na lock-till started`);
    hangs.rest();
    assert.deepEqual([hangs.hangsOnServer, hangs.over], [true, false]);
  });

  it('says that a wait was given up by the clock where another could still have gone on', () => {
    assert.equal(heard(`${B_HAS_ASKED}\nb waits\nb update-left raised 1205`).tooLate, true);
    const held = heard(`${B_HAS_ASKED}\nb waits\na turn finished\na lock-till started`);
    held.rest();
    held.event(1, {
      ...{ run: 'r', n: 2, os: 1, thread: 'b', label: 'update-left', phase: 'raised' },
      error: { code: '1205', message: '' },
    });
    assert.equal(held.tooLate, false);
    assert.deepEqual(held.outcome().ended, [{ thread: 'b', code: 1205 }]);
  });

  it('has a deadlock for an outcome whenever it is ended: that is the order, and no clock', () => {
    const dead = heard(`${B_HAS_ASKED}\nb update-left raised 1213`);
    assert.deepEqual([dead.tooLate, dead.outcome().ended], [false, [{ thread: 'b', code: 1213 }]]);
  });
});
