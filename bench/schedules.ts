import { exploreInside } from '../src/explore/explore';
import type { Inside } from '../src/explore/inside';
import { Model } from '../src/explore/model';
import { referenceInside } from '../src/explore/reference';
import { Enumeration, RandomWalk } from '../src/explore/search';
import { Fault } from '../src/fault/fault';
import { type SmallProgram, smallProgram } from '../src/program/small-program';
import type { Step } from '../src/program/step';
import { shippedRuntimes } from '../src/runtime/shipped';
import { explore, gateExplorer } from '../src/session/explore';
import { openSession } from '../src/session/session';

const turn: Step = { do: 'sleep', through: 'library', seconds: 0 };
const reads: Step = { do: 'get', variable: 'number', into: 'seen' };
const writes: Step = { do: 'set', variable: 'number', from: 'seen', plus: 1 };

/** Seconds of processor time that a rate is taken over, and how often. */
const WHILE = 0.5;
const ROUNDS = 4;
const DRAWN = 500;
/** Runtimes whose rate through gates is shown. */
const GATED = ['reference', 'eventlet'];

/** Prints how many schedules a second are tried in the reference's hub and through gates, and by how much the reduction makes them fewer. */
export async function measureSchedules(print: (line: string) => void): Promise<void> {
  const three = clerks(2, [reads, turn, writes, turn, reads]);
  print('schedules a second of processor time: 2 green threads of 3 steps, every order');
  const model = insideRate(three, new Model());
  const hub = insideRate(three, referenceInside());
  row(print, 'in the model', model);
  row(print, "in the reference's hub", hub, '(aim: 100000)');
  const two = clerks(2, [reads, turn, writes]);
  print(`schedules a second: 2 green threads of 2 steps, ${DRAWN} drawn by lot, on a warm adapter`);
  for (const { command, missing } of shippedRuntimes().filter(({ command }) => GATED.includes(command.name))) {
    if (missing !== undefined) continue;
    const session = await openSession(command, new Fault({ party: 'user', what: 'no database is wanted' }));
    try {
      const rate = await gateRate(() =>
        explore(gateExplorer(session.bench), two, new RandomWalk(7, { schedules: DRAWN })),
      );
      row(print, `through gates on ${command.name}`, rate, '(aim: 1000)');
      print(
        `  ${"the reference's hub / these gates".padEnd(60)}${(insideRate(two, referenceInside()) / rate).toFixed(0).padStart(10)}`,
      );
    } finally {
      await session.close();
    }
  }
  print('orders / schedules that stand for them, each adds 1 with a switch in between');
  for (const count of [2, 3, 4]) {
    for (const [name, steps] of Object.entries({ 'one number': [reads, turn, writes], 'a number each': undefined })) {
      const program = steps === undefined ? apart(count) : clerks(count, steps);
      const [plain, reduced] = [false, true].map((reduce) =>
        exploreInside(program, new Model(), new Enumeration({ reduce })),
      );
      const [orders, schedules] = [plain?.schedules ?? 0, reduced?.schedules ?? 1];
      print(
        `  ${`${count} green threads, ${name}: ${orders} / ${schedules}`.padEnd(60)}${(orders / schedules).toFixed(1).padStart(10)}`,
      );
    }
  }
  print('');
}

function clerks(count: number, steps: Step[]): SmallProgram {
  return smallProgram({ clerk: { count, steps } }, { number: 0 });
}

/** Each has a number of its own, so that all orders come to the same. */
function apart(count: number): SmallProgram {
  const own = (i: number): Step[] => [
    { do: 'get', variable: `number${i}`, into: 'seen' },
    turn,
    { do: 'set', variable: `number${i}`, from: 'seen', plus: 1 },
  ];
  const names = Array.from({ length: count }, (_, i) => i);
  return smallProgram(
    Object.fromEntries(names.map((i) => [`clerk${i}`, { steps: own(i) }])),
    Object.fromEntries(names.map((i) => [`number${i}`, 0])),
  );
}

/** By processor time, since others may be at work on this machine; the best of several whiles. */
function insideRate(program: SmallProgram, inside: Inside): number {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const began = process.cpuUsage();
    let schedules = 0;
    let used = 0;
    for (; used < WHILE; used = process.cpuUsage(began).user / 1e6)
      for (let i = 0; i < 50; i++)
        schedules += exploreInside(program, inside, new Enumeration({ reduce: false })).schedules;
    best = Math.max(best, schedules / used);
  }
  return best;
}

async function gateRate(work: () => ReturnType<typeof explore>): Promise<number> {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const { findings, repeated } = await work();
    best = Math.max(best, ((findings.schedules + repeated) * 1000) / (performance.now() - began));
  }
  return best;
}

function row(print: (line: string) => void, what: string, rate: number, aim = ''): void {
  print(`  ${what.padEnd(60)}${rate.toFixed(0).padStart(10)}  ${aim}`.trimEnd());
}
