import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Clause } from '../../src/clauses/catalogue';
import { digestOf } from '../../src/clauses/digest';
import { compareDocument, type Sentence, splitDocument } from '../../src/clauses/document';

/** A page of our own, of the same make as one in the field's documentation. */
const PAGE = `
Bread and ovens
===============

All loaves of the house are baked in *one* oven. An oven has a single door, see the
\`manual of the oven <https://example.org/oven>\`_ for that. Whoever opens it, say with
\`\`oven.open()\`\`, lets the heat out.

Letting dough rest
------------------

Dough that is kneaded without a pause grows tough. A pause is made like this::

  from bakery import dough
  ...
  dough.rest(0)

The pause costs nothing, e.g. no heat, if there is one loaf only. Is that so? Yes!

.. _manual: https://example.org/manual

Ovens of stone
--------------

Stone keeps its heat.
`;

const SENTENCES: readonly [section: string, sentence: Sentence['sentence'], text: string][] = [
  ['Bread and ovens', 1, 'All loaves of the house are baked in *one* oven.'],
  [
    'Bread and ovens',
    2,
    'An oven has a single door, see the `manual of the oven <https://example.org/oven>`_ for that.',
  ],
  ['Bread and ovens', 3, 'Whoever opens it, say with ``oven.open()``, lets the heat out.'],
  ['Letting dough rest', 1, 'Dough that is kneaded without a pause grows tough.'],
  ['Letting dough rest', 2, 'A pause is made like this::'],
  ['Letting dough rest', 'code sample', 'from bakery import dough ... dough.rest(0)'],
  ['Letting dough rest', 3, 'The pause costs nothing, e.g. no heat, if there is one loaf only.'],
  ['Letting dough rest', 4, 'Is that so?'],
  ['Letting dough rest', 5, 'Yes!'],
  ['Ovens of stone', 1, 'Stone keeps its heat.'],
];

const told = (list: readonly Sentence[]) => list.map(({ section, sentence, text }) => [section, sentence, text]);

describe('a page is split', () => {
  test('into the sentences of its sections, and its sample of code', () => {
    assert.deepEqual(told(splitDocument(PAGE)), SENTENCES);
  });

  test('alike where its lines were lost on the way, or broken elsewhere', () => {
    const whole = splitDocument(PAGE);
    assert.deepEqual(splitDocument(PAGE.replace(/\n+/g, ' ')), whole);
    assert.deepEqual(splitDocument(PAGE.replace(/\n/g, '\r\n')), whole);
    assert.deepEqual(splitDocument(PAGE.replace('baked in *one* oven', 'baked\nin *one*\noven')), whole);
  });

  test('with the digest of each sentence', () => {
    for (const { text, digest } of splitDocument(PAGE)) assert.equal(digest, digestOf(text));
  });

  test('into nothing where it has no sections', () => {
    assert.deepEqual(splitDocument(''), []);
    assert.deepEqual(splitDocument('A sentence without a title. Another one.'), []);
    assert.deepEqual(splitDocument('Only a title\n============\n'), []);
  });
});

/** A catalogue of the page: the first clause of each sentence, two for one of them. */
const clauses: Clause[] = SENTENCES.flatMap(([section, sentence, text], i) => {
  const clause: Clause = {
    ...{ id: `BR-${i + 1}`, section, sentence, digest: digestOf(text), says: 'It is so.' },
    ...({ strength: 'must', polarity: 'none' } as const),
  };
  return i === 6
    ? [
        { ...clause, id: 'BR-7a' },
        { ...clause, id: 'BR-7b' },
      ]
    : [clause];
});

const ids = (list: readonly Clause[]): string[] => list.map(({ id }) => id);

function compared(page: string) {
  const { known, changed, added, gone } = compareDocument(clauses, splitDocument(page));
  return {
    known: known.flatMap((found) => ids(found.clauses)),
    changed: changed.map((found) => [ids(found.clauses), found.sentence.text]),
    added: added.map(({ section, sentence, text }) => [section, sentence, text]),
    gone: ids(gone),
  };
}

const without = (...left: string[]): string[] => ids(clauses).filter((id) => !left.includes(id));

describe('a copy is compared', () => {
  test('with none missing, whatever its markup and its lines', () => {
    const plain = { known: ids(clauses), changed: [], added: [], gone: [] };
    assert.deepEqual(compared(PAGE), plain);
    assert.deepEqual(compared(PAGE.replace('*one*', '**one**').replace('org/oven', 'net/stove')), plain);
    assert.deepEqual(compared(PAGE.replace(/\n+/g, ' ')), plain);
  });

  test('a sentence with a word that is another has changed, with both clauses that it holds', () => {
    const page = PAGE.replace('costs nothing', 'costs little');
    assert.deepEqual(compared(page), {
      known: without('BR-7a', 'BR-7b'),
      changed: [[['BR-7a', 'BR-7b'], 'The pause costs little, e.g. no heat, if there is one loaf only.']],
      added: [],
      gone: [],
    });
  });

  test('the sample of code has changed', () => {
    assert.deepEqual(compared(PAGE.replace('dough.rest(0)', 'dough.rest(1)')).changed, [
      [['BR-6'], 'from bakery import dough ... dough.rest(1)'],
    ]);
  });

  test('a sentence more is new, and those after it, at other places now, are known all the same', () => {
    const page = PAGE.replace('Dough that', 'Rest is needed. Dough that');
    assert.deepEqual(compared(page), {
      known: ids(clauses),
      changed: [],
      added: [['Letting dough rest', 1, 'Rest is needed.']],
      gone: [],
    });
  });

  test('a sentence less is gone, and one that went to another section is not', () => {
    const page = PAGE.replace('Is that so? Yes!', 'Yes!').replace('Stone keeps', 'Is that so? Stone keeps');
    assert.deepEqual(compared(page), {
      known: [...without('BR-8'), 'BR-8'].sort(byPlaceIn(page)),
      changed: [],
      added: [],
      gone: [],
    });
    assert.deepEqual(compared(PAGE.replace('Is that so? ', '')).gone, ['BR-8']);
  });

  test('a section that is gone takes its clauses with it; a page of another kind, all', () => {
    const cut = PAGE.slice(0, PAGE.indexOf('Ovens of stone'));
    assert.deepEqual(compared(cut).gone, ['BR-10']);
    assert.deepEqual(compared('Other\n=====\n\nNothing of it.').gone, ids(clauses));
  });
});

/** Known clauses come in the order of the copy. */
function byPlaceIn(page: string): (a: string, b: string) => number {
  const digests = splitDocument(page).map(({ digest }) => digest);
  const place = (id: string): number => digests.indexOf(clauses.find((clause) => clause.id === id)?.digest ?? '');
  return (a, b) => place(a) - place(b);
}
