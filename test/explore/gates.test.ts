import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { exploreInside } from '../../src/explore/explore';
import type { Findings } from '../../src/explore/findings';
import { Model } from '../../src/explore/model';
import { keyOf } from '../../src/explore/outcome';
import { writeSchedule } from '../../src/explore/schedule';
import { Enumeration } from '../../src/explore/search';
import { Fault } from '../../src/fault/fault';
import type { SmallProgram } from '../../src/program/small-program';
import { shippedRuntimes } from '../../src/runtime/shipped';
import { explore, gateExplorer, replay } from '../../src/session/explore';
import { openSession, type Session } from '../../src/session/session';
import { locked, opposite, race, smallPrograms } from './programs';

const NOBODY = new Fault({ party: 'user', what: 'no database is wanted' });

for (const { command, missing } of shippedRuntimes().filter(({ command }) =>
  ['reference', 'eventlet'].includes(command.name),
))
  describe(`orders led through gates on ${command.name}`, {
    skip: missing === undefined ? false : 'not installed',
  }, () => {
    let session: Session;
    before(async () => {
      session = await openSession(command, NOBODY);
    });
    after(() => session.close());

    for (const [name, program] of Object.entries({
      race: race(),
      race3: race(3),
      locked: locked(),
      opposite: opposite(),
    }))
      it(`come to what they come to in the model: ${name}`, async () => {
        for (const reduce of [false, true]) {
          const { findings, strayed, unlike, repeated } = await explore(
            gateExplorer(session.bench),
            program,
            new Enumeration({ reduce }),
          );
          assert.deepEqual([strayed, unlike], [undefined, undefined]);
          assert.ok(repeated > 0);
          assert.deepEqual(told(findings), told(inModel(program, reduce)));
        }
      });

    it('come to what they come to in the model, whatever the program', async () => {
      await fc.assert(
        fc.asyncProperty(smallPrograms, async (program) => {
          const model = inModel(program, true);
          fc.pre(model.schedules <= 12);
          const { findings } = await explore(gateExplorer(session.bench), program, new Enumeration({ reduce: true }));
          assert.deepEqual(told(findings), told(model));
        }),
        { numRuns: 8 },
      );
    });

    it('are replayed from their strings', async () => {
      for (const program of [race(), locked(), opposite()])
        for (const { example, outcome } of inModel(program, false).ways) {
          const { led, strayed } = await replay(session.bench, program, example);
          assert.equal(strayed, undefined);
          assert.equal(writeSchedule(led?.schedule ?? []), writeSchedule(example));
          assert.deepEqual(led?.outcome, outcome);
        }
    });
  });

function inModel(program: SmallProgram, reduce: boolean): Findings {
  return exploreInside(program, new Model(), new Enumeration({ reduce }));
}

function told(findings: Findings): string[] {
  return findings.ways
    .map(({ outcome, orders, example }) => `${writeSchedule(example)} ${orders} ${keyOf(outcome)}`)
    .sort();
}
