import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MUTANTS } from '../../mutants/catalogue';
import { type Mishap, mishapsOf } from '../../src/explore/outcome';
import { ReferenceInside, referenceInside } from '../../src/explore/reference';
import { readSchedule, writeSchedule } from '../../src/explore/schedule';
import { Enumeration } from '../../src/explore/search';
import { Fault } from '../../src/fault/fault';
import { Explorable } from '../../src/program/explorable';
import { type SmallProgram, smallProgramOf } from '../../src/program/small-program';
import { ROOT } from '../../src/project';
import type { AdapterCommand } from '../../src/runtime/command';
import { shippedRuntimes } from '../../src/runtime/shipped';
import {
  type Explorer,
  explore,
  fewestSwitches,
  gateExplorer,
  insideExplorer,
  replay,
} from '../../src/session/explore';
import { openSession, type Session } from '../../src/session/session';
import { adds, locked, looks, made, opposite, race, under } from './programs';

const NOBODY = new Fault({ party: 'user', what: 'no database is wanted' });

/** A bug that is in a program, in how many of its orders it shows, and the fewest switches that lead to it. */
interface Planted {
  readonly program: SmallProgram;
  readonly mishap: Mishap;
  readonly orders: bigint;
  readonly all: bigint;
  readonly switches: number;
}

const PLANTED: Readonly<Record<string, Planted>> = {
  'a lost update': {
    ...{ program: race(), mishap: 'an update is lost', orders: 4n, all: 6n, switches: 1 },
  },
  'a check that is out of date when it is acted on': {
    program: made({ clerk: { count: 2, steps: looks } }),
    ...{ mishap: 'a missing thing is made twice', orders: 4n, all: 6n, switches: 1 },
  },
  'two locks in opposite order': {
    program: opposite(),
    ...{ mishap: 'all that are left wait for each other', orders: 4n, all: 8n, switches: 1 },
  },
  'a latch that gives way in one order of 70': {
    program: example('the-one-of-70'),
    ...{ mishap: 'it does not come to what it should', orders: 1n, all: 70n, switches: 6 },
  },
};

function example(name: string): SmallProgram {
  const {
    rows: _,
    outcome,
    ...program
  } = Explorable.parse(JSON.parse(readFileSync(join(ROOT, 'examples', `${name}.json`), 'utf8')));
  return smallProgramOf(program, { wanted: outcome });
}

async function finds(explorer: Explorer, { program, mishap, orders, all, switches }: Planted): Promise<string> {
  for (const reduce of [true, false]) {
    const { findings, bounds, strayed, unlike } = await explore(explorer, program, new Enumeration({ reduce }));
    assert.deepEqual([bounds.size, strayed, unlike], [0, undefined, undefined]);
    assert.deepEqual([findings.mishaps.get(mishap), findings.orders], [orders, all]);
  }
  const { findings } = await explore(explorer, program, new Enumeration({ reduce: true }));
  const way = findings.ways.find(({ mishaps }) => mishaps.includes(mishap));
  assert.ok(way !== undefined);
  const least = await fewestSwitches(explorer, program, mishap, way, 1000);
  assert.equal(least.switches, switches);
  return writeSchedule(least.example);
}

/** In whichever runtime it is run again, the string leads to the mishap. */
async function isReplayed({ bench }: Session, { program, mishap }: Planted, schedule: string): Promise<void> {
  const { led, strayed } = await replay(bench, program, readSchedule(schedule));
  assert.equal(strayed, undefined);
  assert.equal(writeSchedule(led?.schedule ?? []), schedule);
  assert.ok(led !== undefined && mishapsOf(led.outcome).includes(mishap));
}

/** The adapter of a broken lock, on the reference or on eventlet. */
function broken(name: string): AdapterCommand {
  const mutant = MUTANTS.find((one) => one.name === name);
  assert.ok(mutant !== undefined);
  const [command = '', ...args] =
    'python' in mutant
      ? [join(ROOT, '.venv', 'bin', 'python'), mutant.python]
      : [process.execPath, '--require', './bin/register.js', join('mutants', 'serve.ts'), name];
  return { name, command, args, cwd: ROOT };
}

describe("a planted bug in the reference's own hub", () => {
  for (const [name, planted] of Object.entries(PLANTED))
    it(`is found in as many orders as it shows in, and minimised: ${name}`, async () => {
      await finds(insideExplorer(referenceInside()), planted);
    });

  it('is found where it is in the lock: a wake-up is lost', async () => {
    const mutant = MUTANTS.find(({ name }) => name === 'lock-loses-wake-up');
    assert.ok(mutant !== undefined && 'make' in mutant);
    const explorer = insideExplorer(new ReferenceInside(mutant.make()));
    const { findings } = await explore(explorer, locked(), new Enumeration({ reduce: true }));
    assert.ok(findings.mishaps.has('one waits for a lock that nobody holds'));
  });
});

for (const { command, missing } of shippedRuntimes().filter(({ command }) =>
  ['reference', 'eventlet'].includes(command.name),
)) {
  const skip = missing === undefined ? false : 'not installed';
  describe(`a planted bug, led to through gates on ${command.name}`, { skip }, () => {
    let session: Session;
    before(async () => {
      session = await openSession(command, NOBODY);
    });
    after(() => session.close());

    for (const [name, planted] of Object.entries(PLANTED))
      it(`is found in as many orders as it shows in, minimised and replayed: ${name}`, async () => {
        const schedule = await finds(gateExplorer(session.bench), planted);
        await isReplayed(session, planted, schedule);
      });
  });

  const [wakeUp, open] =
    command.name === 'eventlet'
      ? ['eventlet-lock-forgets-who-waits', 'eventlet-lock-open-after-two-in-a-row']
      : ['lock-loses-wake-up', 'lock-open-after-two-in-a-row'];
  for (const [name, mishap] of [
    [wakeUp, 'one waits for a lock that nobody holds'],
    [open, 'two are inside together'],
  ] as const)
    it(`a bug of the lock itself is found, minimised and replayed on ${command.name}: ${name}`, { skip }, async () => {
      // Whoever is out goes in again at once: what is wrong shows with the second time.
      const program = made({ clerk: { count: 2, steps: [...under('till', adds), ...under('till', adds)] } });
      const session = await openSession(broken(name), NOBODY);
      try {
        const explorer = gateExplorer(session.bench);
        const { findings } = await explore(explorer, program, new Enumeration({ reduce: true }));
        const way = findings.ways.find(({ mishaps }) => mishaps.includes(mishap));
        assert.ok(way !== undefined, [...findings.mishaps.keys()].join());
        const least = await fewestSwitches(explorer, program, mishap, way, 1000);
        assert.ok(least.switches <= way.switches);
        await isReplayed(session, { program, mishap, orders: 0n, all: 0n, switches: 0 }, writeSchedule(least.example));
      } finally {
        await session.close();
      }
    });
}
