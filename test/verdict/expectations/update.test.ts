import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseExpectations } from '../../../src/verdict/expectations/read';
import { type Update, updateExpectations } from '../../../src/verdict/expectations/update';
import type { ScenarioResult } from '../../../src/verdict/result';
import { FILE, judged, run, SCENARIOS } from './support';

function updated(text: string, results: readonly ScenarioResult[]): Update {
  return updateExpectations(parseExpectations(FILE, text), SCENARIOS, results);
}

const LINK = 'link: https://example.org/1';
const TEXT = `# What is known of mine.
known:
  # The queries.
  - scenario: It queries
    reason: "it is so" # really
    ${LINK}

  # Two at once.
  - scenario: It computes*
    clause: TM-2
    reason: it is preempted
    ${LINK}
    why: ran meanwhile

# At times.
flaky:
  - scenario: It sleeps long
    reason: at times
    ${LINK}
    repeat: 2
`;
const WHY = 'others ran meanwhile';

describe('a file of expectations is made to fit', () => {
  test('by leaving it as it is where all of it holds', () => {
    const { text, ...counts } = updated(TEXT, run({ 0: 'fail', 1: 'fail', 4: 'fail', 5: 'fail' }, WHY));
    assert.equal(text, TEXT);
    assert.deepEqual(counts, { kept: 2, added: 0, gone: 0 });
  });

  test('by taking out, with its comment, what passes or does not apply', () => {
    for (const verdict of ['pass', 'not-applicable'] as const) {
      const { text, ...counts } = updated(TEXT, run({ 0: 'fail', 1: 'fail', 5: verdict }, WHY));
      assert.doesNotMatch(text, /queries/);
      assert.match(
        text,
        /# What is known of mine\.[\s\S]*# Two at once\.\n {2}- scenario: It computes\*[\s\S]*# At times\./,
      );
      assert.deepEqual(counts, { kept: 1, added: 0, gone: 1 });
    }
  });

  test('by adding what fails, with a reason that is yet to be written', () => {
    const { text, ...counts } = updated(TEXT, run({ 0: 'fail', 1: 'fail', 3: 'fail', 5: 'fail' }, WHY));
    assert.deepEqual(counts, { kept: 2, added: 1, gone: 0 });
    const added = parseExpectations(FILE, text).entries.filter(({ reason }) => reason.startsWith('TODO'));
    assert.deepEqual(
      added.map(({ clause, scenario, reason }) => ({ clause, scenario, reason })),
      [{ clause: 'TM-3', scenario: 'It sleeps', reason: `TODO say why: ${WHY}` }],
    );
    const kinds = judged(text, run({ 0: 'fail', 1: 'fail', 3: 'fail', 5: 'fail' }, WHY)).deviations.map(
      ({ kind }) => kind,
    );
    assert.deepEqual(kinds, ['unexplained']);
  });

  test('by writing out those rows of an outline that still fail, with the reason of all', () => {
    const { text } = updated(TEXT, run({ 1: 'fail', 5: 'fail' }, WHY));
    assert.match(
      text,
      /# Two at once\.\n {2}- clause: TM-2\n {4}scenario: "?It computes \(ready: 10\)"?\n {4}reason: it is preempted\n {4}link: .*\n {4}why: ran meanwhile\n/,
    );
    assert.doesNotMatch(text, /ready: 1\)/);
  });

  test('by asking anew why something fails for another reason than was pinned', () => {
    const { text } = updated(TEXT, run({ 0: 'fail', 1: 'fail', 5: 'fail' }, 'it was lost'));
    const entries = parseExpectations(FILE, text).entries.filter(({ clause }) => clause === 'TM-2');
    assert.deepEqual(
      entries.map(({ why, reason }) => [why, reason]),
      Array(2).fill([undefined, 'TODO say why: it was lost (before: it is preempted)']),
    );
  });

  test('by saying nothing of what is open', () => {
    const { text } = updated(TEXT, run({ 0: 'inconclusive', 1: 'inconclusive', 2: 'inconclusive', 5: 'inconclusive' }));
    assert.equal(text, TEXT);
    assert.match(updated(TEXT, run({ 0: 'inconclusive' })).text, /scenario: "?It computes \(ready: 1\)"?\n/);
  });

  test('by naming one by one, too, what falls to an entry since a closer one has gone', () => {
    const more = `  - scenario: "It computes (ready: 1)"\n    reason: it is alone\n    ${LINK}\n`;
    const { text, ...counts } = updated(
      TEXT.replace('\n# At times.', `${more}\n# At times.`),
      run({ 1: 'fail', 5: 'fail' }, WHY),
    );
    assert.deepEqual(counts, { kept: 2, added: 0, gone: 1 });
    const { entries } = parseExpectations(FILE, text);
    assert.deepEqual(
      entries.map(({ scenario }) => scenario),
      ['It queries', 'It computes (ready: 10)', 'It sleeps long'],
    );
    assert.deepEqual(judged(text, run({ 1: 'fail', 5: 'fail' }, WHY)).deviations, []);
  });

  test('from nothing', () => {
    for (const nothing of ['', '# mine\n', 'known: []\n', 'flaky: []\n']) {
      const { text, ...counts } = updated(nothing, run({ 5: 'fail' }));
      assert.deepEqual(counts, { kept: 0, added: 1, gone: 0 });
      assert.match(
        text,
        /known:\n {2}- clause: MY-1\n {4}scenario: It queries\n {4}reason: "TODO say why: it did not"\n/,
      );
      if (nothing.startsWith('#')) assert.match(text, /^# mine\n/);
    }
    assert.deepEqual(parseExpectations(FILE, updated('', run()).text).entries, []);
  });
});

test('whatever stood there and whatever came, the new file fits it, but for reasons that are yet to be written', () => {
  const target = fc.constantFrom(
    'clause: TM-2',
    'clause: MY-1',
    'scenario: It computes*',
    'scenario: It sleeps',
    '{clause: TM-3, scenario: It sleeps*}',
    'scenario: It queries',
  );
  const entry = (at: string): string =>
    at.startsWith('{')
      ? `  - ${at.replace('}', `, reason: it is so, ${LINK}}`)}\n`
      : `  - ${at}\n    reason: it is so\n    ${LINK}\n`;
  const texts = fc
    .uniqueArray(target)
    .map((targets) => (targets.length === 0 ? '' : `known:\n${targets.map(entry).join('')}`));
  const verdict = fc.constantFrom('pass' as const, 'fail' as const, 'not-applicable' as const, 'inconclusive' as const);
  const verdicts = fc.array(verdict, { minLength: SCENARIOS.length, maxLength: SCENARIOS.length });
  fc.assert(
    fc.property(texts, verdicts, (text, verdicts) => {
      let before: ReturnType<typeof judged>;
      const results = run({ ...verdicts });
      try {
        before = judged(text, results);
      } catch {
        return;
      }
      const { text: after } = updated(text, results);
      const { deviations, results: held } = judged(after, results);
      assert.deepEqual(
        deviations.filter(({ kind }) => kind !== 'unexplained'),
        [],
      );
      assert.ok(held.every(({ verdict, expected }) => verdict !== 'fail' || expected !== undefined));
      assert.equal(updated(after, results).text, after, 'a second update changes something');
      for (const { expected } of before.results) if (expected !== undefined) assert.ok(after.includes(expected.reason));
    }),
    { numRuns: 1000 },
  );
});
