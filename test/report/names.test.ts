import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOf } from '../../src/report/names';
import { result } from './site/results';

const database = { provider: 'container', server: 'MariaDB', version: '11.8' };

test('a result is called as its runtime where that tells it from all others', () => {
  assert.deepEqual(namesOf([result('a', []), result('b', [])]), ['a', 'b']);
});

test('runs of one runtime are told apart by what differs: when, then version or server, then a number', () => {
  const later = result('a', [], { date: '2026-11-26T08:00:00.000Z' });
  assert.deepEqual(namesOf([result('a', []), later, result('b', [])]), [
    'a, 2026-11-25 10:00',
    'a, 2026-11-26 08:00',
    'b',
  ]);
  assert.deepEqual(namesOf([result('a', []), result('a', [], { database })]), ['a, MySQL 9.7.4', 'a, MariaDB 11.8']);
  assert.deepEqual(namesOf([result('a', []), result('a', [])]), ['a, 1', 'a, 2']);
  const names = namesOf([later, later, result('a', []), result('a', [], { database })]);
  assert.equal(new Set(names).size, 4, names.join('; '));
});
