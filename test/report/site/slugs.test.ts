import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { slugs } from '../../../src/report/site/slugs';

test('a slug is fit for a file and an address, and tells what it stands for', () => {
  assert.deepEqual(slugs(['eventlet', 'Sleep of 0.001 seconds (pending: 2)']), [
    'eventlet',
    'Sleep-of-0.001-seconds-pending-2',
  ]);
});

test('no two are alike, and none leads out of its folder, whatever the texts', () => {
  const strange = fc.constantFrom('..', '.', '../../etc/passwd', '', 'A', 'a', '<script>', '\u0000', 'x'.repeat(500));
  fc.assert(
    fc.property(fc.array(fc.oneof(strange, fc.string())), (texts) => {
      const made = slugs(texts);
      assert.equal(new Set(made.map((slug) => slug.toLowerCase())).size, texts.length);
      for (const slug of made) assert.match(slug, /^\w[\w.-]*$/);
    }),
  );
});
