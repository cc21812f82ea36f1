import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ROOT } from '../../src/project';
import { result, scenario } from '../report/site/results';

function reportIn(t: TestContext): {
  folder: string;
  report: (...args: string[]) => { code: number | null; said: string };
} {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const report = (...args: string[]) => {
    const program = join(ROOT, 'bin', 'greenspec.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'report', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { code: status, said: stdout + stderr };
  };
  return { folder, report };
}

describe('greenspec report', () => {
  test('makes a site of the results of the last runs, and names it', (t) => {
    const { folder, report } = reportIn(t);
    mkdirSync(join(folder, 'reports'));
    writeFileSync(join(folder, 'reports', 'mine.json'), JSON.stringify(result('mine', [scenario()])));
    const { code, said } = report();
    assert.deepEqual([code, said.trim()], [0, join(folder, 'reports', 'index.html')]);
    assert.match(readFileSync(join(folder, 'reports', 'index.html'), 'utf8'), /mine 1\.2\.3/);
  });

  test('tells what cannot be read, and reports the rest', (t) => {
    const { folder, report } = reportIn(t);
    writeFileSync(join(folder, 'good.json'), JSON.stringify(result('mine', [scenario()])));
    writeFileSync(join(folder, 'bad.json'), '{');
    const { code, said } = report('good.json', 'bad.json', '--out', 'site');
    assert.equal(code, 2);
    assert.match(said, /^user: bad\.json is cut short, or no JSON$/m);
    assert.match(readFileSync(join(folder, 'site', 'index.html'), 'utf8'), /bad\.json is cut short/);
  });

  test('takes away pages of runtimes that are no longer reported, and nothing else', (t) => {
    const { folder, report } = reportIn(t);
    const file = join(folder, 'a.json');
    writeFileSync(file, JSON.stringify(result('one', [scenario()])));
    report('a.json', '--out', 'site');
    writeFileSync(join(folder, 'site', 'runtimes', 'notes.html'), '<p>of somebody else</p>');
    writeFileSync(file, JSON.stringify(result('two', [scenario()])));
    report('a.json', '--out', 'site');
    const there = ['one.html', 'two.html', 'notes.html'].map((name) =>
      existsSync(join(folder, 'site', 'runtimes', name)),
    );
    assert.deepEqual(there, [false, true, true]);
  });

  test('says so where there is nothing to report, or no place for it', (t) => {
    const { folder, report } = reportIn(t);
    mkdirSync(join(folder, 'reports'));
    const nothing = report();
    assert.equal(nothing.code, 2);
    assert.match(nothing.said, /^user: there is no result in reports\n {2}to do: greenspec run NAME/);
    writeFileSync(join(folder, 'a.json'), JSON.stringify(result('one', [scenario()])));
    const nowhere = report('a.json', '--out', 'a.json');
    assert.equal(nowhere.code, 2);
    assert.match(nowhere.said, /^user: the report cannot be written to a\.json/);
  });
});
