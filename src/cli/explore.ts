import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findConfig } from '../config/find';
import type { Found } from '../explore/findings';
import { describe, type Mishap, mishapsOf } from '../explore/outcome';
import { ExplorationFile } from '../explore/result';
import { readSchedule, writeSchedule } from '../explore/schedule';
import { Enumeration, RandomWalk } from '../explore/search';
import { Fault } from '../fault/fault';
import { readGated } from '../program/gated';
import type { Schedule, Search } from '../program/search';
import { letterOf } from '../program/small-program';
import { suiteVersion } from '../project';
import { explorationLines } from '../report/exploration';
import {
  type Explored,
  type Explorer,
  explore as exploreBy,
  fewestSwitches,
  gateExplorer,
  insideExplorer,
  replay,
} from '../session/explore';
import { openSession, type Session } from '../session/session';
import { events } from '../trace/questions';
import type { RunRecord } from '../trace/record';
import { timeline } from '../trace/timeline';
import { type Judged, judgeExploration, uncontrolled } from './explore-judge';
import { type Subject, subjectOfFile, subjectOfScenario } from './explore-scenario';
import { findTarget, ownTarget, type Target } from './targets';

export interface ExploreOptions {
  readonly runtime: string;
  readonly program?: string;
  readonly replay?: string;
  readonly bound?: number;
  readonly limit?: number;
  readonly seed?: number;
  readonly reduce: boolean;
  readonly gates: boolean;
  readonly json: boolean;
  readonly config?: string;
  readonly reports: string;
  /** Seconds. */
  readonly deadline?: number;
}

/** Schedules that are tried at most, where no limit is named: some ten seconds in the reference's hub, some more through gates. */
const LIMITS = { hub: 1_000_000, gates: 10_000 } as const;
const STRIP = 1000;

interface Place {
  readonly by: 'hub' | 'gates';
  readonly explorer: Explorer;
  readonly identity: unknown;
}

/** `greenspec explore SCENARIO --runtime NAME [-- COMMAND…]`. */
export async function explore(
  scenario: string | undefined,
  command: readonly string[],
  options: ExploreOptions,
): Promise<number> {
  const subject = await subjectOf(scenario, options);
  const target = command.length > 0 ? ownTarget(options.runtime, command) : await named(options);
  const session = new Opened(target, options);
  try {
    if (options.replay !== undefined)
      return await replayOne(await session.get(), subject, readSchedule(options.replay));
    const place = await placeOf(target, options, session);
    const file = await exploration(place, subject, target, options, session);
    writeFile(file, options);
    print(options.json ? [JSON.stringify(file)] : explorationLines(file));
    return { pass: 0, fail: 1, inconclusive: 3 }[file.verdict];
  } finally {
    await session.close();
  }
}

async function subjectOf(scenario: string | undefined, { program }: ExploreOptions): Promise<Subject> {
  if (program !== undefined && scenario === undefined) return subjectOfFile(program);
  if (program === undefined && scenario !== undefined) return subjectOfScenario(scenario);
  throw new Fault({
    party: 'user',
    what: 'it is not clear what to explore',
    expected: 'a scenario, or --program FILE',
  });
}

async function named({ runtime, config }: ExploreOptions): Promise<Target> {
  const file = config ?? findConfig(process.cwd());
  return findTarget(runtime, file === undefined ? undefined : (await import('../config/load')).loadConfig(file));
}

/** The adapter is started when it is needed, once. */
class Opened {
  readonly #target: Target;
  readonly #deadline: number | undefined;
  #session: Promise<Session> | undefined;

  constructor(target: Target, { deadline }: ExploreOptions) {
    this.#target = target;
    this.#deadline = deadline === undefined ? undefined : deadline * 1000;
  }

  get(): Promise<Session> {
    const nobody = new Fault({ party: 'user', what: 'no database is wanted' });
    this.#session ??= openSession(this.#target.command, nobody, { deadline: this.#deadline });
    return this.#session;
  }

  async close(): Promise<void> {
    await (await this.#session?.catch(() => undefined))?.close();
  }
}

/** The reference runs in this process, unless it is to be led through gates like any other. */
async function placeOf({ command, named }: Target, { gates }: ExploreOptions, opened: Opened): Promise<Place> {
  if (named && command.name === 'reference' && !gates) {
    const { referenceInside } = await import('../explore/reference');
    return { by: 'hub', explorer: insideExplorer(referenceInside()), identity: null };
  }
  const { bench } = await opened.get();
  const adapter = await bench.pool.take();
  return { by: 'gates', explorer: gateExplorer(bench), identity: adapter?.identity ?? null };
}

async function exploration(
  { by, explorer, identity }: Place,
  subject: Subject,
  target: Target,
  options: ExploreOptions,
  opened: Opened,
): Promise<ExplorationFile> {
  const limit = options.limit ?? LIMITS[by];
  const strip: ExplorationFile['strip'] = [];
  const places = new Map<Found, number>();
  const explored = await exploreBy(explorer, subject.small, searchOf(options, limit), (found, schedule, orders) => {
    const way = places.get(found) ?? places.size;
    places.set(found, way);
    if (strip.length < STRIP) strip.push({ schedule: writeSchedule(schedule), orders: String(orders), way });
  });
  const judged = judgeExploration(explored, subject);
  const again = (schedule: string): string => commandLine(subject, target, options, schedule);
  const shown = await show(explorer, subject, explored, judged, limit, opened, again);
  const { findings } = explored;
  const told = uncontrolled(explored);
  return {
    kind: 'exploration',
    greenspec: suiteVersion(),
    format: 1,
    runtime: { name: target.command.name, by, identity },
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
    strip,
    ...(shown === undefined ? {} : { shown }),
    repeated: explored.repeated,
    ...(told === undefined ? {} : { uncontrolled: told }),
  };
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
  const { together, waits } = outcome;
  return {
    outcome: {
      ...outcome,
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
  opened: Opened,
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
  return { mishap, schedule, switches, timeline: timelineOf(record), replay: again(schedule) };
}

/** What the green threads read and wrote, asked for and entered is what matters. */
function timelineOf(record: RunRecord): string[] {
  const { meanings } = readGated(record.program);
  const telling = events(record).filter(({ thread, label, phase }) => {
    const says = meanings[thread.charCodeAt(0) - 97]?.get(label)?.says;
    if (says === 'lock' || says === 'join') return phase === 'started' || phase === 'entered';
    return (says === 'read' || says === 'write') && phase === 'finished';
  });
  return timeline(
    record,
    telling.map(({ n }) => n),
  );
}

async function replayOne({ bench }: Session, { name, place, small }: Subject, schedule: Schedule): Promise<number> {
  const { record, led, strayed } = await replay(bench, small, schedule);
  if (strayed !== undefined || led === undefined) {
    const [wanted, able] = [strayed?.before ?? [], strayed?.now ?? []].map((threads) =>
      threads.map(letterOf).join(' or '),
    );
    throw new Fault({
      party: 'user',
      what: 'the schedule cannot be followed',
      expected: `after ${writeSchedule(strayed?.schedule ?? []) || 'the start'} ${able || 'nobody'}, who can go on`,
      came: wanted || 'nobody',
    });
  }
  const mishaps = mishapsOf(led.outcome);
  print([
    `${name} (${place}), on ${bench.name}: ${writeSchedule(led.schedule)}`,
    ...timelineOf(record).map((line) => `    ${line}`),
    ...describe(led.outcome).map((line) => `  ${line}`),
    mishaps.length === 0 ? 'nothing goes wrong' : mishaps.join(', and '),
  ]);
  return mishaps.length === 0 ? 0 : 1;
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

function writeFile(file: ExplorationFile, { reports }: ExploreOptions): void {
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

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
