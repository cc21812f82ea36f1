import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fallen, findings } from '../../proof/findings';
import { came, liar, mutant, scenario, trial } from './support';

const runs = scenario('TM-2', 'runs', 'somebody runs', 'everybody ends');
const broken = mutant('broken', 'TM-2', 'somebody runs', /nobody/);
const caught = trial(broken, came(runs, 'fail: nobody'));
const control = { scenario: 'runs', sentence: 'everybody ends', reason: 'tells more' };
const witness = { name: 'blind', defect: 'it sees nothing', noticedBy: came(runs, 'fail: x') };

describe('the findings', () => {
  test('have no gap where every mutant is caught, and every idle claim is a control', () => {
    const { gaps, counts } = findings([runs], [caught], [witness], [control]);
    assert.deepEqual(gaps, { survivors: [], idle: [] });
    assert.deepEqual(counts, { mutants: 1, liars: 0, witnesses: 1, scenarios: 1, needed: 1 });
  });

  for (const [what, gap, ...args] of [
    ['a survivor', /^broken is not caught/, [runs], [trial(broken, came(runs, 'pass', 'fail: x'))], [], []],
    ['a liar that passes', /^sly is not caught/, [runs], [caught, trial(liar('sly', /x/), came(runs))], [], [control]],
    [
      'a broken witness that nobody notices',
      /^blind is not noticed/,
      [runs],
      [caught],
      [{ ...witness, noticedBy: undefined }],
      [control],
    ],
    [
      'an idle scenario',
      /^TM-2: the scenario "idle" catches nothing/,
      [runs, scenario('TM-2', 'idle')],
      [caught],
      [],
      [control],
    ],
    ['an idle claim', /"everybody ends" of "runs" fails on no mutant \(runs:2\)/, [runs], [caught], [], []],
    [
      'a control that is needed',
      /"somebody runs" of "runs" is needed/,
      [runs],
      [caught],
      [],
      [control, { ...control, sentence: 'somebody runs' }],
    ],
  ] as const)
    test(`have a gap for ${what}`, () => {
      const [cases, trials, witnesses, controls] = args;
      const { survivors, idle } = findings(cases, trials, witnesses, controls).gaps;
      const gaps = [...survivors, ...idle];
      assert.ok(
        gaps.some((line) => gap.test(line)),
        gaps.join('\n'),
      );
    });

  test('say what has become less', () => {
    const { counts } = findings([runs], [caught], [witness], [control]);
    assert.deepEqual(fallen(counts, counts), []);
    assert.deepEqual(fallen({ ...counts, mutants: 2 }, counts), ['the score has fallen: mutants, from 2 to 1']);
    assert.deepEqual(fallen({ ...counts, mutants: 0 }, counts), []);
  });
});
