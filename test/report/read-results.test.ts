import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { explain } from '../../src/fault/explain';
import { readResults } from '../../src/report/read-results';
import { exploration, result, scenario } from './site/results';

/** A folder with files, as text or to be written as JSON. */
function folderOf(t: TestContext, files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'results-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

const ONE = result('one', [scenario()]);
const TWO = result('two', [scenario()]);

function names({ results }: ReturnType<typeof readResults>): string[] {
  return results.map(({ file }) => file.runtime.name);
}

describe('results', () => {
  test('are read from files as they are named, and from folders in the order of their names', (t) => {
    const folder = folderOf(t, { 'b.json': TWO, 'a.json': ONE });
    assert.deepEqual(names(readResults([join(folder, 'b.json'), join(folder, 'a.json')])), ['two', 'one']);
    assert.deepEqual(names(readResults([folder])), ['one', 'two']);
  });

  test('are picked out of a folder in which other things stand', (t) => {
    const folder = folderOf(t, {
      'a.json': ONE,
      'badge.json': { schemaVersion: 1 },
      'explore-a.json': { kind: 'exploration', greenspec: '0.1.0', format: 1 },
      'a.ndjson': '{}',
      'index.html': '',
    });
    mkdirSync(join(folder, 'runtimes'));
    const read = readResults([folder]);
    assert.deepEqual([names(read), read.problems], [['one'], []]);
  });

  const bad: [string, unknown, RegExp][] = [
    [
      'damaged',
      JSON.stringify(ONE).slice(0, 200),
      /bad\.json is cut short, or no JSON\n {2}expected: .*\n {2}to do: run that runtime again/,
    ],
    [
      'an exploration',
      { kind: 'exploration', greenspec: '0.1.0', format: 1 },
      /bad\.json is no result file\n {2}expected: what a run writes/,
    ],
    ['foreign', { name: 'package' }, /bad\.json is no result file\n {2}expected: what a run writes/],
    [
      'older',
      { ...ONE, format: 1 },
      /bad\.json was written by an older greenspec, 0\.1\.0\n.*format 2\n.*format 1\n {2}to do: run that/,
    ],
    [
      'newer',
      { ...ONE, format: 3, greenspec: '9.0.0' },
      /bad\.json was written by a newer greenspec, 9\.0\.0\n(.*\n){2} {2}to do: use that version/,
    ],
    [
      'without what a result has',
      { ...ONE, scenarios: [{ ...scenario(), verdict: 'perhaps' }] },
      /bad\.json is damaged\n.*schema\.json\n {2}came: .*scenarios\[0\]\.verdict/,
    ],
  ];
  for (const [what, content, words] of bad) {
    test(`are read though one among them is ${what}, which is told`, (t) => {
      const folder = folderOf(t, { 'bad.json': content, 'good.json': TWO });
      const read = readResults([join(folder, 'bad.json'), join(folder, 'good.json')]);
      assert.deepEqual(names(read), ['two']);
      assert.equal(read.problems.length, 1);
      assert.match(explain(read.problems[0]), words);
    });
  }

  test('are read though one is not there', (t) => {
    const folder = folderOf(t, { 'good.json': TWO });
    const read = readResults([join(folder, 'none.json'), folder]);
    assert.deepEqual(names(read), ['two']);
    assert.match(explain(read.problems[0]), /none\.json cannot be read\n {2}because: ENOENT/);
  });

  test('of a folder are read though one cannot be opened, another is empty, and a third is a folder', (t) => {
    const folder = folderOf(t, { 'empty.json': '', 'good.json': TWO });
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.json'));
    mkdirSync(join(folder, 'folder.json'));
    const read = readResults([folder]);
    assert.deepEqual(names(read), ['two']);
    assert.deepEqual(
      read.problems.map((problem) => problem.facts.what.replace(folder, '')),
      ['/broken.json cannot be read', '/empty.json is cut short, or no JSON'],
    );
  });

  test('may have explorations among them, which are read where they are asked for', (t) => {
    const folder = folderOf(t, {
      'a.json': ONE,
      'explore-a.json': exploration(),
      'explore-b.json': '{"kind":"exploration"}',
    });
    const { results, explorations, problems } = readResults([folder], { alsoExplorations: true });
    assert.deepEqual([results.length, explorations], [1, [exploration()]]);
    assert.match(explain(problems[0]), /explore-b\.json is damaged, or of another version[\s\S]*explore it again/);
    assert.deepEqual(readResults([folder]).explorations, []);
  });

  test('that are the same twice are reported once', (t) => {
    const folder = folderOf(t, { 'a.json': ONE, 'b.json': ONE });
    const read = readResults([folder]);
    assert.deepEqual(names(read), ['one']);
    assert.match(explain(read.problems[0]), /b\.json is the same as .*a\.json/);
  });
});
