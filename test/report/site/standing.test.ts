import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clauseStanding, standingOf, WORDS } from '../../../src/report/site/standing';
import { scenario } from './results';

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
    assert.deepEqual(clauseStanding(results), {
      standing: 'holds',
      tallies: [
        { strength: 'must', passed: 1, applicable: 1, standing: 'holds' },
        { strength: 'consequence', passed: 0, applicable: 1, standing: 'lost' },
      ],
    });
  });

  test('of which both a guarantee and a hazard do not hold is a danger', () => {
    const gone = scenario({ verdict: 'fail', polarity: 'hazard' });
    const lost = scenario({ verdict: 'fail', polarity: 'guarantee' });
    assert.equal(clauseStanding([gone, lost]).standing, 'lost');
    assert.equal(clauseStanding([gone, scenario({ verdict: 'inconclusive' })]).standing, 'gone');
  });

  test('of which no scenario was run stands so', () => {
    assert.deepEqual(clauseStanding([]), { standing: 'not-run', tallies: [] });
  });
});
