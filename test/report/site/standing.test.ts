import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Clause } from '../../../src/clauses/catalogue';
import { clauseStanding, standingOf, WORDS } from '../../../src/report/site/standing';
import { scenario } from './results';

const CLAUSE: Clause = {
  ...{ id: 'TM-2', section: 'Threading model', sentence: 2, digest: '0123456789abcdef' },
  ...{ strength: 'must', polarity: 'guarantee', says: 'Scheduling is cooperative.' },
};

describe('a standing', () => {
  test('of what fails is a danger where code leans on it, a gain where it was a cost, and else a difference', () => {
    assert.equal(standingOf('fail', 'guarantee'), 'lost');
    assert.equal(standingOf('fail', 'hazard'), 'gone');
    assert.equal(standingOf('fail', 'advice'), 'differs');
    assert.equal(standingOf('fail', 'none'), 'differs');
  });

  test('of what was not judged is never that it holds', () => {
    for (const polarity of ['guarantee', 'hazard', 'advice', 'none'] as const) {
      assert.equal(standingOf('inconclusive', polarity), 'open');
      assert.equal(standingOf('not-applicable', polarity), 'not-applicable');
      assert.equal(standingOf(undefined, polarity), 'not-run');
    }
  });

  test('is told by a sign and a word of its own', () => {
    const all = Object.values(WORDS);
    assert.equal(new Set(all.map(({ sign }) => sign)).size, all.length);
    assert.equal(new Set(all.map(({ word }) => word)).size, all.length);
  });
});

describe('a clause', () => {
  test('stands as its strongest scenarios do, and what is weaker is told apart', () => {
    const results = [
      scenario({ strength: 'must' }),
      scenario({ strength: 'must', verdict: 'not-applicable' }),
      scenario({ strength: 'consequence', verdict: 'fail' }),
    ];
    assert.deepEqual(clauseStanding(CLAUSE, results), {
      standing: 'holds',
      tallies: [
        { strength: 'must', passed: 1, applicable: 1, standing: 'holds' },
        { strength: 'consequence', passed: 0, applicable: 1, standing: 'lost' },
      ],
    });
  });

  test('of which no scenario was run stands so', () => {
    assert.deepEqual(clauseStanding(CLAUSE, []), { standing: 'not-run', tallies: [] });
  });
});
