import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { worthAnotherTry } from '../../proof/again';
import type { Trial } from '../../proof/score';
import { came, mutant, scenario, trial } from './support';

const asks = scenario('MY-3', 'asks', 'it blocks', 'the row is right');
const answers = scenario('MY-2', 'answers', 'the row is right');

const blocks = mutant('blocks', 'MY-3', 'it blocks', /^it ran$/);
const late = mutant('late', 'MY-2', 'the row is right', /^another row$/);
const other = mutant('other', 'TM-2', 'somebody runs', /^nobody ran$/);

const names = (trials: readonly Trial[]): string[] => worthAnotherTry([asks, answers], trials).map(({ name }) => name);

const shown = [
  trial(blocks, came(asks, 'fail: it ran')),
  trial(late, came(asks, 'pass', 'fail: another row'), came(answers, 'fail: another row')),
];

describe('another try', () => {
  test('is made of nothing where all is shown', () => {
    assert.deepEqual(names(shown), []);
  });

  test('is made of what survives', () => {
    assert.deepEqual(names([...shown, trial(other, came(asks))]), ['other']);
  });

  test('is made of those that violate the clause of a claim that is not shown, and of those that such a sentence has to catch', () => {
    const hidden = trial(late, came(asks, 'environment: too few looks', 'pass'), came(answers, 'fail: another row'));
    const caught = trial(other, came(scenario('TM-2', 'turns', 'somebody runs'), 'fail: nobody ran'));
    assert.deepEqual(names([trial(blocks, came(asks, 'fail: it ran')), hidden, caught]), ['blocks', 'late']);
  });

  test('is made of any on which the claim failed beside another', () => {
    const turns = came(scenario('TM-2', 'turns', 'somebody runs'), 'fail: nobody ran');
    const beside = trial(other, turns, came(asks, 'environment: too few looks', 'fail: another row'));
    assert.ok(names([trial(late, came(answers, 'fail: another row')), beside]).includes('other'));
  });

  test('is made no more once another try has shown it', () => {
    const [first, second] = shown;
    assert.ok(first !== undefined && second !== undefined);
    const hidden = trial(late, came(asks, 'environment: too few looks', 'pass'), came(answers, 'fail: another row'));
    assert.deepEqual(names([first, hidden, second]), []);
  });
});
