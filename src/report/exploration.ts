import { describe } from '../explore/outcome';
import type { ExplorationFile } from '../explore/result';

/** Ways in which orders come out that are listed at most. */
const WAYS = 12;

/** What came of an exploration, as lines for a terminal. */
export function explorationLines(file: ExplorationFile): string[] {
  const { runtime, scenario, threads, ways, mishaps, shown, repeated, verdict, reason } = file;
  const by = runtime.by === 'gates' ? 'led through gates' : 'in its own hub';
  const marks = { pass: '✓', fail: '✗', inconclusive: '?' } as const;
  return [
    `${scenario.name} (${scenario.place}), on ${runtime.name}${serverOf(file)}, ${by}`,
    `  ${threads.map(({ letter, name }) => `${letter} is ${name}`).join(', ')}`,
    `  ${countsOf(file)}`,
    ...table(ways, file.orders),
    ...mishaps.map(({ mishap, orders }) => `  ${mishap} in ${orders} of ${file.orders} orders`),
    ...(repeated > 0 ? [`  ${repeated} run twice, and came to the same`] : []),
    `${marks[verdict]} ${verdict}: ${reason}`,
    ...(shown === undefined ? [] : shownLines(shown)),
  ];
}

/** Of a program that has queries. */
export function serverOf({ database }: ExplorationFile): string {
  return database === null ? '' : ` with ${database.server} ${database.version}`;
}

/** Always said: whether it is all, or what bounded it. */
export function countsOf({ complete, schedules, orders, bounds }: ExplorationFile): string {
  const tried = `${schedules} ${schedules === 1 ? 'schedule' : 'schedules'}`;
  if (!complete) return `bounded by ${bounds.join(' and ')}: ${tried} explored`;
  return String(schedules) === orders
    ? `complete: all ${orders} orders`
    : `complete: ${tried} stand for all ${orders} orders`;
}

function table(ways: ExplorationFile['ways'], all: string): string[] {
  const width = Math.max(0, ...ways.map(({ example }) => example.length));
  const lines = [...ways]
    .sort((a, b) => Number(BigInt(b.orders) - BigInt(a.orders)))
    .map(
      ({ orders, example, outcome }) =>
        `    ${orders.padStart(all.length)}  ${example.padEnd(width)}  ${describe(outcome).join(', ') || 'all come to their end'}`,
    );
  return lines.length <= WAYS ? lines : [...lines.slice(0, WAYS), `    … ${lines.length - WAYS} more ways`];
}

function shownLines({ mishap, schedule, switches, timeline, replay }: NonNullable<ExplorationFile['shown']>): string[] {
  const words = switches === 1 ? '1 switch' : `${switches} switches`;
  return [
    `  ${mishap} with ${words}, the fewest: ${schedule}`,
    ...timeline.map((line) => `    ${line}`),
    `  again: ${replay}`,
  ];
}
