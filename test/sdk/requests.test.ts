import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { InitializeParams } from '../../src/protocol/messages';
import { readInitialize, readRequest } from '../../src/sdk/requests';
import { SAMPLES } from '../protocol/samples';

describe('the parameters of initialize', () => {
  test('are read by hand as the schema reads them', () => {
    const { right = [], wrong = [] } = SAMPLES.InitializeParams ?? {};
    for (const params of [...right, ...wrong, null, 7, [], 'initialize']) agree(params);
  });

  test('of any kind, too', () => {
    const field = fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.string(), fc.constant(undefined));
    fc.assert(fc.property(fc.record({ protocol: field, patch: field, pool: field }), agree));
    fc.assert(fc.property(fc.integer(), (pool) => agree({ protocol: 1, patch: true, pool })));
  });
});

function agree(params: unknown): void {
  const schema = InitializeParams.safeParse(params);
  const read = readInitialize(params);
  if (schema.success) assert.deepEqual(read, schema.data);
  else assert.equal(typeof read, 'string');
}

describe('a request', () => {
  test('has a version, an id and a method', () => {
    const request = { jsonrpc: '2.0', id: 1, method: 'run', params: { a: 1 } };
    assert.deepEqual(readRequest(request), { id: 1, method: 'run', params: { a: 1 } });
    for (const [wrong, word] of [
      [[], 'object'],
      [null, 'object'],
      [{ ...request, jsonrpc: '1.0' }, 'jsonrpc'],
      [{ ...request, id: '1' }, 'id'],
      [{ ...request, id: 1.5 }, 'id'],
      [{ ...request, method: undefined }, 'method'],
    ] as const) {
      const read = readRequest(wrong);
      assert.ok(typeof read === 'string' && read.includes(word), `${JSON.stringify(wrong)}: ${JSON.stringify(read)}`);
    }
  });
});
