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

export function events(record: RunRecord): EventParams[] {
  return entriesOf(record, 'event').map(({ event }) => event);
}

/** Where among the entries an event was heard; -1 for one that was not. */
export function heard(record: RunRecord, event: EventParams | undefined): number {
  return record.entries.findIndex((entry) => entry.kind === 'event' && entry.event === event);
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
export function spans(record: RunRecord, label: string, threads?: (name: string) => boolean): Span[] {
  const all: { thread: string; start: EventParams; entered?: EventParams; end?: EventParams }[] = [];
  for (const event of events(record)) {
    if (event.label !== label || (threads !== undefined && !threads(nameOf(event.thread)))) continue;
    const open = all.find((span) => span.thread === event.thread && span.end === undefined);
    if (event.phase === 'started') all.push({ thread: event.thread, start: event });
    else if (open !== undefined && event.phase === 'entered') open.entered = event;
    else if (open !== undefined) open.end = event;
  }
  return all;
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
