import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MUTANTS } from '../../mutants/catalogue';
import { planCases } from '../../proof/cases';
import { readCatalogue } from '../../src/clauses/catalogue';
import { ROOT } from '../../src/project';

const clauses = readCatalogue(ROOT).clauses;

test('every scenario is planned as the features have it, with each claim where it stands', async () => {
  const cases = await planCases(clauses);
  const golden = readFileSync(join(ROOT, 'spec', 'scenarios.txt'), 'utf8')
    .trim()
    .split('\n');
  assert.deepEqual(
    cases.map(({ clause, strength, name }) => `${clause} ${strength} | ${name}`),
    golden,
  );
  for (const { claims, name } of cases) {
    assert.ok(claims.length > 0, name);
    for (const { place, sentence } of claims) {
      const [file = '', line = ''] = place.split(':');
      const text = readFileSync(join(ROOT, file), 'utf8').split('\n')[Number(line) - 1]?.trim() ?? '';
      const begin = sentence.split(/[{(]/)[0] ?? '';
      assert.match(text, /^(Then|And) /, place);
      assert.ok(text.includes(begin.trim()), `${place}: ${text}`);
    }
  }
});

test('every mutant names a clause and a sentence of the features, under a name of its own', async () => {
  const sentences = new Set((await planCases(clauses)).flatMap(({ claims }) => claims.map(({ sentence }) => sentence)));
  assert.equal(new Set(MUTANTS.map(({ name }) => name)).size, MUTANTS.length);
  for (const mutant of MUTANTS) {
    if ('lie' in mutant) continue;
    assert.ok(
      clauses.some(({ id }) => id === mutant.clause),
      `${mutant.name}: ${mutant.clause}`,
    );
    assert.ok(sentences.has(mutant.claim), `${mutant.name}: ${mutant.claim}`);
  }
});
