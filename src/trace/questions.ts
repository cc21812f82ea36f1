import type { EventParams } from '../protocol/messages';
import type { Entry, EntryOf, RunRecord } from './record';

/** A step from its beginning to its end; `end` is absent where it never ended. */
export interface Span {
  readonly thread: string;
  readonly start: EventParams;
  readonly entered?: EventParams;
  readonly end?: EventParams;
}

export function entriesOf<K extends Entry['kind']>(record: RunRecord, kind: K): EntryOf<K>[] {
  return record.entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);
}

export function events(record: RunRecord): readonly EventParams[] {
  return indexOf(record).events;
}

/** Where among the entries an event was heard; -1 for one that was not. */
export function heard(record: RunRecord, event: EventParams | undefined): number {
  return (event && indexOf(record).places.get(event)) ?? -1;
}

/** Whether those who were to be always ready had been told to end before an event was heard: then they prove nothing by their silence. */
export function calledOffBefore(record: RunRecord, event: EventParams | undefined): boolean {
  const calledOff = record.entries.findIndex(({ kind }) => kind === 'called-off');
  return calledOff >= 0 && (event === undefined || calledOff < heard(record, event));
}

/** The green thread's name in the program: `clerk` of `clerk#2`. */
export function nameOf(instance: string): string {
  return instance.split('#')[0] ?? instance;
}

/** Every time that a step of this label was gone through, by whom its name is one of `threads`, in the order of beginning. */
export function spans(record: RunRecord, label: string, threads?: (name: string) => boolean): readonly Span[] {
  const all = indexOf(record).spans.get(label) ?? [];
  return threads === undefined ? all : all.filter(({ thread }) => threads(nameOf(thread)));
}

/** The one time that a green thread went through a step. */
export function span(record: RunRecord, thread: string, label: string): Span | undefined {
  return spans(record, label, (name) => name === thread)[0];
}

/** What others reported between two events; events are numbered in the order in which they happened. */
export function othersBetween(record: RunRecord, { thread, start, end }: Span): EventParams[] {
  return events(record).filter(
    ({ thread: other, n }) => other !== thread && n > start.n && (end === undefined || n < end.n),
  );
}

/** The value that a step gave. */
export function valueGiven(record: RunRecord, thread: string, label: string): EventParams['value'] {
  return span(record, thread, label)?.end?.value;
}

/** What questions to a record are answered from. */
interface Index {
  readonly events: readonly EventParams[];
  /** Where among the entries each event stands. */
  readonly places: ReadonlyMap<EventParams, number>;
  /** By label. */
  readonly spans: ReadonlyMap<string, readonly Span[]>;
}

function indexOf(record: RunRecord): Index {
  const known = indexed.get(record);
  if (known !== undefined) return known;
  const events = entriesOf(record, 'event').map(({ event }) => event);
  const places = new Map<EventParams, number>();
  for (const [i, entry] of record.entries.entries()) if (entry.kind === 'event') places.set(entry.event, i);
  const index = { events, places, spans: spansOf(events) };
  indexed.set(record, index);
  return index;
}

/** A record does not change, and claims ask it again and again. */
const indexed = new WeakMap<RunRecord, Index>();

type Growing = { -readonly [K in keyof Span]: Span[K] };

function spansOf(events: readonly EventParams[]): Map<string, Span[]> {
  const all = new Map<string, Span[]>();
  const open = new Map<string, Growing[]>();
  for (const event of events) {
    const { thread, label, phase } = event;
    const going = listIn(open, `${thread} ${label}`);
    const [first] = going;
    if (phase === 'started') {
      const span = { thread, start: event };
      listIn(all, label).push(span);
      going.push(span);
    } else if (first !== undefined && phase === 'entered') first.entered = event;
    else if (first !== undefined) {
      first.end = event;
      going.shift();
    }
  }
  return all;
}

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
