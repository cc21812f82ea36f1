import { IT, SUBJECT } from '../program/activities';
import type { Step } from '../program/step';
import { everyStep } from '../program/walk';
import type { EventParams } from '../protocol/messages';
import { waits } from './promises';
import { entriesOf, events, heard, nameOf, span, spans } from './questions';
import type { Entry, ProcessReading, RunRecord } from './record';

/**
 * What of the adapter's word has no effect to show for it: a numbering with holes, an event that is none of the program's, one that
 * was kept back, a wait of which no gate knows, an OS thread that the kernel does not know, a file, a log line or a query that
 * nobody saw. A record with doubts proves nothing, for or against.
 */
export function doubts(record: RunRecord): readonly string[] {
  const known = looked.get(record);
  if (known !== undefined) return known;
  const found = look(record);
  looked.set(record, found);
  return found;
}

/** A record does not change, and every claim asks for its doubts first. */
const looked = new WeakMap<RunRecord, readonly string[]>();

function look(record: RunRecord): string[] {
  return [numbering, shape, keptBack, gates, osThreads, files, queries].flatMap((find) => find(record));
}

function numbering(record: RunRecord): string[] {
  const list = events(record).map(({ n }) => n);
  const hole = list.findIndex((n, i) => n !== i + 1);
  if (hole >= 0) return [`event ${hole + 1} came with the number ${list[hole]}`];
  if (record.end.kind === 'completed' && record.end.events !== list.length) {
    return [`the adapter wrote ${record.end.events} events by its own count, and ${list.length} came`];
  }
  if (record.end.kind === 'completed' && !events(record).some(({ thread }) => thread === 'main'))
    return ['the adapter reported that the program ended, and never that main did anything'];
  return [];
}

/** Each event is of a green thread and a step that the program has, and a step ends, or is entered, once after it began. */
function shape(record: RunRecord): string[] {
  const steps = new Map<string, Step['do']>();
  for (const { thread, step } of everyStep(record.program))
    if (step.label !== undefined) steps.set(`${thread} ${step.label}`, step.do);
  const open = new Map<string, EventParams['phase']>();
  return events(record).flatMap((event) => {
    const { n, thread, label, phase } = event;
    const what = steps.get(`${nameOf(thread)} ${label}`);
    if (what === undefined || !/^(main|[^#]+#[1-9]\d*)$/.test(thread))
      return [`event ${n} is of ${label} in ${thread}, which the program does not have`];
    const before = open.get(`${thread} ${label}`);
    if (phase === 'finished' || phase === 'raised') open.delete(`${thread} ${label}`);
    else open.set(`${thread} ${label}`, phase);
    return fits(what, before, phase) ? [] : [`event ${n} says ${phase} of ${label} in ${thread} out of turn`];
  });
}

/** Whether a phase may follow the last one of the same step in the same green thread; undefined: the step is not going on. */
function fits(what: Step['do'], before: EventParams['phase'] | undefined, phase: EventParams['phase']): boolean {
  switch (phase) {
    case 'started':
      return before === undefined;
    case 'entered':
      return what === 'synchronized' && before === 'started';
    case 'finished':
      return before === (what === 'synchronized' ? 'entered' : 'started');
    case 'raised':
      return before !== undefined;
  }
}

/**
 * An event that was written before a green thread came to a gate is heard at the latest when the same green thread, let through,
 * comes to another, or when the process is at rest; and the beginning of a step before the harness lets go of what holds it up, unless
 * it let go since the process was at rest before the step. Where a run was cut, it has been heard by then.
 */
function keptBack(record: RunRecord): string[] {
  const { entries } = record;
  const kept = entries.findIndex((_, i) => {
    const owed = due(record, i);
    return owed > 0 && lastHeard(record, i) < owed;
  });
  if (kept >= 0) return [`event ${lastHeard(record, kept) + 1} was kept back: it came after what followed it`];
  const last = lastHeard(record, entries.length - 1);
  if (record.end.kind === 'cut' && entriesOf(record, 'arrived').some(({ n }) => n > last))
    return [`event ${last + 1} was kept back: it never came, and what followed it did`];
  const it = span(record, SUBJECT, IT)?.start;
  const letGo = entries.findIndex(({ kind }) => kind === 'released' || kind === 'flag');
  const inVain = entries
    .slice(0, Math.max(0, letGo))
    .some((entry) => entry.kind === 'quiescent' && entry.awaiting === IT);
  return it !== undefined && letGo >= 0 && heard(record, it) > letGo && !inVain
    ? [`event ${it.n} was kept back: it came after the step that it begins was let go`]
    : [];
}

/** The number of the last event that had been heard when an entry was made. */
function lastHeard({ entries }: RunRecord, index: number): number {
  const last = entries.slice(0, index + 1).findLast((entry) => entry.kind === 'event');
  return last?.event.n ?? 0;
}

/** The number of the event that must have been heard when an entry is made; 0 where it says nothing of that. */
function due({ entries }: RunRecord, index: number): number {
  const entry = entries[index];
  const before = entries.slice(0, index).filter((earlier) => earlier.kind === 'arrived');
  switch (entry?.kind) {
    case 'quiescent':
      return Math.max(0, ...before.map(({ n }) => n));
    case 'arrived': {
      const own = before.filter(({ thread }) => thread === entry.thread);
      const passed = own.filter(({ gate }) => isOpened(entries.slice(0, index), gate, entry.thread));
      return Math.max(0, ...passed.map(({ n }) => n));
    }
    default:
      return 0;
  }
}

function isOpened(entries: readonly Entry[], gate: string, thread: string): boolean {
  return entries.some((entry) => entry.kind === 'opened' && entry.gate === gate && entry.thread === thread);
}

/** Whoever says that it waited at a gate must have been there, after it said so and before it said that it was over. */
function gates(record: RunRecord): string[] {
  const arrived = entriesOf(record, 'arrived');
  return waits(record).flatMap(({ span: { thread, start, end }, gate }) =>
    end?.phase !== 'finished' ||
    arrived.some((a) => a.gate === gate && a.thread === thread && a.n >= start.n && a.n < end.n)
      ? []
      : [`${thread} reported a wait at the gate ${gate}, and never came there`],
  );
}

function osThreads(record: RunRecord): string[] {
  const known = new Set(readings(record).flatMap(({ threads }) => threads.map(({ tid }) => tid)));
  if (known.size === 0) return [];
  // An OS thread may have begun or ended after the reading; that none of those named was there cannot be.
  const named = [...new Set(events(record).map(({ os }) => os))];
  return named.length === 0 || named.some((os) => known.has(os))
    ? []
    : [`the kernel knows none of the OS threads that events name (${named.slice(0, 5).join(', ')})`];
}

/** Every reading of the kernel that the record holds. */
function readings(record: RunRecord): ProcessReading[] {
  const sights = entriesOf(record, 'watched').map(({ sight }) => sight);
  return [
    ...entriesOf(record, 'kernel').map(({ reading }) => reading),
    ...sights.flatMap((sight) => ('reading' in sight ? [sight.reading] : [])),
  ];
}

/** The text of a file and the lines of a log are there to be found, if the step that is said to have touched them did. */
function files(record: RunRecord): string[] {
  const { file, log } = record.challenges;
  const touches = everyStep(record.program).filter(({ step }) => step.do === 'touch');
  const texts = touches
    .flatMap(({ thread, step }) => spans(record, step.label ?? '', (name) => name === thread))
    .flatMap(({ end }) => (end?.phase === 'finished' && typeof end.value === 'string' ? [end.value] : []));
  const wrong = file !== undefined && texts.some((text) => text.trim() !== file);
  const logged = touches.some(({ step }) => step.do === 'touch' && step.what === 'log');
  const done = span(record, SUBJECT, IT)?.end?.phase === 'finished' && record.end.kind === 'completed';
  return [
    ...(wrong ? ['the adapter reported a text that the file does not hold'] : []),
    ...(logged && done && log?.some((line) => line.includes(record.nonce)) !== true
      ? ['the adapter reported a log line, and the log holds none of this run']
      : []),
  ];
}

/** A query of which the server showed nothing, though it was asked while the query is said to have waited, was never sent. */
function queries(record: RunRecord): string[] {
  const sight = entriesOf(record, 'server')[0]?.sight;
  const value = record.challenges.rows?.[0]?.value;
  const it = span(record, SUBJECT, IT);
  if (sight?.outcome !== 'over' || value === undefined || it?.end?.phase !== 'finished') return [];
  const given = JSON.stringify(it.end.value ?? null).includes(value);
  return given ? [] : ['the adapter reported a query, and the server saw none'];
}
