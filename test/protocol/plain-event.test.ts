import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Notification } from '../../src/protocol/messages';
import { plainEvent } from '../../src/protocol/plain-event';

const event = { run: 'r1', n: 1, thread: 'subject#1', os: 7, label: 'it', phase: 'finished' };
const message = (params: unknown): object => ({ jsonrpc: '2.0', method: 'event', params });

/** What each field may hold, rightly or not. */
const any = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    '',
    'r1',
    'two words',
    'x'.repeat(61),
    'ab\n',
    [],
    [1],
    {},
    'started',
    'ended',
  ),
  fc.constantFrom(0, -0, -1, 1.5, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN),
  fc.integer(),
  fc.string(),
);

describe('a plain event', () => {
  test('is taken as it is, with and without a value', () => {
    for (const value of [undefined, null, 'text', 0.5, true]) {
      const params = value === undefined ? event : { ...event, at: 12.5, value };
      assert.deepEqual(plainEvent(message(params)), params);
    }
  });

  test('is none that the schema would not take, or would take as another', () => {
    const fields = ['run', 'n', 'thread', 'os', 'at', 'label', 'phase', 'value', 'error', 'more'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...fields), any, (field, value) => {
        const sent = message(JSON.parse(JSON.stringify({ ...event, [field]: value }).replace('"n":null', '"n":1e999')));
        const plain = plainEvent(sent);
        if (plain !== undefined) assert.deepEqual(Notification.safeParse(sent).data?.params, plain);
      }),
      { numRuns: 3000 },
    );
  });

  test('is none of a list, of nothing, or of another version', () => {
    for (const params of [undefined, null, [], 'text', 1]) assert.equal(plainEvent(message(params)), undefined);
    assert.equal(plainEvent({ ...message(event), jsonrpc: '1.0' }), undefined);
  });
});
