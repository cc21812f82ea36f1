import type { EventParams } from '../../protocol/messages';
import type { Entry, Sight } from '../../trace/record';
import type { Captions } from './captions';
import type { Lane } from './lanes';

/** What goes on in a lane for a while. */
export interface Bar {
  readonly lane: number;
  /** Places of entries, both included. */
  readonly from: number;
  readonly to: number;
  /** How many other steps of the same green thread it lies in. */
  readonly depth: number;
  readonly kind: 'step' | 'asleep' | 'busy' | 'served' | 'waiting' | 'executing' | 'held';
  readonly text: string;
  /** It had not ended when the run did. */
  readonly open: boolean;
}

/** The steps of the green threads, from where they started to where they ended. */
export function stepBars(entries: readonly Entry[], lanes: readonly Lane[], caption: Captions): Bar[] {
  const bars: Bar[] = [];
  const begun = new Map<string, { label: string; from: number }[]>();
  const laneOf = laneFinder(lanes);
  const bar = (thread: string, label: string, from: number, to: number, depth: number, open: boolean): void => {
    bars.push({ lane: laneOf(thread), from, to, depth, kind: 'step', text: caption(thread, label), open });
  };
  entries.forEach((entry, i) => {
    if (entry.kind !== 'event') return;
    const { thread, label, phase } = entry.event;
    const open = begun.get(thread) ?? [];
    begun.set(thread, open);
    if (phase === 'started') open.push({ label, from: i });
    if (!ends(phase)) return;
    const depth = open.findLastIndex((step) => step.label === label);
    const [step] = depth < 0 ? [] : open.splice(depth);
    bar(thread, label, step?.from ?? i, i, Math.max(0, depth), false);
  });
  for (const [thread, open] of begun) {
    open.forEach(({ label, from }, depth) => {
      bar(thread, label, from, entries.length - 1, depth, true);
    });
  }
  return bars;
}

/** What the witnesses saw last for a while: the OS thread asleep or busy, a query waiting and executing, a lock that the suite holds. */
export function witnessBars(entries: readonly Entry[], lanes: readonly Lane[]): Bar[] {
  return entries.flatMap((entry, i) => {
    const seen = sightOf(entries, entry, i);
    const lane = lanes.findIndex(({ kind }) => kind === seen?.on);
    return seen === undefined || lane < 0 ? [] : [{ ...seen.bar, lane, depth: 0, open: false }];
  });
}

interface Seen {
  readonly on: Lane['kind'];
  readonly bar: Pick<Bar, 'kind' | 'from' | 'to' | 'text'>;
}

function sightOf(entries: readonly Entry[], entry: Entry, i: number): Seen | undefined {
  const untilReleased = (): number => firstAfter(entries, i, ({ kind }) => kind === 'released' || kind === 'server');
  switch (entry.kind) {
    case 'watched':
      return watchOf(entries, entry.sight, i);
    case 'server': {
      if (entry.sight.outcome === 'over') return undefined;
      const { queries } = entry.sight;
      const text = queries === 1 ? 'waits' : `${queries} wait`;
      // What comes of it is another bar.
      const to = Math.max(i, untilReleased() - 1);
      return { on: 'mysql', bar: { kind: 'waiting', from: i, to, text } };
    }
    case 'held': {
      const to = firstAfter(entries, i, ({ kind }) => kind === 'released');
      return { on: 'suite', bar: { kind: 'held', from: i, to, text: 'the suite holds a lock' } };
    }
    case 'released': {
      const to = firstAfter(entries, i, (later) => later.kind === 'event' && ends(later.event.phase));
      return { on: 'mysql', bar: { kind: 'executing', from: i, to, text: 'answers' } };
    }
    default:
      return undefined;
  }
}

/** The watch began when the byte was sent that somebody waited for. */
function watchOf(entries: readonly Entry[], { outcome }: Sight, to: number): Seen | undefined {
  const from = Math.max(
    entries.findLastIndex(({ kind }, i) => i < to && kind === 'opened'),
    0,
  );
  switch (outcome) {
    case 'blocked':
      return { on: 'os', bar: { kind: 'asleep', from, to, text: 'asleep, a byte unread' } };
    case 'busy':
      return { on: 'os', bar: { kind: 'busy', from, to, text: 'busy, a byte unread' } };
    case 'served':
      return { on: 'os', bar: { kind: 'served', from, to, text: 'the byte was served' } };
    case 'over':
      return undefined;
  }
}

export function laneFinder(lanes: readonly Lane[]): (thread: string) => number {
  const places = new Map(lanes.flatMap(({ threads }, i) => threads.map((thread) => [thread, i] as const)));
  return (thread) => places.get(thread) ?? -1;
}

function ends(phase: EventParams['phase']): boolean {
  return phase === 'finished' || phase === 'raised';
}

function firstAfter(entries: readonly Entry[], i: number, is: (entry: Entry) => boolean): number {
  const place = entries.findIndex((entry, k) => k > i && is(entry));
  return place < 0 ? entries.length - 1 : place;
}
