import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { align } from '../../../src/report/timeline/align';
import type { Column } from '../../../src/report/timeline/picture';

function columns(keys: string): Column[] {
  return [...keys].map((key) => ({ at: 0, who: '', text: key, key, contradicts: false, skipped: 0 }));
}

describe('two runs on one axis', () => {
  test('stand together where they have the same in the same order, and apart where they differ', () => {
    assert.deepEqual(align(columns('abcd'), columns('abxd')), { length: 5, one: [0, 1, 2, 4], other: [0, 1, 3, 4] });
  });

  test('stand together from end to end where they are alike', () => {
    assert.deepEqual(align(columns('abc'), columns('abc')), { length: 3, one: [0, 1, 2], other: [0, 1, 2] });
  });

  test('stand one after the other where they have nothing in common', () => {
    assert.deepEqual(align(columns('ab'), columns('')), { length: 2, one: [0, 1], other: [] });
    assert.deepEqual(align(columns(''), columns('ab')), { length: 2, one: [], other: [0, 1] });
  });

  test('keep their order, take every place of the axis, and share a place only where they are the same', () => {
    const keys = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 30 });
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        const { length, one, other } = align(columns(a), columns(b));
        for (const places of [one, other])
          assert.deepEqual(
            places,
            [...new Set(places)].sort((x, y) => x - y),
          );
        assert.deepEqual(
          [...new Set([...one, ...other])].sort((x, y) => x - y),
          [...Array(length).keys()],
        );
        one.forEach((place, i) => {
          const j = other.indexOf(place);
          assert.ok(j < 0 || a[i] === b[j]);
        });
      }),
    );
  });
});
