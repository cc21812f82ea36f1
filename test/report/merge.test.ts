import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FeatureScenario } from '../../src/clauses/scenarios';
import { explain } from '../../src/fault/explain';
import { mergeResults } from '../../src/report/merge';
import { ResultFile, type ScenarioResult } from '../../src/verdict/result';
import { failing, result, scenario } from './site/results';

const SUITE: FeatureScenario[] = ['one', 'two', 'three'].map((name) => ({
  ...{ clause: 'TM-2', strength: 'must', name, feature: 'features/threading-model.feature', strange: [] },
}));
const [ONE, TWO, THREE] = ['one', 'two', 'three'].map((name) => scenario({ name })) as ScenarioResult[];

function merged(...files: ResultFile[]): ResultFile {
  return mergeResults(
    files.map((file, i) => ({ path: `shards/${'abc'[i]}.json`, file })),
    SUITE,
  );
}

function part(scenarios: (ScenarioResult | undefined)[], facts: Partial<ResultFile> = {}): ResultFile {
  return result('mine', scenarios as ScenarioResult[], facts);
}

function refusal(...files: ResultFile[]): string {
  try {
    merged(...files);
  } catch (error) {
    return explain(error);
  }
  return assert.fail('it was merged');
}

describe('a merge of parts', () => {
  test('is a result of the whole suite, in the order of the document, and says what it was made of', () => {
    const file = merged(part([THREE], { date: '2026-11-26T10:00:00.000Z' }), part([ONE, TWO]));
    assert.deepEqual(
      file.scenarios.map(({ name }) => name),
      ['one', 'two', 'three'],
    );
    assert.deepEqual([file.verdict, file.fault, file.date], ['pass', undefined, '2026-11-26T10:00:00.000Z']);
    assert.deepEqual(
      file.parts?.map(({ file, scenarios }) => [file, scenarios]),
      [
        ['shards/a.json', 1],
        ['shards/b.json', 2],
      ],
    );
    assert.deepEqual(ResultFile.parse(JSON.parse(JSON.stringify(file))), file);
  });

  test('has a verdict of its own', () => {
    assert.equal(merged(part([ONE, TWO]), part([failing({ name: 'three' })], { verdict: 'fail' })).verdict, 'fail');
    const open = scenario({ name: 'three', verdict: 'inconclusive' });
    assert.equal(merged(part([ONE, TWO]), part([open], { verdict: 'inconclusive' })).verdict, 'inconclusive');
  });

  test('that lacks scenarios is not green, and says how many', () => {
    const file = merged(part([ONE]), part([THREE]));
    assert.deepEqual(
      [file.verdict, file.fault?.what],
      ['inconclusive', "1 of the suite's 3 scenarios is in none of the parts"],
    );
  });

  test('of which one was cut short is not green, and says which', () => {
    const fault = { party: 'adapter', what: 'it ended' } as const;
    const file = merged(part([ONE, TWO, THREE]), part([], { fault, runtime: { ...part([]).runtime, identity: null } }));
    assert.deepEqual(
      [file.verdict, file.fault?.what, file.runtime.identity],
      ['inconclusive', 'shards/b.json: it ended', part([]).runtime.identity],
    );
  });

  test('keeps and tells machines and servers that differ', () => {
    const database = { provider: 'container', server: 'MariaDB', version: '11.8' };
    const platform = { os: 'linux 5', architecture: 'arm64', cores: 1, node: 'v24', procfs: false };
    const file = merged(part([ONE]), part([TWO], { database }), part([THREE], { platform, database: null }));
    assert.deepEqual(file.database, { provider: 'container', server: 'MySQL and MariaDB', version: '9.7.4 and 11.8' });
    assert.deepEqual(file.platform, {
      ...{ os: 'linux 6 and linux 5', architecture: 'x64 and arm64', cores: 1, node: 'v24', procfs: false },
    });
    assert.deepEqual(
      file.parts?.map((one) => one.database?.server),
      ['MySQL', 'MariaDB', undefined],
    );
  });

  test('of merges has the parts of these', () => {
    const file = merged(merged(part([ONE]), part([TWO])), part([THREE]));
    assert.deepEqual([file.verdict, file.parts?.map(({ scenarios }) => scenarios)], ['inconclusive', [1, 1, 1]]);
  });

  test('holds all parts against what was expected, and is as expected only as a whole', () => {
    const expected = { list: 'known', reason: 'r', file: 'known.yaml', line: 3 } as const;
    const expectations = { file: 'known.yaml', outcome: 'as-expected' as const, deviations: [] };
    const known = part([failing({ name: 'three', expected })], { verdict: 'fail', expectations });
    assert.equal(merged(part([ONE, TWO], { expectations }), known).expectations?.outcome, 'as-expected');
    const deviation = { kind: 'stale', file: 'known.yaml', line: 4, says: 's' } as const;
    const stale = part([ONE, TWO], { expectations: { ...expectations, outcome: 'differs', deviations: [deviation] } });
    const file = merged(stale, known);
    assert.deepEqual(file.expectations, { file: 'known.yaml', outcome: 'differs', deviations: [deviation] });
  });
});

describe('parts are refused, by name and value,', () => {
  test('that have a scenario in common', () => {
    assert.match(
      refusal(part([ONE, TWO]), part([TWO, THREE])),
      /^user: shards\/a\.json and shards\/b\.json have the same scenario\n(.*\n)? {2}came: TM-2: two/m,
    );
  });

  const runtime = part([]).runtime;
  const identity = runtime.identity as { runtime: object };
  const WRONG: [string, Partial<ResultFile>, RegExp][] = [
    ['suite', { greenspec: '0.2.0' }, /differ in the version of greenspec\n.*a\.json: 0\.1\.0\n.*b\.json: 0\.2\.0/],
    ['runtime', { runtime: { ...runtime, name: 'other' } }, /differ in the name of the runtime\n.*: mine\n.*: other/],
    [
      'version of the runtime',
      { runtime: { ...runtime, identity: { runtime: { ...identity.runtime, version: '1.2.4' } } } },
      /differ in the runtime's version\n.*a\.json: 1\.2\.3\n.*b\.json: 1\.2\.4/,
    ],
    [
      'capability',
      { runtime: { ...runtime, identity: { ...identity, capabilities: ['sleep/library'] } } },
      /differ in the capabilities\n.*a\.json: none\n.*b\.json: \["sleep\/library"\]/,
    ],
    [
      'set of expectations',
      { expectations: { file: 'known.yaml', outcome: 'conforms', deviations: [] } },
      /differ in the file of expectations\n.*a\.json: none\n.*b\.json: known\.yaml/,
    ],
  ];
  for (const [what, facts, words] of WRONG) {
    test(`that are of another ${what}`, () => assert.match(refusal(part([ONE]), part([TWO], facts)), words));
  }
});
