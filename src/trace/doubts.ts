import { CLIENT, IT, SUBJECT } from '../program/activities';
import { challengeOf, timesIn } from '../program/challenges';
import { MODE, READY } from '../program/compose';
import { SESSION } from '../program/queriers';
import type { Step } from '../program/step';
import { everyStep } from '../program/walk';
import type { EventParams } from '../protocol/messages';
import { waits } from './promises';
import { calledOffBefore, entriesOf, events, heard, nameOf, span, spans, valueGiven } from './questions';
import type { Entry, EntryOf, ProcessReading, RunRecord } from './record';

/**
 * What of the adapter's word has no effect to show for it: a numbering with holes, an event that is none of the program's, one that
 * was kept back, a mode that does not show, a wait of which no gate or pipe knows, an OS thread that the kernel does not know, a file, a
 * log line or a query that nobody saw. A record with doubts proves nothing, for or against.
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
  return [numbering, shape, keptBack, gates, pipes, osThreads, files, logs, queries, mode, driver].flatMap((find) =>
    find(record),
  );
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
  const kept = firstKept(record);
  if (kept !== undefined) return [`event ${kept} was kept back: it came after what followed it`];
  const last = events(record).at(-1)?.n ?? 0;
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

/** The number of the first event that had not been heard when an entry was made that says that it was written before. */
function firstKept({ entries }: RunRecord): number | undefined {
  const arrived: EntryOf<'arrived'>[] = [];
  const opened = new Set<string>();
  let last = 0;
  for (const entry of entries) {
    if (owedBy(entry, arrived, opened) > last) return last + 1;
    if (entry.kind === 'event') last = entry.event.n;
    else if (entry.kind === 'arrived') arrived.push(entry);
    else if (entry.kind === 'opened') opened.add(passage(entry));
  }
  return undefined;
}

/** The number of the event that must have been heard when an entry is made, by who arrived before; 0 where it says nothing of that. */
function owedBy(entry: Entry, arrived: readonly EntryOf<'arrived'>[], opened: ReadonlySet<string>): number {
  switch (entry.kind) {
    case 'quiescent':
      return Math.max(0, ...arrived.map(({ n }) => n));
    case 'arrived': {
      const passed = arrived.filter((own) => own.thread === entry.thread && opened.has(passage(own)));
      return Math.max(0, ...passed.map(({ n }) => n));
    }
    default:
      return 0;
  }
}

function passage({ gate, thread }: { gate: string; thread: string }): string {
  return `${thread} ${gate}`;
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

/** The other end of a pipe can be opened only while somebody reads: nobody did, if the harness never filled it. */
function pipes(record: RunRecord): string[] {
  const filled = new Set(entriesOf(record, 'filled').map(({ pipe }) => pipe));
  return everyStep(record.program).flatMap(({ thread, step }) =>
    step.do !== 'wait' || step.through !== 'raw-pipe' || filled.has(step.gate)
      ? []
      : spans(record, step.label, (name) => name === thread).flatMap(({ end }) =>
          end?.phase === 'finished'
            ? [`${end.thread} reported a read from the pipe ${step.gate}, and nobody read there`]
            : [],
        ),
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

/** The text of a file is there to be found, if the step that is said to have read it did. */
function files(record: RunRecord): string[] {
  const { file } = record.challenges;
  const texts = everyStep(record.program)
    .filter(({ step }) => challengeOf(step) === 'file')
    .flatMap(({ thread, step }) => spans(record, step.label ?? '', (name) => name === thread))
    .flatMap(({ end }) => (end?.phase === 'finished' && typeof end.value === 'string' ? [end.value] : []));
  const wrong = file !== undefined && texts.some((text) => text.trim() !== file);
  return wrong ? ['the adapter reported a text that the file does not hold'] : [];
}

/** Every line that the subject is said to have logged stands in the log, with the run's nonce and its own name. */
function logs(record: RunRecord): string[] {
  const steps = record.program.threads[SUBJECT]?.steps ?? [];
  const reported = timesIn(steps, (step) => challengeOf(step) === 'log');
  const it = span(record, SUBJECT, IT);
  // A loop that had been called off before it began has gone round not once.
  const done = it?.end?.phase === 'finished' && record.end.kind === 'completed' && !calledOffBefore(record, it.start);
  const own = `${record.nonce} ${SUBJECT}#1`;
  const written = (record.challenges.log ?? []).filter((line) => line.includes(own)).length;
  return done && written < reported
    ? [`the adapter reported ${reported} log lines, and the log holds ${written} of them`]
    : [];
}

/**
 * A query of which the server showed nothing, though it was asked while the query is said to have waited, and which brought nothing
 * that only the server knew, was never sent. What waits for nothing is not looked for: there the values that it is said to have brought tell.
 */
function queries(record: RunRecord): string[] {
  const sights = entriesOf(record, 'server').map(({ sight }) => sight);
  const kept = record.challenges.rows;
  if (kept === undefined || sights.some(({ outcome }) => outcome === 'waiting')) return [];
  const unseen = everyStep(record.program)
    .filter(({ step }) => challengeOf(step) === 'row')
    .flatMap(({ thread, step }) => spans(record, step.label ?? '', (name) => name === thread))
    .flatMap(({ end }) => (end?.phase === 'finished' ? [end] : []))
    .filter((end) => sights.length > 0 || (end.label === SESSION && bringsRows(end)))
    .filter((end) => !kept.some(({ value }) => holdsText(end, value)));
  return unseen.length === 0 ? [] : ['the adapter reported a query, and the server saw none'];
}

function bringsRows({ value }: EventParams): boolean {
  return Array.isArray(value) && value.flat().some((cell) => cell !== null);
}

function holdsText({ value }: EventParams, text: string): boolean {
  return JSON.stringify(value ?? null).includes(text);
}

/** Where the program shows the mode: the ready ones have turns while the standard library sleeps if it is patched, and else none. */
function mode(record: RunRecord): string[] {
  const [before, after] = [MODE.before, MODE.after].map((label) => valueGiven(record, SUBJECT, label));
  if (typeof before !== 'number' || typeof after !== 'number') return [];
  const ran = after > before;
  if (record.patched === ran || (!ran && spans(record, READY).length === 0)) return [];
  return [
    record.patched
      ? 'the adapter says that its process is monkey-patched, and nobody ran while the standard library slept'
      : 'the adapter says that its process is not monkey-patched, and others ran while the standard library slept',
  ];
}

/**
 * A C driver is a model of one, or names the library that the kernel is asked for: else nothing shows what it is. And the server, where it
 * keeps that, knows it by the name of a C library.
 */
function driver(record: RunRecord): string[] {
  const named = record.runtime.drivers['c-library'];
  const used = everyStep(record.program).some(({ step }) => step.do === 'connect' && step.driver === 'c-library');
  if (!used || named === undefined || named.model === true) return [];
  const says = `the adapter names ${named.name} as its C driver`;
  if ((named.library ?? '') === '') return [`${says}, and no library that could be looked for in its process`];
  const clients = spans(record, CLIENT).flatMap(({ end }) => (Array.isArray(end?.value) ? end.value.flat() : []));
  const other = clients.find((client) => typeof client === 'string' && !C_CLIENT.test(client));
  return other === undefined ? [] : [`${says}, and the server knows it as ${other}`];
}

/** What the client libraries in C call themselves: MySQL's, MariaDB's, and that of PHP. */
const C_CLIENT = /^(libmysql|libmariadb|mysqlnd)/;
