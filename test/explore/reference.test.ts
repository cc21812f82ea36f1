import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { MUTANTS } from '../../mutants/catalogue';
import { Reference } from '../../reference-impl/adapter';
import { exploreInside } from '../../src/explore/explore';
import type { Findings } from '../../src/explore/findings';
import { Model } from '../../src/explore/model';
import { keyOf } from '../../src/explore/outcome';
import { ReferenceInside } from '../../src/explore/reference';
import { writeSchedule } from '../../src/explore/schedule';
import { Enumeration } from '../../src/explore/search';
import { locked, race, smallPrograms } from './programs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function told(findings: Findings): string[] {
  return findings.ways.map(({ outcome, orders, example }) => `${writeSchedule(example)} ${orders} ${keyOf(outcome)}`);
}

describe("the reference's own hub under the explorer", () => {
  it('has the orders that the model has, with the same outcomes', () => {
    fc.assert(
      fc.property(smallPrograms, (program) => {
        const limits = { reduce: true, schedules: 300 };
        const here = exploreInside(program, new ReferenceInside(new Reference()), new Enumeration(limits));
        assert.deepEqual(told(here), told(exploreInside(program, new Model(), new Enumeration(limits))));
      }),
      { numRuns: 100 },
    );
  });

  it('keeps none of the schedules that it tries', () => {
    const inside = new ReferenceInside(new Reference());
    const heap = (): number => {
      for (let i = 0; i < 100; i++) exploreInside(race(4), inside, new Enumeration({ reduce: false, schedules: 100 }));
      collectGarbage();
      return process.memoryUsage().heapUsed;
    };
    const early = heap();
    heap();
    heap();
    assert.ok(heap() < early + 1e6);
  });

  for (const name of [
    'lock-excludes-nobody',
    'lock-open-after-two-in-a-row',
    'lock-forgets-who-waits',
    'lock-gives-up',
  ])
    it(`has the same outcomes with and without reduction where a lock is broken: ${name}`, () => {
      const mutant = MUTANTS.find((one) => one.name === name);
      assert.ok(mutant !== undefined && 'make' in mutant);
      const inside = new ReferenceInside(mutant.make());
      fc.assert(
        fc.property(smallPrograms, (program) => {
          const [plain, reduced] = [false, true].map((reduce) =>
            exploreInside(program, inside, new Enumeration({ reduce, schedules: 2000 })),
          );
          fc.pre(plain !== undefined && plain.schedules < 2000);
          const counts = (findings: Findings | undefined): string[] =>
            (findings?.ways ?? []).map(({ outcome, orders }) => `${orders} ${keyOf(outcome)}`).sort();
          assert.deepEqual(counts(reduced), counts(plain));
        }),
        { numRuns: 100 },
      );
    });

  for (const [name, mishap] of [
    ['lock-excludes-nobody', 'two are inside together'],
    ['lock-loses-wake-up', 'one waits for a lock that nobody holds'],
  ] as const)
    it(`shows what is wrong with ${name}`, () => {
      const mutant = MUTANTS.find((one) => one.name === name);
      assert.ok(mutant !== undefined && 'make' in mutant);
      const found = exploreInside(locked(), new ReferenceInside(mutant.make()), new Enumeration({ reduce: true }));
      assert.ok(found.mishaps.has(mishap));
    });
});
