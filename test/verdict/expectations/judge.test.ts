import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judged, run } from './support';

const LINK = 'link: https://example.org/1';

/** A known difference, as the file has it. */
function known(target: string, more = ''): string {
  return `known:\n  - ${target}\n    reason: it is so\n    ${LINK}\n${more}`;
}

describe('a scenario that is known to fail', () => {
  const TEXT = known('scenario: It queries');

  test('and fails is as expected, and says why, and where that stands', () => {
    const { results, deviations, outcome } = judged(TEXT, run({ 5: 'fail' }));
    assert.equal(outcome, 'as-expected');
    assert.deepEqual(deviations, []);
    const [{ expected } = {}, ...others] = results.filter((one) => one.expected !== undefined);
    assert.deepEqual(others, []);
    const where = { file: 'mine.yaml', line: 2 };
    assert.deepEqual(expected, { list: 'known', reason: 'it is so', link: 'https://example.org/1', ...where });
  });

  test('and passes makes the run differ', () => {
    const { results, deviations, outcome } = judged(TEXT, run());
    assert.equal(outcome, 'differs');
    assert.deepEqual(deviations, [
      { kind: 'unexpected-pass', file: 'mine.yaml', line: 2, says: '"It queries" passes: take the entry out' },
    ]);
    assert.ok(results.every(({ expected }) => expected === undefined));
  });

  test('excuses no other', () => {
    const { deviations, outcome } = judged(TEXT, run({ 5: 'fail', 4: 'fail' }));
    assert.deepEqual([deviations, outcome], [[], 'differs']);
  });

  test('and is open is neither: the run is not judged', () => {
    const { deviations, outcome } = judged(TEXT, run({ 5: 'inconclusive' }));
    assert.deepEqual([deviations, outcome], [[], 'not-judged']);
  });

  test('and does not apply needs no entry', () => {
    const { deviations, outcome } = judged(TEXT, run({ 5: 'not-applicable' }));
    assert.deepEqual([deviations.map(({ kind }) => kind), outcome], [['stale'], 'differs']);
  });

  test('and was not run is no news', () => {
    const { deviations, outcome } = judged(TEXT, run().slice(0, 3));
    assert.deepEqual([deviations, outcome], [[], 'conforms']);
  });
});

test('a run without a difference conforms, and one that was cut is not judged, whatever was expected', () => {
  assert.equal(judged('', run()).outcome, 'conforms');
  assert.equal(judged('', run(), true).outcome, 'not-judged');
  assert.equal(judged(known('scenario: It queries'), run({ 5: 'fail' }), true).outcome, 'not-judged');
  assert.equal(judged('', []).outcome, 'not-judged');
});

describe('a reason that is pinned', () => {
  const TEXT = known('clause: TM-2', '    why: two OS threads\n');

  test('is the reason: as expected', () => {
    const { deviations, outcome } = judged(TEXT, run({ 0: 'fail' }, 'there are two OS threads'));
    assert.deepEqual([deviations, outcome], [[], 'as-expected']);
  });

  test('is not the reason: that is told, and the failure is not expected', () => {
    const { results, deviations, outcome } = judged(TEXT, run({ 0: 'fail' }, 'it was lost'));
    assert.equal(outcome, 'differs');
    assert.equal(results[0]?.expected, undefined);
    assert.deepEqual(
      deviations.map(({ kind, says }) => [kind, says]),
      [['another-reason', '"It computes (ready: 1)" fails for another reason than "two OS threads": it was lost']],
    );
  });
});

describe('a clause that is known to fail', () => {
  const TEXT = known('clause: TM-2');

  test('may fail in part', () => {
    const { deviations, outcome } = judged(TEXT, run({ 1: 'fail', 2: 'not-applicable' }));
    assert.deepEqual([deviations, outcome], [[], 'as-expected']);
  });

  test('must fail somewhere', () => {
    const { deviations, outcome } = judged(TEXT, run());
    assert.equal(outcome, 'differs');
    assert.deepEqual(
      deviations.map(({ kind, says }) => [kind, says]),
      [['stale', 'TM-2: nothing of it fails: take the entry out']],
    );
  });

  test('need not where only some of it was run, or where something is open', () => {
    assert.deepEqual(judged(TEXT, run().slice(1)).deviations, []);
    assert.deepEqual(judged(TEXT, run({ 0: 'inconclusive' })).deviations, []);
  });
});

test('the rows of an outline must all fail, as far as they apply', () => {
  const text = known('scenario: It computes*');
  assert.equal(judged(text, run({ 0: 'fail', 1: 'fail' })).outcome, 'as-expected');
  assert.equal(judged(text, run({ 0: 'fail', 1: 'not-applicable' })).outcome, 'as-expected');
  const { deviations, outcome } = judged(text, run({ 0: 'fail' }));
  assert.equal(outcome, 'differs');
  assert.deepEqual(
    deviations.map(({ says }) => says),
    ['"It computes (ready: 10)" passes: name those that fail one by one'],
  );
});

describe('an entry that nobody has explained', () => {
  const UNEXPLAINED: readonly [what: string, text: string, says: RegExp][] = [
    [
      'a reason yet to be written',
      `known:\n  - clause: MY-1\n    reason: TODO say why\n    ${LINK}\n`,
      /write the reason/,
    ],
    ['no link', 'known:\n  - clause: MY-1\n    reason: it is so\n', /no link/],
    ['a flaky one', 'flaky:\n  - clause: MY-1\n    reason: it is so\n    repeat: 2\n', /no link/],
  ];
  for (const [what, text, says] of UNEXPLAINED)
    test(`keeps the run from being as expected: ${what}`, () => {
      const { deviations, outcome } = judged(text, run({ 5: 'fail' }));
      assert.equal(outcome, 'differs');
      assert.deepEqual(
        deviations.map(({ kind }) => kind),
        ['unexplained'],
      );
      assert.match(deviations[0]?.says ?? '', says);
    });
});

describe('a flaky scenario', () => {
  const TEXT = `flaky:\n  - scenario: It queries\n    reason: at times\n    ${LINK}\n    repeat: 3\n`;

  test('is as expected whether it fails or passes, and is never told as a pass', () => {
    for (const verdict of ['pass', 'fail'] as const) {
      const { results, deviations, outcome } = judged(TEXT, run({ 5: verdict }));
      assert.deepEqual([deviations, outcome], [[], 'as-expected']);
      assert.equal(results[5]?.expected?.list, 'flaky');
    }
  });

  test('is not judged where it is open, and needs no entry where it does not apply', () => {
    assert.equal(judged(TEXT, run({ 5: 'inconclusive' })).outcome, 'not-judged');
    assert.deepEqual(
      judged(TEXT, run({ 5: 'not-applicable' })).deviations.map(({ kind }) => kind),
      ['stale'],
    );
  });
});
