import type { EventParams } from '../protocol/messages';
import type { Entry, RunRecord } from './record';

/** Lines of a timeline at most; what lies in the middle of a longer one is left out. */
const LINES = 24;
/** Entries shown before and after those that matter. */
const AROUND = 3;

/**
 * What happened around some events, as a few lines of text: one an entry, in the order in which it came to be known, those of
 * green threads with their number, those that matter with an arrow.
 *
 * @param against numbers of the events that matter; with none, the end of the run is shown
 */
export function timeline(record: RunRecord, against: readonly number[]): string[] {
  const { entries } = record;
  const marked = entries.flatMap((entry, i) => (entry.kind === 'event' && against.includes(entry.event.n) ? [i] : []));
  const first = Math.max(0, (marked[0] ?? entries.length - 2 * AROUND) - AROUND);
  const last = (marked.at(-1) ?? entries.length) + AROUND;
  const shown = entries.slice(first, last + 1);
  const width = Math.max(0, ...shown.map((entry) => (entry.kind === 'event' ? entry.event.thread.length : 0)));
  return linesAtMost(
    LINES,
    shown.map((entry) => line(entry, width, against)),
  );
}

function line(entry: Entry, width: number, against: readonly number[]): string {
  if (entry.kind !== 'event') return `${' '.repeat(5)}  · ${tell(entry)}`;
  const { n, thread } = entry.event;
  return `${String(n).padStart(5)}  ${thread.padEnd(width)}  ${tell(entry)}${against.includes(n) ? '  ←' : ''}`;
}

/** An entry in words: what a green thread reported, what the harness did, or what a witness saw. */
export function tell(entry: Entry): string {
  return entry.kind === 'event' ? reported(entry.event) : told(entry);
}

function reported({ label, phase, value, error }: EventParams): string {
  const end = phase === 'finished' && value !== null && value !== undefined ? ` ${cut(JSON.stringify(value))}` : '';
  return `${label} ${phase}${end}${phase === 'raised' ? ` ${error?.code}` : ''}`;
}

function told(entry: Exclude<Entry, { kind: 'event' }>): string {
  switch (entry.kind) {
    case 'arrived':
      return `${entry.thread} came to the gate ${entry.gate}`;
    case 'opened':
      return `the gate ${entry.gate} let ${entry.thread} through`;
    case 'flag':
      return `the suite raised the flag ${entry.flag}`;
    case 'called-off':
      return 'the suite called off those who go on and on, since nobody else came to run';
    case 'filled':
      return `the suite wrote to the pipe ${entry.pipe}`;
    case 'outlasted':
      return `${entry.seconds} s passed${entry.whole ? '' : ', not all of it'}`;
    case 'kernel':
      return `the kernel counted ${entry.reading.threads.length} OS threads (${entry.as})`;
    case 'watched':
      return `the kernel, of the byte that was sent: ${entry.sight.outcome}`;
    case 'quiescent':
      return `nothing moved any more, while this was awaited: ${entry.awaiting}`;
    case 'server':
      return `MySQL, of the queries: ${entry.sight.outcome}${entry.sight.outcome === 'waiting' ? ` (${entry.sight.queries})` : ''}`;
    case 'row-waits':
      return `MySQL, of ${entry.threads.join(' and ')}: ${entry.threads.length === 1 ? 'it waits' : 'they wait'} for a row`;
    case 'rows':
      return `MySQL, of the rows: ${Object.entries(entry.rows)
        .map(([name, value]) => `${name} holds ${value}`)
        .join(', ')}`;
    case 'held':
      return `the suite held ${entry.lock === 'row' ? 'a row' : 'an advisory lock'}`;
    case 'released':
      return 'the suite let go of it';
  }
}

/** The lines, or so many of them, of which those in the middle are left out. */
export function linesAtMost(most: number, lines: readonly string[]): string[] {
  if (lines.length <= most) return [...lines];
  const half = most / 2;
  return [...lines.slice(0, half), `       … ${lines.length - most} more …`, ...lines.slice(-half)];
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
