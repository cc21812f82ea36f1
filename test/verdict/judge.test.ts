import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compose } from '../../src/program/compose';
import { contradicted, type Finding, holds, unknown } from '../../src/trace/finding';
import type { RunRecord } from '../../src/trace/record';
import { combine, judge, type Verdict } from '../../src/verdict/judge';
import { CUT } from '../trace/expect';
import { FACTS, record } from '../trace/record';

const nothing = compose({ ready: 0, pending: 0 }, FACTS);
const LINES = 'main number started\nmain number finished 0';
const STUCK: RunRecord['end'] = { kind: 'stuck', at: [{ thread: 'main', label: 'number' }] };

function judged(finding: Finding, facts: Partial<RunRecord> = {}, lines = LINES) {
  return judge(record(nothing, lines, facts), { says: 'it holds', judge: () => finding });
}

describe('a claim', () => {
  test('that holds passes', () => {
    assert.deepEqual(judged(holds), { says: 'it holds', verdict: 'pass' });
  });

  test('that is contradicted fails, in a run that was cut or is stuck too', () => {
    const against = contradicted('it did not', [2]);
    const failed = { says: 'it holds', verdict: 'fail', why: 'it did not', against: [2] };
    for (const facts of [{}, { end: CUT }, { end: STUCK }]) assert.deepEqual(judged(against, facts), failed);
  });

  test('of a run that is proven stuck fails, whatever else was found', () => {
    for (const finding of [holds, unknown('it was not seen')]) {
      const { verdict, why } = judged(finding, { end: STUCK });
      assert.equal(verdict, 'fail');
      assert.equal(why, 'stuck at number of main: nothing moves, and nothing is owed');
    }
  });

  test('of a run that was cut stays open, and the fault is the one that cut it', () => {
    for (const finding of [holds, unknown('it was not seen')])
      assert.deepEqual(judged(finding, { end: CUT }), {
        says: 'it holds',
        verdict: 'inconclusive',
        why: 'the adapter ended',
        fault: { party: 'adapter', what: 'the adapter ended' },
      });
  });

  test('of which what would tell was not seen stays open', () => {
    assert.deepEqual(judged(unknown('the kernel was not asked')), {
      says: 'it holds',
      verdict: 'inconclusive',
      why: 'the kernel was not asked',
      fault: { party: 'environment', what: 'the kernel was not asked' },
    });
  });

  test('that was left open because those who yield over and over kept one from running fails; one that was seen stands', () => {
    const starving = `* called-off subject#1 start\n${LINES}`;
    const { verdict, why } = judged(unknown('it was not seen'), {}, starving);
    assert.equal(verdict, 'fail');
    assert.equal(
      why,
      'those who yield over and over let nobody else run until they were called off: subject#1 was held up at start, and nothing was owed to it',
    );
    assert.equal(judged(holds, {}, starving).verdict, 'pass');
    assert.equal(judged(contradicted('it did not'), {}, starving).why, 'it did not');
    assert.equal(judged(unknown('it was not seen'), {}, `* called-off\n${LINES}`).verdict, 'inconclusive');
  });

  test('that rests on an adapter whose word has no effect is neither for nor against', () => {
    const end = { kind: 'completed', events: 7, unfinished: 0 } as const;
    for (const finding of [holds, contradicted('it did not'), unknown('it was not seen')]) {
      const { verdict, fault } = judged(finding, { end });
      assert.equal(verdict, 'inconclusive');
      assert.equal(fault?.party, 'adapter');
      assert.match(fault?.what ?? '', /wrote 7 events by its own count, and 2 came/);
    }
  });
});

describe('several verdicts', () => {
  const some = fc.array(fc.constantFrom<Verdict[]>('pass', 'fail', 'inconclusive', 'not-applicable'));

  test('come to the worst of them, and to nothing where there is none', () => {
    assert.equal(combine([]), 'not-applicable');
    assert.equal(combine(['not-applicable', 'not-applicable']), 'not-applicable');
    assert.equal(combine(['pass', 'not-applicable']), 'pass');
    assert.equal(combine(['pass', 'inconclusive', 'not-applicable']), 'inconclusive');
    assert.equal(combine(['inconclusive', 'pass', 'fail']), 'fail');
  });

  test('the order and the repetition of verdicts change nothing, nor whether they are combined in parts', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        assert.equal(combine([...a, ...b]), combine([...b, ...a, ...a]));
        assert.equal(combine([...a, ...b]), combine([combine(a), combine(b)]));
      }),
    );
  });

  test('they pass only if one passed and all others passed or did not apply', () => {
    fc.assert(
      fc.property(some, (all) => {
        const applicable = all.filter((verdict) => verdict !== 'not-applicable');
        assert.equal(
          combine(all) === 'pass',
          applicable.length > 0 && applicable.every((verdict) => verdict === 'pass'),
        );
      }),
    );
  });
});
