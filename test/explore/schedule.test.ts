import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readSchedule, writeSchedule } from '../../src/explore/schedule';
import { Fault } from '../../src/fault/fault';

describe('the string of a schedule', () => {
  it('has a letter for each green thread, and how many turns it has in a row', () => {
    assert.equal(writeSchedule([0, 0, 1, 0, 1, 1]), 'a2bab2');
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 25 })), (schedule) => {
        assert.deepEqual(readSchedule(writeSchedule(schedule)), schedule);
      }),
    );
  });

  it('may be typed turn by turn, with blanks', () => {
    assert.deepEqual(readSchedule('aa b a bb'), readSchedule('a2bab2'));
  });

  it('is refused where it is none', () => {
    for (const text of ['2a', 'a0', 'A', 'a-b', 'a1b,']) assert.throws(() => readSchedule(text), Fault);
  });
});
