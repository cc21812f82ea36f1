import { setImmediate } from 'node:timers/promises';
import { type Tell, tryNext } from '../explore/explore';
import { Findings } from '../explore/findings';
import { Guided, type Unlike } from '../explore/guided';
import type { Inside } from '../explore/inside';
import type { Mishap } from '../explore/outcome';
import { Enumeration, Following, Listed } from '../explore/search';
import { timelineOf } from '../explore/timeline';
import { Fault } from '../fault/fault';
import { firstRows, gatedProgram, keysOf, mostRounds, readGated } from '../program/gated';
import { needsOf } from '../program/needs';
import { type Led, NO_FACTS, type Plan, type PlanFacts } from '../program/plan';
import type { Bound, Schedule, Search, Strayed } from '../program/search';
import type { SmallProgram } from '../program/small-program';
import { asksServer } from '../program/small-queries';
import { type Bench, runPlan } from '../runtime/run-plan';
import { doubts } from '../trace/doubts';
import type { RunRecord } from '../trace/record';

/** What came of following a search to its end. */
export interface Explored {
  readonly findings: Findings;
  readonly bounds: ReadonlySet<Bound>;
  /** Schedules that were run twice. */
  readonly repeated: number;
  readonly strayed: Strayed | undefined;
  readonly unlike: Unlike | undefined;
}

/** Where a small program is run: each takes a search, and is done when that has no more schedules. */
export type Explorer = (small: SmallProgram, search: Guided, tell: Tell) => Promise<Findings>;

/** Rounds that are under way at once: what one waits for, another goes on in. */
const AT_ONCE = 8;

/** The first program has few rounds, since few may be needed; the next has ever more, since each costs a start. */
const FIRST_ROUNDS = 8;

/** Schedules that are tried without a look at what else is to be done in this process: Ctrl-C, say. */
const IN_A_ROW = 1000;

/** In a runtime in this process. */
export function insideExplorer(inside: Inside): Explorer {
  return async (small, search, tell) => {
    const findings = new Findings();
    for (let more = true; more; await setImmediate())
      for (let i = 0; i < IN_A_ROW && more; i++) more = tryNext(small, inside, search, findings, tell);
    return findings;
  };
}

/** In a runtime behind an adapter: programs of many rounds each, none of whose records is kept. */
export function gateExplorer(bench: Bench): Explorer {
  return async (small, search, tell) => {
    const findings = new Findings();
    let rounds = Math.min(FIRST_ROUNDS, mostRounds(small));
    for (;;) {
      let led = 0;
      await runRounds(bench, small, rounds, search, ({ walk, how, orders, schedule, switches, outcome }) => {
        led += 1;
        if (how === 'asleep' || how === 'strayed') {
          findings.dropped += 1;
          search.left(walk);
        } else if (search.came(walk, outcome))
          tell(findings.take(outcome, orders, schedule, switches), schedule, orders);
      });
      if (led < rounds) return findings;
      rounds = Math.min(2 * rounds, mostRounds(small));
    }
  };
}

/** Follows a search to its end. */
export async function explore(
  explorer: Explorer,
  small: SmallProgram,
  search: Search,
  tell: Tell = () => {},
): Promise<Explored> {
  const guided = new Guided(search, { repeats: true });
  const findings = await explorer(small, guided, tell);
  const { bounds, repeated, strayed, unlike } = guided;
  return { findings, bounds, repeated, strayed, unlike };
}

/** Of the schedules that show a mishap, one with the fewest switches: it is looked for with none, with one, and so on. */
export async function fewestSwitches(
  explorer: Explorer,
  small: SmallProgram,
  mishap: Mishap,
  known: { readonly example: Schedule; readonly switches: number },
  schedules: number,
): Promise<{ readonly example: Schedule; readonly switches: number }> {
  for (let switches = 0; switches < known.switches; switches++) {
    const search = new Guided(new Enumeration({ reduce: false, switches, schedules }), { repeats: false });
    let found: Schedule | undefined;
    await explorer(small, search, ({ mishaps }, schedule) => {
      if (found !== undefined || !mishaps.includes(mishap)) return;
      found = schedule;
      search.enough();
    });
    if (found !== undefined) return { example: found, switches };
  }
  return known;
}

/** Runs one schedule alone, for its record. */
export async function replay(
  bench: Bench,
  small: SmallProgram,
  schedule: Schedule,
): Promise<{ readonly record: RunRecord; readonly led: Led | undefined; readonly strayed: Strayed | undefined }> {
  const search = new Following(schedule);
  let came: Led | undefined;
  const record = await runRounds(bench, small, 1, search, (led) => {
    came = led;
  });
  return { record, led: came, strayed: search.strayed };
}

/** Runs given schedules, for what happens under each; of one that could not be followed again nothing is told. */
export async function timelines(
  bench: Bench,
  small: SmallProgram,
  schedules: readonly Schedule[],
): Promise<ReadonlyMap<Schedule, readonly string[]>> {
  const told = new Map<Schedule, readonly string[]>();
  const most = mostRounds(small);
  for (let first = 0; first < schedules.length; first += most) {
    const some = schedules.slice(first, first + most);
    const led = new Set<string>();
    const record = await runRounds(bench, small, some.length, new Listed(some), ({ how, schedule }) => {
      if (how === 'over') led.add(schedule.join());
    });
    for (const [i, schedule] of some.entries())
      if (led.has(schedule.join())) told.set(schedule, timelineOf(record, i + 1));
  }
  return told;
}

async function runRounds(
  bench: Bench,
  small: SmallProgram,
  rounds: number,
  search: Search,
  tell: (led: Led) => void,
): Promise<RunRecord> {
  const outline = planOf(small, rounds, search, tell);
  const adapter = await bench.pool.take();
  if (adapter === undefined) throw new Fault({ party: 'adapter', what: `${bench.name} can be run in no mode` });
  const missing = needsOf(outline).filter((need) => !adapter.identity.capabilities.includes(need));
  if (missing.length > 0)
    throw new Fault({
      party: 'user',
      what: `${bench.name} does not declare what the program takes`,
      came: missing.join(', '),
    });
  const record = await runPlan({ ...bench, deadline: bench.deadline * rounds }, adapter, (facts) =>
    facts === NO_FACTS ? outline : planOf(small, rounds, search, tell, facts),
  );
  const { end } = record;
  if (end.kind === 'cut') throw new Fault(end.fault);
  if (end.kind === 'stuck') {
    const at = end.at.map(({ thread, label }) => `${label} of ${thread}`).join(', ');
    throw new Fault({ party: 'runtime', what: `the program is stuck before its orders were tried`, came: at });
  }
  // An adapter whose word has no effect to show for it shows that from the first.
  const [doubt] = rounds <= FIRST_ROUNDS ? doubts(record) : [];
  if (doubt !== undefined) throw new Fault({ party: 'adapter', what: doubt });
  return record;
}

function planOf(
  small: SmallProgram,
  rounds: number,
  search: Search,
  tell: (led: Led) => void,
  facts: PlanFacts = NO_FACTS,
): Plan {
  const program = gatedProgram(small, rounds, facts);
  const gated = readGated(program, small, keysOf(small, rounds, facts.rows));
  return {
    program,
    acts: [{ act: 'explore', gated, search, atOnce: AT_ONCE, tell }],
    ...(asksServer(small) ? { rows: firstRows(small, rounds) } : {}),
    declaredWait: 0,
  };
}
