import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../../reference-impl/mysql-library';

test('a worker that ends wakes the thread that waits for it, and the next call starts another', () => {
  for (let i = 0; i < 2; i++) {
    assert.throws(() => call({ do: 'close', connection: 99 }), /ended without an answer/);
  }
  const { error } = call({ do: 'connect', options: { host: '127.0.0.1', port: 1 } });
  assert.match(error?.message ?? '', /ECONNREFUSED/);
});
