import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { readCatalogue } from '../../../src/clauses/catalogue';
import { explain } from '../../../src/fault/explain';
import type { Fault } from '../../../src/fault/fault';
import { ROOT } from '../../../src/project';
import { writeFormats } from '../../../src/report/formats/write-formats';
import { OUTCOME } from '../../../src/verdict/collect';
import { result, scenario } from '../site/results';
import { HOSTILE } from './hostile';

const { clauses } = readCatalogue(ROOT);

async function written(t: TestContext, messages?: string): Promise<{ folder: string; problems: Fault[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'formats-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'mine.json');
  if (messages !== undefined) writeFileSync(join(folder, 'mine.ndjson'), messages);
  const file = result('mine', [scenario()]);
  return { folder, problems: await writeFormats({ path, file }, clauses, 'mine-2', join(folder, 'out')) };
}

const ALWAYS = ['mine-2.badge.json', 'mine-2.earl.jsonld', 'mine-2.junit.xml'];

describe('what other programs take', () => {
  test('is written under the name that is given, into a folder that need not be there', async (t) => {
    const { folder, problems } = await written(t);
    assert.deepEqual([readdirSync(join(folder, 'out')), problems], [ALWAYS, []]);
  });

  test("has Cucumber's page of the run where its messages are, without the outcomes, and not undone by what was said", async (t) => {
    const source = {
      uri: 'a.feature',
      data: `Feature: ${HOSTILE.slice(0, 200)}`,
      mediaType: 'text/x.cucumber.gherkin+plain',
    };
    const attachment = { mediaType: OUTCOME, body: 'not for people', contentEncoding: 'IDENTITY' };
    const { folder, problems } = await written(t, `${JSON.stringify({ source })}\n${JSON.stringify({ attachment })}\n`);
    assert.deepEqual(problems, []);
    const page = readFileSync(join(folder, 'out', 'mine-2.cucumber.html'), 'utf8');
    assert.match(page, /CUCUMBER_MESSAGES = \[\{"source"/);
    assert.doesNotMatch(page, /not for people|Feature: <\/script>/);
  });

  test('lacks that page where the messages are cut short, which is told, and has the rest', async (t) => {
    const { folder, problems } = await written(t, '{"meta":{}}\n{"sour');
    assert.deepEqual(readdirSync(join(folder, 'out')), ALWAYS);
    assert.match(explain(problems[0]), /^user: .*mine\.ndjson is cut short, or holds no Cucumber messages\n {2}to do:/);
  });

  test('is refused where the folder cannot be written to', async (t) => {
    const { folder } = await written(t);
    const path = join(folder, 'mine.json');
    writeFileSync(path, '');
    await assert.rejects(
      writeFormats({ path, file: result('mine', [scenario()]) }, clauses, 'mine', path),
      /mine\.junit\.xml cannot be written/,
    );
  });
});
