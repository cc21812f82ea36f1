import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAdvice } from '../../src/clauses/advice';
import { readCatalogue } from '../../src/clauses/catalogue';
import { ROOT } from '../../src/project';
import { type Comparison, compare } from '../../src/report/compare';
import { comparisonText } from '../../src/report/compare-text';
import { siteOf } from '../../src/report/site/model';
import type { ScenarioResult } from '../../src/verdict/result';
import { failing, result, scenario } from './site/results';

const catalogue = readCatalogue(ROOT);
const HAZARD = {
  clause: 'MY-1',
  polarity: 'hazard',
  name: 'A query blocks',
  feature: 'features/mysql.feature',
} as const;

function compared(before: readonly ScenarioResult[], after: readonly ScenarioResult[]): Comparison {
  const site = siteOf(catalogue, [result('one', before), result('other', after)]);
  const [from, to] = site.runtimes;
  assert.ok(from !== undefined && to !== undefined);
  return compare(site, from, to, readAdvice(ROOT));
}

/** `TM-2 danger`, of each clause that differs. */
function effects(comparison: Comparison): string[] {
  return comparison.differences.map(
    ({ clause, effect, partly }) => `${clause.id} ${effect}${partly ? ' in part' : ''}`,
  );
}

describe('a comparison', () => {
  test('calls a guarantee that is lost a danger, and a hazard that is gone a gain, the danger first', () => {
    const comparison = compared([scenario(HAZARD), scenario()], [failing(HAZARD), failing()]);
    assert.deepEqual(effects(comparison), ['TM-2 danger', 'MY-1 gain']);
  });

  test('calls a hazard that is met a danger, and a guarantee that is won a gain, on the way back', () => {
    const comparison = compared([failing(HAZARD), failing()], [scenario(HAZARD), scenario()]);
    assert.deepEqual(effects(comparison), ['MY-1 danger', 'TM-2 gain']);
  });

  test('gives the advice for the way that is gone', () => {
    const advice = readAdvice(ROOT)['TM-2'];
    assert.equal(compared([scenario()], [failing()]).differences[0]?.advice, advice?.lost);
    assert.equal(compared([failing()], [scenario()]).differences[0]?.advice, advice?.gained);
  });

  test('says what cannot be compared, and gives no advice on it', () => {
    for (const after of [scenario({ verdict: 'inconclusive' }), scenario({ verdict: 'not-applicable' })]) {
      const comparison = compared([scenario()], [after]);
      assert.deepEqual(effects(comparison), ['TM-2 unknown']);
      assert.equal(comparison.differences[0]?.advice, undefined);
    }
    assert.deepEqual(effects(compared([scenario()], [])), ['TM-2 unknown']);
  });

  test('tells it where only what follows from a clause differs', () => {
    const follows = { name: 'It follows', strength: 'consequence' } as const;
    const comparison = compared([scenario(), scenario(follows)], [scenario(), failing(follows)]);
    assert.deepEqual(effects(comparison), ['TM-2 danger in part']);
    assert.deepEqual(
      comparison.differences[0]?.scenarios.map(({ scenario, reason }) => [scenario.name, reason]),
      [['It follows', 'it runs: it did not']],
    );
  });

  test('finds nothing between a runtime and itself', () => {
    const { differences, alike } = compared([scenario(), failing(HAZARD)], [scenario(), failing(HAZARD)]);
    assert.deepEqual(differences, []);
    assert.equal(alike.length, catalogue.clauses.filter(({ unscripted }) => unscripted === undefined).length);
  });

  test('reads well in a terminal', () => {
    const text = comparisonText(compared([scenario(), scenario(HAZARD)], [failing(), failing(HAZARD)]));
    assert.match(text, /^from one: one 1\.2\.3 on python 3\.11\.7, MySQL 9\.7\.4\nto {3}other: /);
    assert.match(text, /^! danger: TM-2, guarantee lost$/m);
    assert.match(text, /^ {6}· One is never interrupted: guarantee lost\n {8}it runs: it did not$/m);
    assert.match(text, /^clause by clause: 1 danger, 1 gain$/m);
    assert.ok(text.split('\n').every((line) => line.length <= 110));
  });
});

test('there is advice for every clause that has scenarios, and for no other', () => {
  const scripted = catalogue.clauses.filter(({ unscripted }) => unscripted === undefined).map(({ id }) => id);
  assert.deepEqual(Object.keys(readAdvice(ROOT)).sort(), [...scripted].sort());
});
