import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { readCatalogue } from '../../src/clauses/catalogue';
import { readScenarios } from '../../src/clauses/scenarios';
import { FEATURES } from '../../src/cli/feature-files';
import { ROOT } from '../../src/project';
import { ResultFile } from '../../src/verdict/result';
import { result, scenario } from '../report/site/results';
import { Greenspec } from './support';

const features = FEATURES.map((path) => join(ROOT, path));
const SUITE = readScenarios(ROOT, features, readCatalogue(ROOT).clauses).map(({ clause = 'none', name, feature }) =>
  scenario({ clause, name, feature }),
);
const HALF = Math.floor(SUITE.length / 2);
const SHARDS = { 'a.json': result('mine', SUITE.slice(0, HALF)), 'b.json': result('mine', SUITE.slice(HALF)) };

function folderOf(t: TestContext, files: Record<string, unknown>): string {
  const folder = mkdtempSync(join(tmpdir(), 'merge-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  return folder;
}

describe('greenspec merge', { concurrency: 2 }, () => {
  test('writes one result of the parts, tells of each, and ends as a whole run would', async (t) => {
    const folder = folderOf(t, SHARDS);
    const out = join(folder, 'all.json');
    const { code, output } = await new Greenspec(t).run(['merge', out, join(folder, 'a.json'), join(folder, 'b.json')]);
    assert.equal(code, 0, output);
    assert.match(
      output,
      new RegExp(
        `^merge-\\w+/a\\.json: ${HALF} scenarios, on linux 6, x64, Node v24, MySQL 9\\.7\\.4\\nmerge-\\w+/b\\.json`,
      ),
    );
    assert.match(output, new RegExp(`mine conforms: ${SUITE.length} pass`));
    const file = ResultFile.parse(JSON.parse(readFileSync(out, 'utf8')));
    assert.deepEqual([file.scenarios.length, file.parts?.length], [SUITE.length, 2]);
    const again = await new Greenspec(t).run(['merge', out, join(folder, 'a.json')]);
    assert.equal(again.code, 3, again.output);
    assert.match(
      again.output,
      new RegExp(`${SUITE.length - HALF} of the suite's ${SUITE.length} scenarios are in none`),
    );
  });

  test('writes over no result of a run', async (t) => {
    const folder = folderOf(t, SHARDS);
    const { code, output } = await new Greenspec(t).run(['merge', join(folder, 'a.json'), join(folder, 'b.json')]);
    assert.equal(code, 2, output);
    assert.match(output, /^user: .*a\.json is there already, and was not made by a merge/);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8')), SHARDS['a.json']);
  });

  test('merges nothing where a part cannot be read, or is of another version of greenspec', async (t) => {
    const old = { ...result('mine', SUITE), greenspec: '0.0.1' };
    const folder = folderOf(t, { ...SHARDS, 'c.json': {}, 'old.json': old });
    const out = join(folder, 'all.json');
    const unread = await new Greenspec(t).run(['merge', out, join(folder, 'a.json'), join(folder, 'c.json')]);
    assert.equal(unread.code, 2, unread.output);
    assert.match(unread.output, /c\.json is no result file[\s\S]*nothing is merged: a part cannot be read/);
    const other = await new Greenspec(t).run(['merge', out, join(folder, 'old.json')]);
    assert.equal(other.code, 2, other.output);
    assert.match(other.output, /old\.json is of another version of greenspec[\s\S]*came: 0\.0\.1/);
  });
});
