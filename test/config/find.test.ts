import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findConfig } from '../../src/config/find';
import { folder } from './support';

test('the configuration of a folder goes before one above it, whatever it is written in', (t) => {
  const above = folder(t);
  const here = join(above, 'a', 'b');
  mkdirSync(here, { recursive: true });
  assert.equal(findConfig(here), undefined);
  for (const [where, ending] of [
    [above, 'json'],
    [join(above, 'a'), 'ts'],
    [here, 'js'],
  ] as const) {
    const path = join(where, `greenspec.config.${ending}`);
    writeFileSync(path, '{}');
    assert.equal(findConfig(here), path);
  }
});

test('a folder with two is told: neither is taken', (t) => {
  const here = folder(t);
  for (const ending of ['json', 'js']) writeFileSync(join(here, `greenspec.config.${ending}`), '{}');
  assert.throws(() => findConfig(here), /has 2 configurations/);
});
