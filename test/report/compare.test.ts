import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAdvice } from '../../src/clauses/advice';
import { readCatalogue } from '../../src/clauses/catalogue';
import { ROOT } from '../../src/project';
import { type Comparison, compare } from '../../src/report/compare';
import { comparisonText } from '../../src/report/compare-text';
import { siteOf } from '../../src/report/site/model';
import type { ResultFile, ScenarioResult } from '../../src/verdict/result';
import { hostileResult } from './formats/hostile';
import { result, scenario } from './site/results';

const catalogue = readCatalogue(ROOT);
const advice = readAdvice(ROOT);

type Verdicts = Readonly<Record<string, ScenarioResult['verdict']>>;

/** A result with a scenario for each entry, `CLAUSE` or `CLAUSE: name`, with the polarity of its clause. */
function side(name: string, verdicts: Verdicts, capabilities: readonly string[] = []): ResultFile {
  const scenarios = Object.entries(verdicts).map(([key, verdict]) => {
    const [id = '', scenarioName = key] = key.split(': ');
    const { polarity = 'none' } = catalogue.clauses.find((clause) => clause.id === id) ?? {};
    const facts = { clause: id, polarity, name: scenarioName, verdict };
    return scenario(verdict === 'pass' ? facts : { ...facts, reason: `why ${key}` });
  });
  const file = result(name, scenarios);
  return { ...file, runtime: { ...file.runtime, identity: { ...(file.runtime.identity as object), capabilities } } };
}

function comparison(one: ResultFile, other: ResultFile): Comparison {
  const site = siteOf(catalogue, [one, other]);
  const [from, to] = site.runtimes;
  assert.ok(from !== undefined && to !== undefined);
  return compare(site, from, to, advice);
}

function compared(one: Verdicts, other: Verdicts): Comparison {
  return comparison(side('old', one), side('new', other));
}

function effects({ differences }: Comparison): string[] {
  return differences.map(({ clause, effect }) => `${clause.id} ${effect}`);
}

describe('a comparison of two results', () => {
  test('tells a danger from a gain, dangers first, each with its advice', () => {
    const found = compared(
      { 'MY-1': 'pass', 'TM-2': 'pass', 'TM-5': 'fail', 'TM-6': 'fail', 'YT-6': 'pass', 'TM-3': 'pass' },
      { 'MY-1': 'fail', 'TM-2': 'fail', 'TM-5': 'pass', 'TM-6': 'pass', 'YT-6': 'fail', 'TM-3': 'pass' },
    );
    assert.deepEqual(effects(found), ['TM-2 danger', 'TM-6 danger', 'YT-6 difference', 'TM-5 gain', 'MY-1 gain']);
    assert.deepEqual(
      found.differences.map((difference) => difference.advice),
      [
        ...[advice['TM-2']?.lost, advice['TM-6']?.gained, advice['YT-6']?.lost],
        ...[advice['TM-5']?.gained, advice['MY-1']?.lost],
      ],
    );
    assert.deepEqual(
      found.alike.filter(({ id }) => id === 'TM-3').map(({ id }) => id),
      ['TM-3'],
    );
  });

  test('tells what does not apply, and what is open or was not run, apart from what is lost, and gives no advice on it', () => {
    const found = compared(
      { 'TM-1': 'pass', 'TM-2': 'pass', 'TM-3': 'pass', 'TM-5': 'pass' },
      { 'TM-1': 'pass', 'TM-2': 'not-applicable', 'TM-3': 'inconclusive' },
    );
    assert.deepEqual(effects(found), ['TM-3 unknown', 'TM-5 unknown', 'TM-2 not-applicable']);
    assert.ok(found.differences.every((difference) => difference.advice === undefined));
  });

  test('tells a danger in a clause that as a whole no longer applies', () => {
    const before: Verdicts = { 'YT-5: patched': 'pass', 'YT-5: not patched': 'pass' };
    const found = compared(before, { 'YT-5: patched': 'not-applicable', 'YT-5: not patched': 'fail' });
    assert.deepEqual(effects(found), ['YT-5 danger']);
  });

  test('takes the loss of a guarantee for a danger in a clause that is a hazard', () => {
    const one = { clause: 'TM-4', polarity: 'guarantee', name: 'no update is lost' } as const;
    const found = comparison(result('old', [scenario(one)]), result('new', [scenario({ ...one, verdict: 'fail' })]));
    assert.deepEqual(effects(found), ['TM-4 danger']);
  });

  test('names capabilities that are no longer there, with advice where there is any', () => {
    const verdicts: Verdicts = { 'TM-1': 'pass' };
    const found = comparison(
      side('old', verdicts, ['spawn', 'touch/log', 'patch/on']),
      side('new', verdicts, ['spawn']),
    );
    assert.deepEqual(found.capabilities, [
      { word: 'patch/on', advice: advice['patch/on']?.lost },
      { word: 'touch/log', advice: undefined },
    ]);
  });

  test('as text names both sides with versions and server, what differs with its reason, and the sum of it', () => {
    const text = comparisonText(compared({ 'TM-2': 'pass' }, { 'TM-2': 'fail' }));
    assert.match(text, /^from old\n {5}runtime old 1\.2\.3 on python 3\.11\.7; lock lockutils/);
    assert.match(text, /\nto {3}new\n {5}runtime new 1\.2\.3 [\s\S]*MySQL 9\.7\.4 \(container\)/);
    assert.match(text, /\n! danger: TM-2, guarantee lost\n[\s\S]* · TM-2: guarantee lost\n {8}why TM-2\n/);
    assert.match(text, /\nclause by clause: 1 danger$/);
  });

  test('as text lets nothing that an adapter says act on a terminal, and cuts what is long', () => {
    const harmless = result('two', [scenario()]);
    const text = comparisonText(comparison(hostileResult(), harmless));
    assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}/u);
    assert.ok(text.length < 20_000, `${text.length}`);
  });
});
