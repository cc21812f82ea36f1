import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { explain } from '../../../src/fault/explain';
import { bind, entryFor } from '../../../src/verdict/expectations/bind';
import type { Entry } from '../../../src/verdict/expectations/schema';
import { FILE, SCENARIOS } from './support';

function entries(...targets: { clause?: string; scenario?: string }[]): Entry[] {
  return targets.map((target, i) => ({ list: 'known', line: i + 1, reason: `${i}`, ...target }));
}

/** The places in SCENARIOS of what each entry speaks for. */
function spokenFor(...list: Entry[]): number[][] {
  const bound = bind({ file: FILE, text: '', entries: list }, SCENARIOS);
  return bound.map(({ scenarios }) => scenarios.map((scenario) => SCENARIOS.indexOf(scenario)));
}

describe('an entry speaks for', () => {
  test('the scenario of its name, in every clause, or in its own', () => {
    assert.deepEqual(spokenFor(...entries({ scenario: 'It sleeps' })), [[2, 3]]);
    assert.deepEqual(spokenFor(...entries({ scenario: 'It sleeps', clause: 'TM-3' })), [[3]]);
  });

  test('all scenarios of its clause', () => {
    assert.deepEqual(spokenFor(...entries({ clause: 'TM-2' })), [[0, 1, 2]]);
  });

  test('all whose names begin as its own, up to the star', () => {
    assert.deepEqual(spokenFor(...entries({ scenario: 'It computes (ready: *' })), [[0, 1]]);
    assert.deepEqual(spokenFor(...entries({ scenario: 'It sleeps*', clause: 'TM-3' })), [[3, 4]]);
  });

  test('no longer what another names more closely', () => {
    const [clause, start, whole] = entries({ clause: 'TM-2' }, { scenario: 'It computes*' }, { scenario: 'It sleeps' });
    assert.ok(clause !== undefined && start !== undefined && whole !== undefined);
    assert.deepEqual(spokenFor(clause, start), [[2], [0, 1]]);
    assert.deepEqual(spokenFor(start, clause), [[0, 1], [2]]);
    const [longer, inClause] = entries(
      { scenario: 'It computes (ready: 1*' },
      { scenario: 'It sleeps', clause: 'TM-3' },
    );
    assert.ok(longer !== undefined && inClause !== undefined);
    assert.deepEqual(spokenFor(...entries({ scenario: 'It c*' }, { scenario: 'It computes (ready: 10)' })), [[0], [1]]);
    assert.deepEqual(spokenFor(whole, inClause), [[2], [3]]);
  });

  test('whatever it is, and nobody else does', () => {
    const target = fc.record(
      {
        clause: fc.constantFrom('TM-2', 'TM-3', 'MY-1'),
        scenario: fc.constantFrom('It*', 'It s*', 'It sleeps', 'It sleeps*', 'It computes (ready: 1)', 'It q*'),
      },
      { requiredKeys: [] },
    );
    const targets = fc.array(target.filter(({ clause, scenario }) => (clause ?? scenario) !== undefined));
    let fitting = 0;
    fc.assert(
      fc.property(targets, (targets) => {
        const list = entries(...targets);
        let spoken: number[][];
        try {
          spoken = spokenFor(...list);
        } catch {
          return;
        }
        fitting += list.length > 1 ? 1 : 0;
        assert.equal(new Set(spoken.flat()).size, spoken.flat().length, 'a scenario has two entries');
        assert.ok(
          spoken.every((own) => own.length > 0),
          'an entry has no scenario',
        );
        const bound = bind({ file: FILE, text: '', entries: list }, SCENARIOS);
        for (const [i, scenario] of SCENARIOS.entries())
          assert.equal(
            entryFor(bound, scenario),
            list.find((_, at) => spoken[at]?.includes(i)),
          );
      }),
    );
    assert.ok(fitting > 0, 'no list of several entries fitted');
  });
});

describe('an entry that speaks for nothing is an error that names file, line and what is nearest', () => {
  const WRONG: readonly [what: string, targets: Parameters<typeof entries>, says: RegExp][] = [
    [
      'a name',
      [{ scenario: 'It slept' }],
      /mine\.yaml:1: "It slept" matches nothing: the nearest scenario is "It sleeps"/,
    ],
    [
      'the beginning of a name',
      [{ scenario: 'It computs (*' }],
      /mine\.yaml:1: "It computs \(\*" matches nothing: the nearest scenario is "It computes \(ready: 1\)"/,
    ],
    ['a clause', [{ clause: 'MY-11' }], /mine\.yaml:1: MY-11 matches nothing: .* the nearest is MY-1/],
    ['a name of another clause', [{ scenario: 'It queries', clause: 'TM-2' }], /that scenario is of MY-1/],
    ['what stands there twice', [{ clause: 'TM-2' }, { clause: 'TM-2' }], /mine\.yaml:2: TM-2 stands twice: on line 1/],
    [
      'what others have all of',
      [{ clause: 'MY-1' }, { scenario: 'It queries' }],
      /mine\.yaml:1: MY-1 speaks for nothing: other entries/,
    ],
  ];
  for (const [what, targets, says] of WRONG)
    test(what, () => {
      assert.throws(
        () => spokenFor(...entries(...targets)),
        (error: unknown) => {
          assert.match(explain(error), /^user: the expectations do not fit/);
          assert.match(explain(error), says);
          return true;
        },
      );
    });
});
