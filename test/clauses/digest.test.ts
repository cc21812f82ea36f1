import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { digestOf, normalise } from '../../src/clauses/digest';

describe('what does not change a sentence', () => {
  const plain = 'All services use one thread, see the link text for greenthread.sleep(0)';

  test('line breaks, markup, the target of a link, and the mark at its end', () => {
    for (const same of [
      `${plain}.`,
      `  ${plain}:\n`,
      'All services use\n   one thread, see the link text\nfor greenthread.sleep(0)',
      'All services use **one** thread, see the *link text* for ``greenthread.sleep(0)``.',
      'All services use one thread, see the `link text <http://example.org/a>`_ for greenthread.sleep(0)',
      'All services use one thread, see the `link text <http://example.org/b>`__ for greenthread.sleep(0)',
      'All services use one thread , see the link text for greenthread.sleep(0) .',
    ])
      assert.equal(normalise(same), plain);
  });

  test('an underscore inside a word is no markup', () => {
    assert.equal(normalise('call monkey_patch, then link_.'), 'call monkey_patch, then link');
  });
});

test('a word more, less or other is another sentence', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(words, words, (one, other) => {
      assert.equal(digestOf(one.join(' ')) === digestOf(other.join('\n')), one.join(' ') === other.join(' '));
    }),
  );
});

test('what is normal stays as it is', () => {
  const text = fc.array(
    fc.constantFrom('a', 'bc', '`', '*', '_', ' ', '\n', '.', ',', ':', '<x>`_', '`y <z>`_', '(', ')'),
  );
  fc.assert(
    fc.property(text, (parts) => {
      const once = normalise(parts.join(''));
      assert.ok(!/\s{2}|[`*]|^\s|\s$/.test(once), once);
    }),
  );
});

test('a digest is 16 hexadecimal digits, the same wherever it is made', () => {
  assert.equal(digestOf('a sentence'), digestOf(' a\tsentence. '));
  assert.match(digestOf(''), /^[0-9a-f]{16}$/);
  assert.equal(digestOf(''), 'e3b0c44298fc1c14');
});
