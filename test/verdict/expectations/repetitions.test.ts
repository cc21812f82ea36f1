import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeRepetitions } from '../../../src/verdict/expectations/repetitions';
import type { ScenarioResult } from '../../../src/verdict/result';
import { result } from './support';

function merged(...verdicts: ScenarioResult['verdict'][]): ScenarioResult {
  const [first, ...more] = verdicts.map((verdict, i) => result({ name: 'it' }, verdict, `run ${i}`));
  assert.ok(first !== undefined);
  return mergeRepetitions(first, ...more);
}

test('runs that all pass are one pass that says how many there were', () => {
  const { verdict, repetitions } = merged('pass', 'pass', 'pass');
  assert.deepEqual([verdict, repetitions], ['pass', { passed: 3, of: 3 }]);
});

test('one failure among them fails, and is the one that is shown', () => {
  const { verdict, repetitions, claims } = merged('pass', 'fail', 'pass', 'fail');
  assert.deepEqual([verdict, repetitions], ['fail', { passed: 2, of: 4 }]);
  assert.equal(claims[0]?.why, 'run 1');
});

test('one that is open leaves it open, whatever the others are', () => {
  assert.equal(merged('fail', 'inconclusive', 'pass').verdict, 'inconclusive');
  assert.equal(merged('not-applicable', 'not-applicable').verdict, 'not-applicable');
  assert.equal(merged('fail', 'inconclusive').repetitions, undefined);
});
