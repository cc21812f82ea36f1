import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Clause } from '../../src/clauses/catalogue';
import { coverageGaps, goldenDifferences } from '../../src/clauses/coverage';
import { type FeatureScenario, goldenLine, readScenarios } from '../../src/clauses/scenarios';
import { Fault } from '../../src/fault/fault';

function clause(id: string, facts: Partial<Clause> = {}): Clause {
  const place = { section: 'One', sentence: 1, digest: '0123456789abcdef' };
  return { id, ...place, strength: 'must', polarity: 'guarantee', says: 'It is so.', ...facts };
}

const clauses = [clause('AB-1'), clause('AB-2a'), clause('AB-3', { strength: 'info', unscripted: 'a pointer' })];

/** The scenarios of a feature of the test's own. */
function scenarios(t: TestContext, text: string): FeatureScenario[] {
  const root = mkdtempSync(join(tmpdir(), 'greenspec-features-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, 'own.feature'), text);
  return readScenarios(root, [join(root, 'own.feature')], clauses);
}

const FEATURE = `
@document
Feature: own

  @AB-1 @must
  Rule: one

    Scenario Outline: number <n>
      Given nothing

      Examples:
        | n |
        | 1 |
        | 2 |

    @consequence
    Scenario: what follows
      Given nothing

  @AB-2a @should
  Rule: two

    Scenario: the other
      Given nothing
`;

const GOLDEN = [
  'AB-1 must | number 1',
  'AB-1 must | number 2',
  'AB-1 consequence | what follows',
  'AB-2a should | the other',
];

describe('scenarios are read', () => {
  test('one for each row, with the clause of their rule, and the strength that stands nearest', (t) => {
    const list = scenarios(t, FEATURE);
    assert.deepEqual(list.map(goldenLine), GOLDEN);
    assert.ok(list.every(({ feature, strange }) => feature === 'own.feature' && strange.length === 0));
  });

  test('not from what is no Gherkin', (t) => {
    assert.throws(
      () => scenarios(t, 'Feature: own\n  Scenario: one\n    Given nothing\n    This is none'),
      (error) =>
        error instanceof Fault && error.facts.party === 'user' && error.facts.what === 'own.feature is not Gherkin',
    );
  });
});

describe('clauses and scenarios cover each other', () => {
  test('without a gap', (t) => {
    assert.deepEqual(coverageGaps(clauses, scenarios(t, FEATURE)), []);
  });

  test('but for a clause that has none and does not say why', (t) => {
    const more = [...clauses, clause('AB-4')];
    assert.deepEqual(coverageGaps(more, scenarios(t, FEATURE)), ['AB-4 has no scenario, and no reason why not']);
  });

  test('but for one that has some, and a reason why it has none', (t) => {
    const text = FEATURE.replace('@AB-2a', '@AB-3');
    assert.deepEqual(coverageGaps(clauses, scenarios(t, text)), [
      'AB-2a has no scenario, and no reason why not',
      'AB-3 has scenarios, and a reason why it has none',
    ]);
  });

  test('but for a tag that names no clause', (t) => {
    assert.deepEqual(coverageGaps(clauses, scenarios(t, FEATURE.replace('@AB-2a', '@AB-2 @AB-2a'))), [
      'own.feature: "the other" is tagged @AB-2, which is no clause',
    ]);
    assert.deepEqual(coverageGaps(clauses, scenarios(t, FEATURE.replace('@AB-2a', '@XY-2'))), [
      'AB-2a has no scenario, and no reason why not',
      'own.feature: "the other" is tagged @XY-2, which is no clause',
    ]);
  });

  test('but for a scenario without a clause, or without a strength', (t) => {
    assert.deepEqual(coverageGaps(clauses, scenarios(t, FEATURE.replace('@AB-1 @must', '@must'))), [
      'AB-1 has no scenario, and no reason why not',
      ...['number 1', 'number 2', 'what follows'].map((name) => `own.feature: "${name}" has no clause`),
    ]);
    const weak = scenarios(t, FEATURE.replace('@AB-2a @should', '@AB-2a @shall'));
    assert.deepEqual(coverageGaps(clauses, weak), [
      'own.feature: "the other" has no strength (@must, @should, @consequence, @info)',
    ]);
  });
});

describe('the golden list', () => {
  test('is as the scenarios are', (t) => {
    assert.deepEqual(goldenDifferences(GOLDEN, scenarios(t, FEATURE)), []);
  });

  test('tells of a scenario that vanished, came, or has another name, strength or clause', (t) => {
    const gone = scenarios(t, FEATURE.replace('        | 2 |\n', ''));
    assert.deepEqual(goldenDifferences(GOLDEN, gone), ['gone: AB-1 must | number 2']);
    const weaker = scenarios(t, FEATURE.replace('@AB-2a @should', '@AB-2a @info'));
    assert.deepEqual(goldenDifferences(GOLDEN, weaker), [
      'gone: AB-2a should | the other',
      'new, and not in the golden list: AB-2a info | the other',
    ]);
    const stray = scenarios(t, FEATURE.replace('@AB-2a @should', '@shall'));
    assert.deepEqual(goldenDifferences(GOLDEN.slice(0, 3), stray), [
      'new, and not in the golden list: none none | the other',
    ]);
  });

  test('has no two of one name', (t) => {
    const twice = scenarios(t, FEATURE.replace('| 2 |', '| 1 |'));
    assert.deepEqual(goldenDifferences(GOLDEN, twice), ['gone: AB-1 must | number 2', 'twice: AB-1 must | number 1']);
  });
});
