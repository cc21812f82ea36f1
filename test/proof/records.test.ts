import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type CaseRun, keepRuns, keptRuns, runCases } from '../../proof/records';
import { parseUrl } from '../../src/database/address';
import { scripted } from '../runtime/support';
import { scenario } from './support';

const cases = ['one', 'two', 'three', 'four'].map((name) => scenario('TM-2', name, 'somebody runs'));
/** Where nobody is: these scenarios ask no server. */
const database = parseUrl('mysql://nobody@127.0.0.1:1/none');

test('what was recorded is read again as it was kept', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'records-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const runs: CaseRun[] = [{ kind: 'unaffected' }, { kind: 'not-applicable', missing: ['synchronized'] }];
  keepRuns(folder, 'broken', runs);
  assert.deepEqual(keptRuns(folder, 'broken'), runs);
  assert.equal(keptRuns(folder, 'other'), undefined);
});

test('cases are run in order, some first, and those that cannot reach a defect not at all', async (t) => {
  const order: string[] = [];
  const runs = await runCases(scripted(t).command, database, cases, {
    first: ({ name }) => name === 'three',
    reaches: ({ name }) => name !== 'two',
    enough: ({ name }) => {
      order.push(name);
      return name === 'two';
    },
  });
  assert.deepEqual(order, ['three', 'one', 'two']);
  assert.deepEqual(
    cases.map((_, i) => runs[i]?.kind),
    ['ran', 'unaffected', 'ran', undefined],
  );
});

test('after those that come first there is one of each clause, then a second of each', async (t) => {
  const order: string[] = [];
  const several = ['TM-1', 'TM-1', 'TM-2', 'TM-2', 'TM-3'].map((clause, i) => scenario(clause, `${clause} ${i}`, 'x'));
  await runCases(scripted(t).command, database, several, {
    first: ({ clause }) => clause === 'TM-2',
    reaches: ({ name }) => {
      order.push(name);
      return false;
    },
  });
  assert.deepEqual(order, ['TM-2 2', 'TM-2 3', 'TM-1 0', 'TM-3 4', 'TM-1 1']);
});

test('a runtime that leaves green threads behind a dozen times is taken to do so always', async (t) => {
  const many = Array.from({ length: 14 }, (_, i) => scenario('TM-2', String(i), 'somebody runs'));
  const runs = await runCases(scripted(t, 'leaves a thread').command, database, many);
  const kinds = runs.map(({ kind }) => kind);
  assert.deepEqual(kinds, [...Array(12).fill('ran'), 'left-out', 'left-out']);
});
