import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Database } from '../database/database';
import type { Findings, Found } from '../explore/findings';
import type { Mishap } from '../explore/outcome';
import { ExplorationFile } from '../explore/result';
import { writeSchedule } from '../explore/schedule';
import { Enumeration, RandomWalk } from '../explore/search';
import { timelineOf } from '../explore/timeline';
import { Fault } from '../fault/fault';
import type { Schedule, Search } from '../program/search';
import { letterOf } from '../program/small-program';
import { suiteVersion } from '../project';
import { type Explored, type Explorer, explore, fewestSwitches, replay, timelines } from '../session/explore';
import { type Judged, judgeExploration, uncontrolled } from './explore-judge';
import type { ExploreOptions } from './explore-options';
import type { Subject } from './explore-scenario';
import type { OpenedWhenNeeded } from './opened';
import type { Target } from './targets';

/** Schedules that are tried at most, where no limit is named: some ten seconds in the reference's hub, some more through gates. */
const LIMITS = { hub: 1_000_000, gates: 10_000 } as const;
const STRIP = 1000;
/** Schedules that are run once more, for what happens under them. */
const TIMELINES = 100;

/** Where a small program is run. */
export interface Place {
  readonly by: 'hub' | 'gates';
  readonly explorer: Explorer;
  readonly identity: unknown;
}

/** Tries the orders, and says what came of it. */
export async function exploration(
  { by, explorer, identity }: Place,
  subject: Subject,
  target: Target,
  options: ExploreOptions,
  opened: OpenedWhenNeeded,
): Promise<ExplorationFile> {
  const limit = options.limit ?? LIMITS[by];
  const strip: Leaf[] = [];
  const places = new Map<Found, number>();
  const explored = await explore(explorer, subject.small, searchOf(options, limit), (found, schedule, orders) => {
    const way = places.get(found) ?? places.size;
    places.set(found, way);
    if (strip.length < STRIP) strip.push({ schedule: [...schedule], orders, way });
  });
  const judged = judgeExploration(explored, subject);
  const again = (schedule: string): string => commandLine(subject, target, options, schedule);
  const shown = await show(explorer, subject, explored, judged, limit, opened, again);
  const { findings } = explored;
  const leaves = withExamples(strip, findings.ways);
  const told = uncontrolled(explored);
  return {
    kind: 'exploration',
    greenspec: suiteVersion(),
    format: 1,
    runtime: { name: target.command.name, by, identity },
    database: databaseOf(await opened.database()),
    scenario: { name: subject.name, place: subject.place },
    threads: subject.small.threads.map(({ name, steps }, i) => ({ letter: letterOf(i), name, steps: [...steps] })),
    date: new Date().toISOString(),
    verdict: judged.verdict,
    reason: judged.reason,
    complete: explored.bounds.size === 0 && told === undefined,
    bounds: [...explored.bounds],
    schedules: findings.schedules,
    orders: String(findings.orders),
    mishaps: mishapsIn(explored, subject),
    ways: findings.ways.map(wayOf),
    strip: await stripOf(leaves, subject, findings, opened),
    again: again('SCHEDULE'),
    ...(shown === undefined ? {} : { shown }),
    repeated: explored.repeated,
    ...(told === undefined ? {} : { uncontrolled: told }),
  };
}

function databaseOf(database: Database | undefined): ExplorationFile['database'] {
  if (database === undefined) return null;
  const { server, provider } = database;
  return { server: server.name, version: server.version, provider };
}

function searchOf({ seed, bound, reduce }: ExploreOptions, schedules: number): Search {
  return seed === undefined
    ? new Enumeration({ reduce, switches: bound, schedules })
    : new RandomWalk(seed, { schedules });
}

function mishapsIn({ findings }: Explored, { expected }: Subject): ExplorationFile['mishaps'] {
  const names = new Set<Mishap>([...findings.mishaps.keys(), ...(expected?.keys() ?? [])]);
  return [...names].map((mishap) => ({
    mishap,
    orders: String(findings.mishaps.get(mishap) ?? 0n),
    expected: expected === undefined ? null : String(expected.get(mishap)?.orders ?? 0n),
  }));
}

function wayOf({ outcome, mishaps, orders, schedules, example, switches }: Found): ExplorationFile['ways'][number] {
  const { together, waits, ended } = outcome;
  return {
    outcome: {
      ...outcome,
      ended: ended && [...ended],
      together: [...together],
      waits: waits.map((wait) => ('holders' in wait ? { ...wait, holders: [...wait.holders] } : wait)),
    },
    mishaps: [...mishaps],
    orders: String(orders),
    schedules,
    example: writeSchedule(example),
    switches,
  };
}

/** A schedule that shows the mishap, with as few switches as can be, and what happens under it in the runtime. */
async function show(
  explorer: Explorer,
  { small }: Subject,
  { findings }: Explored,
  { mishap }: Judged,
  limit: number,
  opened: OpenedWhenNeeded,
  again: (schedule: string) => string,
): Promise<ExplorationFile['shown']> {
  const [known] = findings.ways
    .filter(({ mishaps }) => mishap !== undefined && mishaps.includes(mishap))
    .sort((a, b) => a.switches - b.switches);
  if (mishap === undefined || known === undefined) return undefined;
  const { example, switches } = await fewestSwitches(explorer, small, mishap, known, limit);
  const { bench } = await opened.get();
  const { record } = await replay(bench, small, example);
  const schedule = writeSchedule(example);
  const { program, entries } = record;
  const timeline = timelineOf(record);
  return { mishap, schedule, switches, timeline, replay: again(schedule), record: { program, entries } };
}

/** A schedule that was tried, and what came of it. */
interface Leaf {
  readonly schedule: Schedule;
  readonly orders?: bigint;
  readonly way: number;
}

/** The first schedules, and of each way its example, which may have been tried later. */
function withExamples(strip: readonly Leaf[], ways: readonly Found[]): Leaf[] {
  const known = new Set(strip.map(({ schedule }) => schedule.join()));
  const later = ways.map(({ example }, way) => ({ schedule: example, way }));
  return [...strip, ...later.filter(({ schedule }) => !known.has(schedule.join()))];
}

/** What happens under the first schedules, and under the examples of the first ways, is seen by running them once more. */
async function stripOf(
  leaves: readonly Leaf[],
  { small }: Subject,
  { ways }: Findings,
  opened: OpenedWhenNeeded,
): Promise<ExplorationFile['strip']> {
  const { bench } = await opened.get();
  const examples = new Set(ways.slice(0, TIMELINES).map(({ example }) => example.join()));
  const shown = leaves.filter(({ schedule }, i) => i < TIMELINES || examples.has(schedule.join()));
  const told = await timelines(
    bench,
    small,
    shown.map(({ schedule }) => schedule),
  );
  return leaves.map(({ schedule, orders, way }) => {
    const timeline = told.get(schedule);
    return {
      schedule: writeSchedule(schedule),
      ...(orders === undefined ? {} : { orders: String(orders) }),
      way,
      ...(timeline === undefined ? {} : { timeline: [...timeline] }),
    };
  });
}

function commandLine(
  { place }: Subject,
  { command, named }: Target,
  options: ExploreOptions,
  schedule: string,
): string {
  const what = options.program === undefined ? place : `--program ${options.program}`;
  const own = named ? '' : ` -- ${[command.command, ...command.args].join(' ')}`;
  return `greenspec explore ${what} --runtime ${command.name} --replay ${schedule}${own}`;
}

/** @throws Fault of the environment: it cannot be written */
export function writeExploration(file: ExplorationFile, { reports }: ExploreOptions): void {
  const slug = file.scenario.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  const path = join(resolve(reports), `explore-${file.runtime.name}-${slug}.json`);
  try {
    mkdirSync(resolve(reports), { recursive: true });
    writeFileSync(path, `${JSON.stringify(ExplorationFile.parse(file))}\n`);
  } catch (cause) {
    throw new Fault({ party: 'environment', what: `${path} cannot be written` }, { cause });
  }
}
