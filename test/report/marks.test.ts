import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { combineMarks, MARKS } from '../../src/report/marks';

test('a clause is a pass only if all that applies is one, and a failure if one is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MARKS)), (marks) => {
      const mark = combineMarks(marks);
      const applicable = marks.filter((one) => one !== 'not-applicable');
      assert.equal(mark === 'pass', applicable.length > 0 && applicable.every((one) => one === 'pass'));
      assert.equal(mark === 'fail', marks.includes('fail'));
      assert.equal(mark === 'not-applicable', applicable.length === 0);
      assert.equal(combineMarks([...marks].reverse()), mark);
    }),
  );
});
