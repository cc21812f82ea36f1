import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCatalogue } from '../../src/clauses/catalogue';
import { ROOT } from '../../src/project';
import { Summary, type SummaryOptions } from '../../src/report/summary';
import type { ScenarioResult } from '../../src/verdict/result';

const { clauses } = readCatalogue(ROOT);
const PLAIN: SummaryOptions = { colour: false, verbose: false };

function result(facts: Partial<ScenarioResult>): ScenarioResult {
  return {
    clause: 'TM-3',
    strength: 'must',
    polarity: 'guarantee',
    name: 'All run on one OS thread',
    feature: 'features/threading-model.feature',
    line: 12,
    gherkin: [],
    verdict: 'pass',
    claims: [],
    milliseconds: 1,
    declaredWait: 0,
    ...facts,
  };
}

function written(results: readonly ScenarioResult[], options = PLAIN): string[] {
  const lines: string[] = [];
  const summary = new Summary(clauses, options, (line) => lines.push(line));
  for (const one of results) summary.scenario(one);
  summary.end();
  return lines;
}

const FAILED = result({
  name: 'Another',
  verdict: 'fail',
  reason: '2 OS threads run green threads\n  for one',
  line: 30,
});

describe('the summary', () => {
  test('of a clause that passes is one line', () => {
    assert.deepEqual(written([result({}), result({})]), [
      '✓ pass  TM-3   To the operating system a service is one thread.  (2 scenarios)',
    ]);
    assert.match(written([result({})])[0] ?? '', /\(1 scenario\)$/);
  });

  test('lists what does not pass, why, where, and what it means', () => {
    assert.deepEqual(written([result({}), FAILED]), [
      '✗ fail  TM-3   To the operating system a service is one thread.  (1 of 2 scenarios) — guarantee lost',
      '          ✗ fail  Another',
      '                  2 OS threads run green threads',
      '                    for one',
      '                  at features/threading-model.feature:30',
    ]);
  });

  test('lists what passes too where that is asked for', () => {
    assert.deepEqual(written([result({ strength: 'should' })], { ...PLAIN, verbose: true }).slice(1), [
      '          ✓ pass  (should) All run on one OS thread',
    ]);
  });

  test('does not call the loss of a hazard bad news', () => {
    const meaning = (polarity: ScenarioResult['polarity']): string | undefined =>
      / — .*$/.exec(written([result({ polarity, verdict: 'fail' })])[0] ?? '')?.[0];
    assert.equal(meaning('hazard'), ' — hazard gone');
    assert.equal(meaning('guarantee'), ' — guarantee lost');
    assert.equal(meaning('advice'), undefined);
    assert.equal(meaning('none'), undefined);
  });

  test('calls nothing lost that is only open or does not apply', () => {
    const [open] = written([result({}), result({ verdict: 'inconclusive', reason: 'no procfs' })]);
    assert.match(open ?? '', /^\? open .*\(1 of 2 scenarios\)$/);
    const lines = written([result({ verdict: 'not-applicable', reason: 'the runtime does not declare patch/on' })]);
    assert.match(lines[0] ?? '', /^- n\/a {3}TM-3 .*\(0 of 1 scenario\)$/);
    assert.deepEqual(lines.slice(2), [
      '                  the runtime does not declare patch/on',
      '                  at features/threading-model.feature:12',
    ]);
  });

  describe('of a difference that was expected', () => {
    const entry = { list: 'known', reason: 'a thread each', file: 'mine.yaml', line: 4 } as const;
    const KNOWN = { ...FAILED, expected: entry };

    test('says so in a word of its own, with the reason and where that stands, and not what happened', () => {
      assert.deepEqual(written([result({}), KNOWN]).slice(0, 4), [
        '≠ known TM-3   To the operating system a service is one thread.  (1 of 2 scenarios) — guarantee lost',
        '          ≠ known Another',
        '                  a thread each',
        '                  expected at mine.yaml:4',
      ]);
      const linked = { ...KNOWN, expected: { ...entry, link: 'https://example.org/1' } };
      assert.equal(written([linked]).at(-1), '                  https://example.org/1, expected at mine.yaml:4');
    });

    test('says what happened, too, where that is asked for', () => {
      const lines = written([KNOWN], { ...PLAIN, verbose: true });
      assert.deepEqual(lines.slice(-3), [
        '                  2 OS threads run green threads',
        '                    for one',
        '                  at features/threading-model.feature:30',
      ]);
    });

    test('hides no other', () => {
      assert.match(written([KNOWN, FAILED])[0] ?? '', /^✗ fail /);
      assert.match(written([KNOWN, result({ verdict: 'inconclusive' })])[0] ?? '', /^\? open /);
    });

    test('is never told as a pass where it is flaky, and how often it passed is', () => {
      const flaky = result({ expected: { ...entry, list: 'flaky' }, repetitions: { passed: 3, of: 3 } });
      const [clause, scenario] = written([result({}), flaky]);
      assert.match(clause ?? '', /^≈ flaky TM-3 .*\(2 scenarios\)$/);
      assert.equal(scenario, '          ≈ flaky All run on one OS thread  (3 of 3 runs passed)');
    });
  });

  test('writes each clause as soon as the next begins, and none twice', () => {
    const lines: string[] = [];
    const summary = new Summary(clauses, PLAIN, (line) => lines.push(line));
    summary.scenario(result({}));
    assert.equal(lines.length, 0);
    summary.scenario(result({ clause: 'MY-1', polarity: 'hazard' }));
    assert.equal(lines.length, 1);
    summary.end();
    summary.end();
    assert.deepEqual(
      lines.map((line) => line.slice(8, 12)),
      ['TM-3', 'MY-1'],
    );
  });

  test('lets nothing that an adapter said act on the terminal, and cuts what is long', () => {
    const reason = `\u001b]0;title\u0007\u001b[2J${'x'.repeat(1_000_000)}`;
    const lines = written([result({ verdict: 'fail', reason, timeline: ['\u001b[31m\r\u009b1A'] })]);
    assert.doesNotMatch(lines.join(''), /\p{Cc}/u);
    assert.match(lines[2] ?? '', /^ +\ufffd\]0;title\ufffd\ufffd\[2Jx+… \(\d+ more characters\)$/);
  });

  test('names a scenario of no clause as that, and says nothing of nothing', () => {
    assert.match(written([result({ clause: 'none' })])[0] ?? '', /none {3}no clause of the document/);
    assert.deepEqual(written([]), []);
  });

  test('says the same in colour, a sign before each verdict', () => {
    const coloured = written([result({}), FAILED], { colour: true, verbose: true });
    const strip = (line: string): string => line.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
    assert.deepEqual(coloured.map(strip), written([result({}), FAILED], { colour: false, verbose: true }));
    assert.notDeepEqual(coloured.map(strip), coloured);
  });
});
