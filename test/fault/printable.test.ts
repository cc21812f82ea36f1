import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable, printableAll } from '../../src/fault/printable';

test('control characters, and those that turn the direction of the text, are shown as what they are: nothing', () => {
  assert.equal(printable('a\u001b[31mb\u202ec\u0000'), 'a\ufffd[31mb\ufffdc\ufffd');
  assert.equal(printable('half a pair \ud83d, no character \uffff'), 'half a pair \ufffd, no character \ufffd');
  assert.equal(printable('two\nlines\tare kept'), 'two\nlines\tare kept');
});

test('a long text is cut, and says so', () => {
  assert.equal(printable('x'.repeat(12), 10), `${'x'.repeat(10)}… (2 more characters)`);
  assert.equal(printable('\u{1f600}', 1), '\ufffd… (1 more characters)');
  assert.ok(printable('x'.repeat(1_000_000)).length < 700);
});

test('all texts of a value are made printable, but those under the key that is left alone', () => {
  const value = { a: ['\u0007', 1, null], b: { record: '\u0007', c: '\u0007' } };
  assert.deepEqual(printableAll(value, 'record'), { a: ['\ufffd', 1, null], b: { record: '\u0007', c: '\ufffd' } });
});
