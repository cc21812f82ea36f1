import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ROOT } from '../../src/project';
import type { ScenarioResult } from '../../src/verdict/result';
import { failing, result, scenario } from '../report/site/results';

function compareIn(t: TestContext, runtimes: Record<string, ScenarioResult[]>, ...args: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'reports'));
  for (const [name, scenarios] of Object.entries(runtimes))
    writeFileSync(join(folder, 'reports', `${name}.json`), JSON.stringify(result(name, scenarios)));
  const program = join(ROOT, 'bin', 'greenspec.js');
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'compare', ...args], options);
  return { code: status, stdout, stderr };
}

describe('greenspec compare', () => {
  const runtimes = { one: [scenario()], other: [failing()], open: [scenario({ verdict: 'inconclusive' })] };

  test('names runtimes by their last results, and its exit code tells a danger', (t) => {
    const { code, stdout } = compareIn(t, runtimes, 'one', 'other');
    assert.equal(code, 1);
    assert.match(stdout, /^! danger: TM-2, guarantee lost$/m);
  });

  test('takes files, too, and is content where nothing is lost', (t) => {
    const { code, stdout } = compareIn(t, runtimes, join('reports', 'other.json'), 'one');
    assert.equal(code, 0);
    assert.match(stdout, /^\+ gain: TM-2, guarantee won$/m);
  });

  test('gives data', (t) => {
    const { stdout } = compareIn(t, runtimes, 'one', 'other', '--json');
    const { from, differences } = JSON.parse(stdout) as {
      from: string;
      differences: { clause: string; effect: string }[];
    };
    assert.deepEqual([from, differences[0]?.clause, differences[0]?.effect], ['one', 'TM-2', 'danger']);
  });

  test('says by its exit code that something cannot be compared', (t) => {
    assert.equal(compareIn(t, runtimes, 'one', 'open').code, 3);
  });

  test('says which result is not there, and how to make it', (t) => {
    const { code, stderr } = compareIn(t, runtimes, 'one', 'none');
    assert.equal(code, 2);
    assert.match(stderr, /^user: no such result\n {2}expected: .*\n {2}came: none\n {2}to do: greenspec run none/);
  });
});
