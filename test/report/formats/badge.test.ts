import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCatalogue } from '../../../src/clauses/catalogue';
import { ROOT } from '../../../src/project';
import { badge } from '../../../src/report/formats/badge';
import type { ResultFile, ScenarioResult } from '../../../src/verdict/result';
import { result, scenario } from '../site/results';
import { hostileResult } from './hostile';

const { clauses } = readCatalogue(ROOT);

/** A scenario for each clause that has any; some with other facts. */
function whole(facts: Record<string, Partial<ScenarioResult>> = {}): ScenarioResult[] {
  return clauses
    .filter(({ unscripted }) => unscripted === undefined)
    .map(({ id, polarity, strength }) => scenario({ clause: id, polarity, strength, ...facts[id] }));
}

function told(scenarios: readonly ScenarioResult[], facts: Partial<ResultFile> = {}): string {
  const { message, color } = JSON.parse(badge(result('mine', scenarios, facts), clauses)) as Record<string, string>;
  return `${message}: ${color}`;
}

describe('the badge', () => {
  test('is what shields.io takes', () => {
    assert.deepEqual(JSON.parse(badge(result('mine', whole()), clauses)), {
      ...{ schemaVersion: 1, label: 'mine threading model' },
      ...{ message: '17 of 17 clauses', color: 'brightgreen' },
    });
  });

  test('tells a danger from a gain, and does not count what does not apply', () => {
    const fail = { verdict: 'fail' } as const;
    assert.equal(
      told(whole({ 'TM-2': fail, 'MY-1': fail }), fail),
      '15 of 17 clauses, 1 guarantee lost, 1 hazard gone: red',
    );
    assert.equal(told(whole({ 'MY-1': fail, 'MY-3': fail }), fail), '15 of 17 clauses, 2 hazards gone: yellow');
    assert.equal(told(whole({ 'YT-5': { verdict: 'not-applicable' } })), '16 of 16 clauses: brightgreen');
    assert.equal(
      told([...whole(), scenario({ strength: 'should', ...fail })], fail),
      '17 of 17 clauses, with differences: yellow',
    );
  });

  test('is green only for a whole run that was judged', () => {
    const open = { verdict: 'inconclusive' } as const;
    assert.equal(told(whole({ 'TM-2': open }), open), '16 of 17 clauses, 1 clause open, not judged: lightgrey');
    assert.equal(told(whole().slice(2)), '15 of 17 clauses, 2 clauses not run, not judged: lightgrey');
    assert.equal(told(whole(), { verdict: 'inconclusive' }), '17 of 17 clauses, not judged: lightgrey');
    assert.match(told([], open), /^0 of 17 clauses, .*: lightgrey$/);
  });

  test('says of differences that were expected that they were', () => {
    const expectations = { file: 'known.yaml', outcome: 'as-expected' as const, deviations: [] };
    const scenarios = whole({ 'TM-2': { verdict: 'fail' } });
    assert.equal(
      told(scenarios, { verdict: 'fail', expectations }),
      '16 of 17 clauses, 1 guarantee lost, as expected: blue',
    );
  });

  test('stays small whatever an adapter says', () => {
    assert.ok(badge(hostileResult(), clauses).length < 500);
  });
});
