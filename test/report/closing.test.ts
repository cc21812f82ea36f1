import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closing } from '../../src/report/closing';
import type { ResultFile, ScenarioResult } from '../../src/verdict/result';
import { result } from '../verdict/expectations/support';

const KNOWN = { list: 'known', reason: 'x', file: 'mine.yaml', line: 2 } as const;

function file(scenarios: ScenarioResult[], facts: Partial<ResultFile> = {}): ResultFile {
  return {
    ...({ greenspec: '0.1.0', format: 2, database: null, date: '2026-01-01', verdict: 'pass', scenarios } as const),
    runtime: { name: 'mine', command: ['x'], named: true, identity: null },
    platform: { os: 'linux', architecture: 'x64', cores: 2, node: '24', procfs: true },
    ...facts,
  };
}

const PASS = result({ name: 'a' }, 'pass');
const FAIL = result({ name: 'b' }, 'fail');

test('a run without expectations conforms, does not, or is not judged', () => {
  assert.deepEqual(closing(file([PASS])), ['mine conforms: 1 pass\n']);
  assert.deepEqual(closing(file([PASS, FAIL], { verdict: 'fail' })), ['mine does not conform: 1 pass, 1 fail\n']);
  assert.deepEqual(closing(file([], { verdict: 'inconclusive' })), ['mine is not judged: no scenario was run\n']);
});

test('a run that differs as was expected is told apart from one that conforms', () => {
  const scenarios = [PASS, { ...FAIL, expected: KNOWN }, { ...PASS, expected: { ...KNOWN, list: 'flaky' as const } }];
  const expectations = { file: 'mine.yaml', outcome: 'as-expected' as const, deviations: [] };
  const said = ['mine is exactly as expected: 1 pass, 1 known, 1 flaky\n'];
  assert.deepEqual(closing(file(scenarios, { verdict: 'fail', expectations })), said);
  const conforming = { ...expectations, outcome: 'conforms' as const };
  assert.deepEqual(closing(file([PASS], { expectations: conforming })), ['mine conforms: 1 pass\n']);
});

test('what does not fit the expectations is listed, with the line to change', () => {
  const deviation = { kind: 'unexpected-pass', file: 'mine.yaml', line: 7, says: '"a" passes' } as const;
  const expectations = { file: 'mine.yaml', outcome: 'differs' as const, deviations: [deviation] };
  assert.deepEqual(closing(file([PASS], { expectations })), [
    '',
    'the expectations do not fit what came:',
    '  mine.yaml:7: unexpected pass: "a" passes',
    '',
    'mine is not as expected: 1 pass\n',
  ]);
});
