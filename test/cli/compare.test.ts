import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ComparisonData } from '../../src/report/formats/comparison';
import { failing, result, scenario } from '../report/site/results';
import { Greenspec } from './support';

const RESULTS = {
  'old.json': result('old', [scenario()]),
  'new.json': result('new', [failing()]),
  'open.json': result('open', [scenario({ verdict: 'inconclusive', reason: 'no procfs' })]),
  'other.json': result('other', [scenario()], { greenspec: '0.2.0' }),
  'old.badge.json': { schemaVersion: 1 },
};

async function compare(t: TestContext, ...args: string[]): Promise<{ code: number | string; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(RESULTS)) writeFileSync(join(folder, name), JSON.stringify(content));
  const given = args.map((arg) => arg.replace('FOLDER', folder));
  const { code, output } = await new Greenspec(t).run(['compare', '--reports', folder, ...given]);
  return { code, output: output.replaceAll(folder, 'FOLDER') };
}

describe('greenspec compare', { concurrency: 2 }, () => {
  test('ends with 1 where a guarantee is lost, and with 0 where none is, by name or by file', async (t) => {
    const lost = await compare(t, 'old', 'FOLDER/new.json');
    assert.equal(lost.code, 1, lost.output);
    assert.match(lost.output, /^! danger: TM-2, guarantee lost$/m);
    const gained = await compare(t, 'new', 'old');
    assert.equal(gained.code, 0, gained.output);
    assert.match(gained.output, /^\+ gain: TM-2, guarantee won$/m);
  });

  test('gives the comparison to programs', async (t) => {
    const { code, output } = await compare(t, 'old', 'new', '--json');
    const { from, differences } = ComparisonData.parse(JSON.parse(output));
    const [first] = differences;
    assert.deepEqual([code, from.name, first?.clause, first?.effect], [1, 'old', 'TM-2', 'danger']);
  });

  test('ends with 3 where something is open, or two versions of the suite were at work', async (t) => {
    const open = await compare(t, 'old', 'open');
    assert.equal(open.code, 3, open.output);
    assert.match(open.output, /^\? cannot be compared: TM-2/m);
    const { code, output } = await compare(t, 'old', 'other');
    assert.equal(code, 3, output);
    assert.match(output, /old and other are not comparable: .*\n {2}expected: old: 0\.1\.0\n {2}came: other: 0\.2\.0/);
  });

  test('ends with 2 where there is no such result', async (t) => {
    const { code, output } = await compare(t, 'old', 'nobody');
    assert.equal(code, 2, output);
    assert.match(
      output,
      /^user: no such result\n {2}expected: .*FOLDER\n {2}came: nobody\n {2}to do: greenspec run nobody/,
    );
    const damaged = await compare(t, 'old', 'FOLDER/old.badge.json');
    assert.equal(damaged.code, 2, damaged.output);
    assert.match(damaged.output, /^user: FOLDER\/old\.badge\.json is no result file/);
  });
});
