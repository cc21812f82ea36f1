import { describe, mishapsOf } from '../explore/outcome';
import { readSchedule, writeSchedule } from '../explore/schedule';
import { timelineOf } from '../explore/timeline';
import { Fault } from '../fault/fault';
import type { Schedule } from '../program/search';
import { letterOf } from '../program/small-program';
import { asksServer } from '../program/small-queries';
import { explorationLines } from '../report/exploration';
import { gateExplorer, insideExplorer, replay } from '../session/explore';
import type { Session } from '../session/session';
import { configuration } from './configuration';
import { exploration, type Place, writeExploration } from './explore-file';
import type { ExploreOptions } from './explore-options';
import { type Subject, subjectOfFile, subjectOfScenario } from './explore-scenario';
import { OpenedWhenNeeded } from './opened';
import { settleDatabase } from './settings';
import { findTarget, ownTarget, type Target } from './targets';

/** `greenspec explore SCENARIO --runtime NAME [-- COMMAND…]`. */
export async function explore(
  scenario: string | undefined,
  command: readonly string[],
  options: ExploreOptions,
): Promise<number> {
  const subject = await subjectOf(scenario, options);
  const loaded = await configuration(options.config);
  const target = command.length > 0 ? ownTarget(options.runtime, command) : findTarget(options.runtime, loaded);
  const { mysql, image } = settleDatabase(options, loaded, process.env);
  const choice = asksServer(subject.small) ? { url: mysql, image } : undefined;
  const session = new OpenedWhenNeeded(target.command, choice, options.deadline);
  try {
    if (options.replay !== undefined)
      return await replayOne(await session.get(), subject, readSchedule(options.replay));
    const place = await placeOf(target, subject, options, session);
    const file = await exploration(place, subject, target, options, session);
    writeExploration(file, options);
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

/** The reference runs in this process, unless it is to be led through gates like any other, or asks a server, which takes time. */
async function placeOf(
  { command, named }: Target,
  { small }: Subject,
  { gates }: ExploreOptions,
  opened: OpenedWhenNeeded,
): Promise<Place> {
  if (named && command.name === 'reference' && !gates && !asksServer(small)) {
    const { referenceInside } = await import('../explore/reference');
    return { by: 'hub', explorer: insideExplorer(referenceInside()), identity: null };
  }
  const { bench } = await opened.get();
  const adapter = await bench.pool.take();
  return { by: 'gates', explorer: gateExplorer(bench), identity: adapter?.identity ?? null };
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

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
