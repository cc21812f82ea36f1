import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profileLines } from '../../src/report/profile';

const FACTS = [
  { id: 'a', question: 'What is it?', answer: 'it waits' },
  { id: 'b', question: 'And what else is it?', answer: 'unknown', detail: 'it ended\nand more' },
];

test('a profile is told in one line', () => {
  assert.deepEqual(profileLines(FACTS, 'reports/x.json', false), ['2 profile facts: reports/x.json']);
});

test('told at length, each fact has a line, with what more there is to say of it', () => {
  assert.deepEqual(profileLines(FACTS, 'reports/x.json', true), [
    '2 profile facts: reports/x.json',
    '  What is it?           it waits',
    '  And what else is it?  unknown (it ended)',
  ]);
});

test('what comes from an adapter acts on no terminal', () => {
  const [, line = ''] = profileLines([{ id: 'a', question: 'It?', answer: '\u001b[2J' }], 'x', true);
  assert.ok(!line.includes('\u001b'));
});
