import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { readCatalogue } from '../../src/clauses/catalogue';
import { ROOT } from '../../src/project';
import type { ResultFile, ScenarioResult } from '../../src/verdict/result';
import { Greenspec } from './support';

const { clauses } = readCatalogue(ROOT);

/** A file of the test's own. */
function file(t: TestContext, name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'clauses-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function run(t: TestContext, ...args: string[]): Promise<{ code: number | string; output: string }> {
  return new Greenspec(t).run(['clauses', ...args]);
}

function result(name: string, verdicts: Record<string, ScenarioResult['verdict'][]>): ResultFile {
  const scenario = (clause: string, verdict: ScenarioResult['verdict'], line: number): ScenarioResult => ({
    ...({ clause, strength: 'must', polarity: 'none', name: `scenario ${line}`, feature: 'f', line, verdict } as const),
    ...{ gherkin: [], claims: [], milliseconds: 1, declaredWait: 0 },
  });
  const all = Object.entries(verdicts).flatMap(([id, list]) => list.map((verdict, i) => scenario(id, verdict, i)));
  return {
    ...({
      greenspec: '0.1.0',
      format: 2,
      database: null,
      date: '2026-01-01',
      verdict: 'fail',
      scenarios: all,
    } as const),
    runtime: { name, command: ['x'], named: true, identity: null },
    platform: { os: 'linux', architecture: 'x64', cores: 2, node: '24', procfs: true },
  };
}

describe('greenspec clauses', { concurrency: 2 }, () => {
  test('lists every clause with its place and its scenarios, and finds no gap', async (t) => {
    const { code, output } = await run(t);
    assert.equal(code, 0, output);
    for (const { id, says, unscripted } of clauses) {
      const [head = '', place = ''] = output.slice(output.indexOf(`\n${id.padEnd(6)}`) + 1).split('\n');
      assert.match(output, new RegExp(`^${id} `, 'm'));
      if (output.startsWith(id)) continue;
      assert.ok(head.endsWith(says), head);
      assert.ok(
        unscripted === undefined ? /; \d+ (must|should|consequence|info)/.test(place) : place.endsWith(unscripted),
        place,
      );
    }
    assert.match(output, new RegExp(`\\n${clauses.length} clauses, \\d+ scenarios, no gap\\n$`));
  });

  test('tells of each result file what came of each clause', async (t) => {
    const one = file(t, 'one.json', JSON.stringify(result('one', { 'TM-1': ['pass', 'fail'], 'TM-2': ['pass'] })));
    const two = file(t, 'two.json', JSON.stringify(result('two', { 'TM-1': ['pass'], 'TM-2': ['not-applicable'] })));
    const { code, output } = await run(t, one, two);
    assert.equal(code, 0, output);
    const told = (id: string): string => output.slice(output.indexOf(`${id} `)).split('\n')[1] ?? '';
    assert.match(told('TM-1'), /; one: fail; two: pass$/);
    assert.match(told('TM-2'), /; one: pass; two: not-applicable$/);
    assert.match(told('TM-3'), /; one: not run; two: not run$/);
  });

  test('shows what of a copy of the page has changed, is new, and is gone', async (t) => {
    const [first] = clauses;
    const section = first?.section ?? '';
    const count = clauses.filter((clause) => clause.section === section).length;
    const sentences = Array.from({ length: count + 1 }, (_, i) => `Sentence number ${i + 1} is ours.`);
    const page = `${section}\n${'='.repeat(section.length)}\n\n${sentences.join('\n')}\n`;
    const { code, output } = await run(t, '--document', file(t, 'page.rst', page));
    assert.equal(code, 1, output);
    const gone = clauses.filter((clause) => clause.section !== section);
    const summary = `0 sentences known, ${count} changed, 1 new, ${gone.length} gone`;
    assert.ok(output.includes(summary), output);
    assert.ok(output.includes(`\nchanged: ${first?.id} (${section} · 1): Sentence number 1 is ours.\n`), output);
    assert.ok(output.includes(`\nnew: ${section} · ${count + 1}: Sentence number ${count + 1} is ours.\n`), output);
    for (const { id, section: place, sentence } of gone)
      assert.ok(output.includes(`\ngone: ${id} (${place} · ${sentence})\n`), id);
    assert.doesNotMatch(output, /no gap|--update-golden/);
  });

  test('is told at once what cannot be read, and what is no result', async (t) => {
    const WRONG: readonly [args: string[], says: RegExp][] = [
      [['/nowhere/result.json'], /^user: \/nowhere\/result\.json cannot be read/m],
      [['--document', '/nowhere/page.rst'], /^user: \/nowhere\/page\.rst cannot be read/m],
      [[ROOT], /^user: there is no result in /m],
      [[file(t, 'text.json', 'no JSON')], /^user: .*text\.json is cut short, or no JSON/m],
      [[file(t, 'other.json', '{"format":1}')], /^user: .*other\.json is no result file/m],
    ];
    for (const [args, says] of WRONG) {
      const { code, output } = await run(t, ...args);
      assert.equal(code, 2, output);
      assert.match(output, says);
      assert.doesNotMatch(output, /defect|\n {4}at /);
    }
  });

  test('changes nothing unless it is asked to', async (t) => {
    const golden = join(ROOT, 'spec', 'scenarios.txt');
    const before = readFileSync(golden, 'utf8');
    await run(t);
    assert.equal(readFileSync(golden, 'utf8'), before);
  });
});
