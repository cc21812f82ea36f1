import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Name } from '../../src/program/names';
import { Program } from '../../src/program/program';
import { Step } from '../../src/program/step';

const accepts = (value: unknown): boolean => Step.safeParse(value).success;

describe('a step', () => {
  test('nests as deep as it likes', () => {
    let step: unknown = { do: 'get', variable: 'x' };
    for (let depth = 0; depth < 50; depth++) step = { do: 'call', depth: 1, steps: [step] };
    assert.ok(accepts(step));
  });

  test('that is unknown, or has a field that it does not know, is refused wherever it stands', () => {
    const bad = [
      { do: 'hop' },
      {},
      null,
      'sleep',
      { do: 'sleep' },
      { do: 'sleep', through: 'library', second: 1 },
      { do: 'sleep', through: 'hub' },
      { do: 'sleep', through: 'library', seconds: -61 },
      { do: 'sleep', through: 'library', seconds: 61 },
      { do: 'sleep', through: 'library', seconds: Number.NaN },
      { do: 'yield', seconds: 0 },
      { do: 'wait', gate: 'g', through: 'green' },
      { do: 'spawn', thread: 'a', count: 0 },
      { do: 'spawn', thread: 'a', count: 1.5 },
      { do: 'call', depth: 1 },
      { do: 'synchronized', name: 'two words', steps: [] },
      { do: 'query', connection: 'c', sql: '' },
      { do: 'touch', what: 'socket' },
      { do: 'connect', connection: 'c', driver: 'odbc' },
      { do: 'set', variable: 'x', value: { an: 'object' } },
    ];
    for (const step of bad) {
      assert.ok(!accepts(step), JSON.stringify(step));
      assert.ok(!accepts({ do: 'repeat', times: 1, steps: [{ do: 'attempt', steps: [step] }] }), JSON.stringify(step));
    }
  });
});

describe('a program', () => {
  const steps: unknown[] = [];

  test('has a green thread named main', () => {
    assert.ok(Program.safeParse({ threads: { main: { steps } } }).success);
    assert.ok(!Program.safeParse({ threads: { other: { steps } } }).success);
    assert.ok(!Program.safeParse({ threads: {} }).success);
  });

  test('has variables of any value, and nothing else', () => {
    const variables = { a: null, b: [1, ['x', true, null]], c: 'text', d: 0.5 };
    assert.ok(Program.safeParse({ threads: { main: { steps } }, variables }).success);
    assert.ok(!Program.safeParse({ threads: { main: { steps } }, variables: { a: {} } }).success);
    assert.ok(!Program.safeParse({ threads: { main: { steps } }, gates: [] }).success);
  });
});

test('a name travels in a line of words: it is short, begins with a letter, and holds no space', () => {
  for (const name of ['a', 'A1', 'end-of-subject', 'a_b.c', 'x'.repeat(40)])
    assert.ok(Name.safeParse(name).success, name);
  for (const name of ['', '1a', 'a b', 'a#1', 'a/b', 'a\n', 'ä', 'x'.repeat(41), '*/', "a'b"])
    assert.ok(!Name.safeParse(name).success, name);
});
