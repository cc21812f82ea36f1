import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { exploreInside } from '../../src/explore/explore';
import type { Findings } from '../../src/explore/findings';
import { Model } from '../../src/explore/model';
import { keyOf, type Outcome } from '../../src/explore/outcome';
import { writeSchedule } from '../../src/explore/schedule';
import { Enumeration, Following, type Limits, RandomWalk } from '../../src/explore/search';
import type { SmallProgram } from '../../src/program/small-program';
import type { Step } from '../../src/program/step';
import { adds, apart, locked, made, opposite, race, smallPrograms, turn, under } from './programs';

function explore(program: SmallProgram, options: Limits & { reduce: boolean } = { reduce: false }): Findings {
  return exploreInside(program, new Model(), new Enumeration(options));
}

function outcomes(findings: Findings): string[] {
  return findings.ways.map(({ outcome }) => keyOf(outcome)).sort();
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

describe('every order of a small program', () => {
  it('is as many as the multinomial says, where green threads hold nobody up', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), (turns) => {
        const all = turns.reduce((sum, n) => sum + n, 0);
        const orders = factorial(all) / turns.reduce((product, n) => product * factorial(n), 1);
        const plain = explore(apart(...turns));
        assert.equal(plain.schedules, orders);
        assert.equal(plain.orders, BigInt(orders));
        const reduced = explore(apart(...turns), { reduce: true });
        assert.equal(reduced.schedules, 1);
        assert.equal(reduced.orders, BigInt(orders));
      }),
      { numRuns: 50 },
    );
  });

  it('comes out the same, and in as many orders, whether or not orders that differ in nothing are left out', () => {
    let left = 0;
    fc.assert(
      fc.property(smallPrograms, (program) => {
        const plain = explore(program, { reduce: false, schedules: 3000 });
        fc.pre(plain.schedules < 3000);
        const reduced = explore(program, { reduce: true });
        assert.deepEqual(outcomes(reduced), outcomes(plain));
        assert.equal(reduced.orders, plain.orders);
        const counts = (findings: Findings): string[] =>
          findings.ways.map(({ outcome, orders }) => `${keyOf(outcome)} ${orders}`).sort();
        assert.deepEqual(counts(reduced), counts(plain));
        assert.ok(reduced.schedules <= plain.schedules);
        left += plain.schedules - reduced.schedules;
      }),
      { numRuns: 300 },
    );
    assert.ok(left > 1000, 'hardly anything was left out');
  });

  it('loses an update in 4 of the 6 orders of two updates, and in none under a lock', () => {
    const found = explore(race());
    assert.equal(found.orders, 6n);
    assert.deepEqual([...found.mishaps], [['an update is lost', 4n]]);
    assert.deepEqual([...explore(locked()).mishaps], []);
    assert.deepEqual([...explore(locked(3), { reduce: true }).mishaps], []);
  });

  it('finds who waits for whom where two locks are taken in opposite order', () => {
    const found = explore(opposite(), { reduce: true });
    const stuck = found.ways.find(({ mishaps }) => mishaps.includes('all that are left wait for each other'));
    assert.deepEqual(stuck?.outcome.waits, [
      { thread: 'a', for: 'lock', lock: 'right', holders: ['b'] },
      { thread: 'b', for: 'lock', lock: 'left', holders: ['a'] },
    ]);
    assert.equal(stuck?.switches, 1);
  });

  it('finds who waits for itself, and for the end of one who waits', () => {
    const self = explore(made({ one: { steps: under('till', under('till', [])) } }));
    assert.deepEqual([...self.mishaps.keys()], ['all that are left wait for each other']);
    const mutual = explore(
      made({ t0: { steps: [{ do: 'join', thread: 't1' }] }, t1: { steps: [{ do: 'join', thread: 't0' }] } }),
    );
    assert.deepEqual([...mutual.mishaps.keys()], ['all that are left wait for each other']);
  });

  it('has a missing thing made twice in 4 of 6 orders, and once under a lock', () => {
    const makes: Step[] = [
      { do: 'get', variable: 'thing', into: 'seen' },
      turn,
      {
        do: 'when',
        local: 'seen',
        is: null,
        steps: [{ do: 'set', variable: 'thing', value: 'made' }],
      },
    ];
    assert.deepEqual(
      [...explore(made({ a: { count: 2, steps: makes } })).mishaps],
      [['a missing thing is made twice', 4n]],
    );
    assert.deepEqual([...explore(made({ a: { count: 2, steps: under('till', makes) } })).mishaps], []);
  });

  it('does not take a loop that waits for another to be complete', () => {
    const waits = made({
      one: { steps: [{ do: 'until', variable: 'number', is: 1, steps: [turn] }] },
      two: { steps: adds },
    });
    const search = new Enumeration({ reduce: false, turns: 20 });
    const found = exploreInside(waits, new Model(), search);
    assert.deepEqual([...search.bounds], ['turns']);
    assert.ok(found.ways.some(({ outcome }) => outcome.cut));
  });
});

describe('a search with a bound', () => {
  it('tries only what few switches lead to, and says that it left something out', () => {
    const all = ordersOf('aabbcc').map(switchesIn);
    for (const switches of [0, 1, 2, 3]) {
      const search = new Enumeration({ reduce: true, switches });
      const { schedules } = exploreInside(race(3), new Model(), search);
      assert.equal(schedules, all.filter((n) => n <= switches).length);
      assert.equal(search.bounds.has('switches'), switches < Math.max(...all));
    }
  });

  it('stops after so many schedules, and says so only if there were more', () => {
    for (const [schedules, bounded] of [
      [5, true],
      [6, false],
    ] as const) {
      const search = new Enumeration({ reduce: false, schedules });
      assert.equal(exploreInside(race(), new Model(), search).schedules, schedules);
      assert.equal(search.bounds.size > 0, bounded);
    }
  });

  it('draws the same schedules from the same seed, and others from another', () => {
    const drawn = (seed: number): string[] => {
      const search = new RandomWalk(seed, { schedules: 50 });
      const schedules: string[] = [];
      exploreInside(race(3), new Model(), search, (_, schedule) => schedules.push(writeSchedule(schedule)));
      return schedules;
    };
    assert.deepEqual(drawn(7), drawn(7));
    assert.notDeepEqual(drawn(7), drawn(8));
    assert.ok(new Set(drawn(7)).size > 20);
  });
});

describe('a schedule', () => {
  it('leads to the outcome that it was found with', () => {
    fc.assert(
      fc.property(smallPrograms, (program) => {
        const found = explore(program, { reduce: true, schedules: 50 });
        for (const { example, outcome } of found.ways) assert.deepEqual(replay(program, example), outcome);
      }),
      { numRuns: 100 },
    );
  });

  it('that ends before its time goes on with whoever had the last turn', () => {
    const search = new Following([0, 1]);
    exploreInside(race(), new Model(), search);
    assert.equal(writeSchedule(search.schedule), 'ab2a');
  });

  it('that names one who cannot go on cannot be followed', () => {
    const search = new Following([0, 1, 1]);
    const { schedules } = exploreInside(locked(), new Model(), search);
    assert.equal(schedules, 0);
    assert.deepEqual(search.strayed, { schedule: [0, 1], before: [1], now: [0] });
  });
});

function replay(program: SmallProgram, schedule: readonly number[]): Outcome | undefined {
  return exploreInside(program, new Model(), new Following(schedule)).ways[0]?.outcome;
}

/** Every order of the letters, each once. */
function ordersOf(letters: string): string[] {
  if (letters === '') return [''];
  return [...new Set(letters)].flatMap((letter) =>
    ordersOf(letters.replace(letter, '')).map((rest) => `${letter}${rest}`),
  );
}

function switchesIn(order: string): number {
  return [...order].filter((letter, i) => i > 0 && order[i - 1] !== letter && order.indexOf(order[i - 1] ?? '', i) >= 0)
    .length;
}
