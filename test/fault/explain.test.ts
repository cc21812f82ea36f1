import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../src/fault/explain';
import { Fault } from '../../src/fault/fault';

test('an error is explained: who, what, what was expected, what came, what to do, and why', () => {
  const facts = { what: 'it ended', expected: 'an answer', came: 'nothing', advice: 'look at its log' };
  const error = new Fault({ party: 'adapter', ...facts }, { cause: new Error('EPIPE', { cause: 'a broken pipe' }) });
  assert.deepEqual(explain(error).split('\n'), [
    'adapter: it ended',
    '  expected: an answer',
    '  came: nothing',
    '  to do: look at its log',
    '  because: EPIPE',
    '  because: a broken pipe',
  ]);
});

test('nothing of it acts on a terminal, and no part of it is without end', () => {
  const came = `\u001b[2J\u0007${'x'.repeat(1_000_000)}`;
  const told = explain(new Fault({ party: 'adapter', what: 'odd', came }, { cause: new Error('\u009b1A') }));
  assert.doesNotMatch(told.replaceAll('\n', ''), /\p{Cc}/u);
  assert.match(told, /came: \ufffd\[2J\ufffdx+… \(\d+ more characters\)$/);
});
