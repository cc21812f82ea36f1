import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import type { RunOptions } from '../../src/cli/run-options';
import { settle } from '../../src/cli/settings';
import type { LoadedConfig } from '../../src/config/load';

const NONE: RunOptions = { tags: '', verbose: false, report: false };
const config = (config: LoadedConfig['config']): LoadedConfig => ({ folder: '/mine', config });

test('single scenarios leave the results of whole runs as they are, unless it is said where to write', () => {
  const one = { ...NONE, scenario: ['features/mysql.feature:20'] };
  assert.equal(settle(one, undefined, {}).reports, resolve('reports', 'again'));
  assert.equal(settle(one, config({ reports: 'out' }), {}).reports, join('/mine', 'out', 'again'));
  assert.equal(settle({ ...one, reports: 'there' }, config({ reports: 'out' }), {}).reports, resolve('there'));
});

test('without a word the results go to reports, here', () => {
  assert.equal(settle(NONE, undefined, {}).reports, resolve('reports'));
  assert.equal(settle(NONE, config({}), {}).reports, resolve('reports'));
});

test('the command line wins over the configuration, in each setting by itself', () => {
  const loaded = config({ reports: 'out', deadline: 5, parallel: 2 });
  const { reports, deadline, parallel } = settle(NONE, loaded, {});
  assert.deepEqual([reports, deadline, parallel], [join('/mine', 'out'), 5, 2]);
  const won = settle({ ...NONE, deadline: 7, reports: 'there' }, loaded, {});
  assert.deepEqual([won.reports, won.deadline, won.parallel], [resolve('there'), 7, 2]);
});

test('runtimes are tested two at a time at most, and one where scenarios run together, unless it is said how many', () => {
  const jobs = (options: Partial<RunOptions>): number => settle({ ...NONE, ...options }, undefined, {}).jobs;
  assert.equal(jobs({}), availableParallelism() < 2 ? 1 : 3);
  assert.equal(jobs({ parallel: 4 }), 1);
  assert.equal(jobs({ parallel: 4, jobs: 2 }), 2);
});

test('the profile is taken where all scenarios are run, and where it is asked for', () => {
  const facts = (options: Partial<RunOptions>): boolean => settle({ ...NONE, ...options }, undefined, {}).facts;
  assert.equal(facts({}), true);
  assert.equal(facts({ facts: false }), false);
  assert.equal(facts({ tags: '@TM-1' }), false);
  assert.equal(facts({ scenario: ['features/mysql.feature:5'] }), false);
  assert.equal(facts({ tags: '@TM-1', facts: true }), true);
});

describe('the database', () => {
  const env = { GREENSPEC_MYSQL: 'mysql://env', GREENSPEC_MYSQL_IMAGE: 'env' };
  const database = (options: Partial<RunOptions>, loaded: LoadedConfig | undefined, env = {}): unknown[] => {
    const { mysql, image } = settle({ ...NONE, ...options }, loaded, env);
    return [mysql, image];
  };

  test('is the one of the command line, else of the configuration, else of the environment', () => {
    const loaded = config({ database: { mysql: 'mysql://config' } });
    assert.deepEqual(database({ mysql: 'mysql://line' }, loaded, env), ['mysql://line', undefined]);
    assert.deepEqual(database({}, loaded, env), ['mysql://config', undefined]);
    assert.deepEqual(database({}, config({}), env), ['mysql://env', undefined]);
    assert.deepEqual(database({}, undefined), [undefined, undefined]);
  });

  test('is not mixed of two places: who names an image means no address that another named', () => {
    assert.deepEqual(database({ mysqlImage: 'line' }, config({ database: { mysql: 'mysql://config' } }), env), [
      undefined,
      'line',
    ]);
    assert.deepEqual(database({}, config({ database: { image: 'config' } }), env), [undefined, 'config']);
  });

  test('is an address before an image, and what is empty in the environment is not there', () => {
    assert.deepEqual(database({ mysql: 'mysql://line', mysqlImage: 'line' }, undefined), ['mysql://line', undefined]);
    assert.deepEqual(database({}, undefined, { GREENSPEC_MYSQL: '', GREENSPEC_MYSQL_IMAGE: 'env' }), [
      undefined,
      'env',
    ]);
  });
});
