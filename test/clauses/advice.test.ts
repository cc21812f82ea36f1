import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAdvice } from '../../src/clauses/advice';
import { readCatalogue } from '../../src/clauses/catalogue';
import { ROOT } from '../../src/project';

const advice = readAdvice(ROOT);
const { clauses } = readCatalogue(ROOT);

describe('advice', () => {
  test('is there for every clause that has scenarios, and else for capabilities alone', () => {
    const scripted = clauses.filter(({ unscripted }) => unscripted === undefined).map(({ id }) => id);
    const others = Object.keys(advice).filter((key) => !key.includes('/'));
    assert.deepEqual(others.sort(), [...scripted].sort());
  });

  test('is short, and refers to clauses that are there', () => {
    const ids = new Set(clauses.map(({ id }) => id));
    for (const text of Object.values(advice).flatMap(({ lost, gained }) => [lost, gained])) {
      assert.ok(text.length > 20 && text.length < 600, text);
      for (const [id] of text.matchAll(/\b(TM|YT|MY)-\d+[a-z]?\b/g)) assert.ok(ids.has(id), id);
    }
  });
});
