import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readCatalogue, Strength } from '../../src/clauses/catalogue';
import { ROOT } from '../../src/project';

const { clauses } = readCatalogue(ROOT);
const ids = clauses.map(({ id }) => id);

describe('the catalogue', () => {
  test('has each clause once', () => {
    assert.deepEqual(ids, [...new Set(ids)]);
    assert.ok(ids.length > 0);
  });

  test('gives two halves of a sentence the same digest, and two sentences different ones', () => {
    const sentence = new Map(clauses.map(({ section, sentence: number, digest }) => [`${section} ${number}`, digest]));
    assert.equal(new Set(sentence.values()).size, sentence.size);
    for (const { section, sentence: number, digest } of clauses)
      assert.equal(sentence.get(`${section} ${number}`), digest);
  });

  test('says what it says in a sentence', () => {
    for (const { id, says } of clauses) assert.match(says, /^[A-Z].*\.$/, id);
  });

  test('gives a reason for no scenario only where there is nothing to be tested', () => {
    for (const { id, strength, unscripted } of clauses)
      if (unscripted !== undefined) assert.equal(strength, 'info', id);
  });

  test('is refused where it has a field that is unknown, or a digest that is none', () => {
    const text = readFileSync(join(ROOT, 'spec', 'clauses.json'), 'utf8');
    for (const [from, to] of [
      ['"strength": "must"', '"strength": "may"'],
      ['"digest": "22824427a08702b8"', '"digest": "228244"'],
      ['"id": "TM-1"', '"id": "TM-1", "ticket": 7'],
    ] as const) {
      const root = mkdtempSync(join(tmpdir(), 'greenspec-clauses-'));
      try {
        mkdirSync(join(root, 'spec'));
        writeFileSync(join(root, 'spec', 'clauses.json'), text.replace(from, to));
        assert.throws(() => readCatalogue(root), from);
      } finally {
        rmSync(root, { recursive: true });
      }
    }
  });
});

interface Rule {
  readonly file: string;
  readonly name: string;
  readonly tags: readonly string[];
}

/** The rules of the features, with the line of tags before each. */
const rules: readonly Rule[] = readdirSync(join(ROOT, 'features'))
  .filter((file) => file.endsWith('.feature'))
  .flatMap((file) => {
    const lines = readFileSync(join(ROOT, 'features', file), 'utf8').split('\n');
    return lines.flatMap((line, i) => {
      const name = /^\s*Rule:\s*(.*)$/.exec(line)?.[1];
      if (name === undefined) return [];
      const tags = (lines[i - 1] ?? '').trim().split(/\s+/);
      return [{ file, name, tags: tags.flatMap((tag) => (tag.startsWith('@') ? [tag.slice(1)] : [])) }];
    });
  });

describe('every rule of the features', () => {
  test('names one clause, and its strength', () => {
    assert.ok(rules.length > 0);
    for (const { file, name, tags } of rules) {
      const named = tags.filter((tag) => ids.includes(tag));
      assert.equal(named.length, 1, `${file}: ${name}: ${tags.join(' ')}`);
      const strengths = tags.filter((tag) => Strength.safeParse(tag).success);
      assert.deepEqual(strengths, [clauses.find(({ id }) => id === named[0])?.strength], `${file}: ${name}`);
      assert.equal(tags.length, 2, `${file}: ${name} has a tag that is neither: ${tags.join(' ')}`);
    }
  });

  test('stands for a clause of which no other does, and that has one', () => {
    const named = rules.flatMap(({ tags }) => tags.filter((tag) => ids.includes(tag)));
    assert.deepEqual(named, [...new Set(named)]);
    const unscripted = clauses.filter((clause) => clause.unscripted !== undefined).map(({ id }) => id);
    assert.deepEqual(
      named.filter((id) => unscripted.includes(id)),
      [],
    );
  });
});
