import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import polyfill from 'regexp-match-indices';
import { matchIndices } from '../../src/cli/match-indices';

/** The package as it is, whatever stands in its place. */
const standIn = polyfill as unknown as typeof matchIndices;

describe('where the groups of a match stand', () => {
  test('is told as by the package that Cucumber asks', () => {
    const samples: [RegExp, string][] = [
      [/^a (\w+) (?:b|c) (d)?$/, 'a word b '],
      [/^(?<count>\d+) updates? (is|are) lost$/, '12 updates are lost'],
      [/(a(b)(c(d)?))/, 'xxabc'],
      [/nothing/, 'else'],
    ];
    for (const [pattern, text] of samples) {
      const [own, other] = [matchIndices(pattern, text), standIn(pattern, text)];
      assert.deepEqual(own && [...own], other && [...other]);
      assert.deepEqual(own?.indices && [...own.indices], other?.indices && [...other.indices]);
    }
  });

  test('is told of one match after the other', () => {
    const pattern = /(o)/g;
    assert.deepEqual(
      [0, 1, 2].map(() => matchIndices(pattern, 'foo')?.indices?.[1]),
      [[1, 2], [2, 3], undefined],
    );
  });
});
