import { type Gated, type Meaning, readGated, threadName } from '../program/gated';
import { letterOf } from '../program/small-program';
import type { EventParams } from '../protocol/messages';
import type { Entry, RunRecord } from '../trace/record';
import { linesAtMost, tell } from '../trace/timeline';

/** Lines of a schedule at most. */
const LINES = 60;

/** What happened under the schedule of one round, a line each: who was let go, and what the green threads then read and wrote, asked for and entered. */
export function timelineOf({ program, entries }: Pick<RunRecord, 'program' | 'entries'>, round = 1): string[] {
  const { meanings, small } = readGated(program);
  const threads = new Map(small.threads.map((_, i) => [`${threadName(i, round)}#1`, i]));
  const lines = entries.flatMap((entry) => line(entry, round, threads, meanings));
  return linesAtMost(
    LINES,
    lines.filter((text, i) => !isEndedAtOnce(text, lines[i + 1] ?? '')),
  );
}

/** Whether a line says that something started, and the next how it ended. */
function isEndedAtOnce(text: string, next: string): boolean {
  const begun = / started$/.test(text) ? text.replace(/started$/, '') : undefined;
  return begun !== undefined && next.startsWith(begun);
}

/** @param threads those of the round, by the names of their instances */
function line(
  entry: Entry,
  round: number,
  threads: ReadonlyMap<string, number>,
  meanings: Gated['meanings'],
): string[] {
  const of = (instance: string): number => threads.get(instance) ?? -1;
  switch (entry.kind) {
    case 'opened':
      return of(entry.thread) < 0 ? [] : [`${letterOf(of(entry.thread))}  is let go`];
    case 'event': {
      const thread = of(entry.event.thread);
      const says = meanings[thread]?.get(entry.event.label)?.says;
      return says !== undefined && isTold(says, entry.event.phase) ? [`${letterOf(thread)}  ${tell(entry)}`] : [];
    }
    case 'row-waits':
      return entry.threads
        .filter((thread) => of(thread) >= 0)
        .map((thread) => `${letterOf(of(thread))}  waits for a row, as MySQL shows`);
    case 'rows':
      return entry.round === round ? [`·  ${tell(entry)}`] : [];
    default:
      return [];
  }
}

function isTold(says: Meaning['says'], phase: EventParams['phase']): boolean {
  switch (says) {
    case 'read':
    case 'write':
      return phase === 'finished';
    case 'lock':
    case 'join':
    case 'query':
      return true;
    case 'life':
      return phase === 'raised';
    case 'stand':
    case 'connect':
      return false;
  }
}
