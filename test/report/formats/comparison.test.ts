import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020';
import { readAdvice } from '../../../src/clauses/advice';
import { readCatalogue } from '../../../src/clauses/catalogue';
import { ROOT } from '../../../src/project';
import { compare } from '../../../src/report/compare';
import { ComparisonData, comparisonData } from '../../../src/report/formats/comparison';
import { siteOf } from '../../../src/report/site/model';
import type { ResultFile } from '../../../src/verdict/result';
import { failing, result, scenario } from '../site/results';

const schema = JSON.parse(readFileSync(join(ROOT, 'src/report/formats/comparison.schema.json'), 'utf8')) as object;
const isComparison = new Ajv2020().compile(schema);

function able(file: ResultFile, capabilities: readonly string[]): ResultFile {
  return { ...file, runtime: { ...file.runtime, identity: { ...(file.runtime.identity as object), capabilities } } };
}

/** As a program reads it. */
function read(one: ResultFile, other: ResultFile): ComparisonData {
  const site = siteOf(readCatalogue(ROOT), [one, other]);
  const [from, to] = site.runtimes;
  assert.ok(from !== undefined && to !== undefined);
  return JSON.parse(JSON.stringify(comparisonData(compare(site, from, to, readAdvice(ROOT))))) as ComparisonData;
}

test('a comparison is by its published schema, whatever is different', () => {
  const alike = read(result('old', [scenario()]), result('new', [scenario()]));
  const lost = read(able(result('old', [scenario()]), ['synchronized']), able(result('new', [failing()]), []));
  for (const data of [alike, lost]) {
    assert.ok(isComparison(data), JSON.stringify(isComparison.errors));
    assert.deepEqual(ComparisonData.parse(data), data);
  }
  assert.deepEqual([alike.differences, lost.differences.map(({ clause }) => clause)], [[], ['TM-2']]);
  assert.deepEqual(
    lost.capabilities.map(({ word }) => word),
    ['synchronized'],
  );
});

test('what is no comparison is not', () => {
  const lost = read(result('old', [scenario()]), result('new', [failing()]));
  const [difference] = lost.differences;
  for (const data of [{}, { ...lost, alike: [1] }, { ...lost, differences: [{ ...difference, effect: 'worse' }] }])
    assert.deepEqual([isComparison(data), ComparisonData.safeParse(data).success], [false, false]);
});
