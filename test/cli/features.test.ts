import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runRuntime } from '../../src/cli/run-runtime';
import { countScenarios } from '../../src/cli/tags';
import { explain } from '../../src/fault/explain';
import { ROOT } from '../../src/project';
import type { ResultFile } from '../../src/verdict/result';
import { NO_DATABASE, scripted } from '../runtime/support';

/** A feature of a test's own, run on an adapter that is honest. */
async function runFeature(t: TestContext, steps: string[]): Promise<{ result: ResultFile; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'feature-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const said: string[] = [];
  const result = await runRuntime({
    command: scripted(t).command,
    named: false,
    database: NO_DATABASE,
    clauses: [],
    tags: '',
    features: [write(folder, steps)],
    facts: false,
    reports: folder,
    session: {},
    summary: { colour: false, verbose: true },
    write: (line) => said.push(line),
  });
  return { result, said: said.join('\n') };
}

function write(folder: string, steps: string[]): string {
  const path = join(folder, 'own.feature');
  writeFileSync(path, ['Feature: own', '  Scenario: own', ...steps.map((step) => `    ${step}`)].join('\n'));
  return path;
}

const RUN = ['Given a green thread that sleeps for 0.001 seconds', 'When the program runs'];
const HOLDS = 'Then it lasts at least 0.001 seconds';

test('a scenario whose claims hold passes', async (t) => {
  const { result } = await runFeature(t, [...RUN, HOLDS]);
  assert.equal(result.verdict, 'pass');
});

test('a step that is not defined is never green, whatever held before it', async (t) => {
  const { result, said } = await runFeature(t, [...RUN, HOLDS, 'And the moon is full']);
  assert.equal(result.verdict, 'inconclusive');
  assert.match(result.scenarios[0]?.reason ?? '', /undefined/i);
  assert.match(said, /scripted is not judged: 1 inconclusive/);
});

test('a step that is not defined before the run is never green either', async (t) => {
  const { result } = await runFeature(t, ['Given the moon is full', ...RUN, HOLDS]);
  assert.equal(result.verdict, 'inconclusive');
});

test('a scenario that makes no claim is never green', async (t) => {
  const { result } = await runFeature(t, RUN);
  assert.equal(result.verdict, 'inconclusive');
  assert.match(result.scenarios[0]?.reason ?? '', /makes? no claim|made no claim/);
});

test('a feature that cannot be read is never green', async (t) => {
  const { result } = await runFeature(t, [...RUN, 'This is no Gherkin']);
  assert.equal(result.verdict, 'inconclusive');
  assert.deepEqual(result.scenarios, []);
});

test('a feature that cannot be read is told, with its place', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'feature-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const broken = relative(ROOT, write(folder, [...RUN, 'This is no Gherkin']));
  assert.throws(
    () => countScenarios('', [broken]),
    (error: unknown) => {
      assert.match(explain(error), /own\.feature is not Gherkin[\s\S]*\(5:5\)/);
      return true;
    },
  );
});

test('scenarios are counted by their tags', () => {
  assert.equal(countScenarios('@YT-3a'), 6);
  assert.equal(countScenarios('@YT-3a and not @should'), 3);
  assert.equal(countScenarios('@TM-22'), 0);
});
