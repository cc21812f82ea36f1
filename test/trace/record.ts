import { NO_FACTS, type Plan } from '../../src/program/plan';
import type { EventParams } from '../../src/protocol/messages';
import type { Entry, EntryBody, OpenStep, ProcessReading, RunRecord, Sight } from '../../src/trace/record';

export const FACTS = NO_FACTS;
export const NONCE = '0123456789abcdef';
/** The id of the process, and of its one OS thread. */
export const PID = 100;
/** What only the server knows. */
export const ROW = 'v4lue';
export const TEXT = 't3xt';

/**
 * Makes a record of a trace, one entry a line. An event reads `THREAD LABEL PHASE [VALUE] [on OS] [@MILLISECONDS]`, the value being JSON
 * or, of an error, its code. What the harness saw and did reads
 *
 *     * arrived GATE THREAD [N]     * opened GATE THREAD TOKEN     * flag NAME      * quiescent [AWAITING]
 *     * watched OUTCOME [READING]   * server OUTCOME [LOCK] [QUERIES]  * released LOCK  * kernel NAME READING
 *     * filled PIPE TOKEN           * outlasted [short]            * held LOCK        * called-off [THREAD LABEL]
 *
 * where N is left out for the number of the green thread's last event, and a reading is `TID:SWITCHES[:NAME]` of each OS thread.
 */
export function record(plan: Pick<Plan, 'program'>, trace: string, facts: Partial<RunRecord> = {}): RunRecord {
  const entries: Entry[] = [];
  for (const line of linesOf(trace)) entries.push({ at: entries.length, ...entry(line, entries) });
  return {
    run: 'r1',
    nonce: NONCE,
    pid: PID,
    runtime: {
      name: 'made up',
      version: '1',
      language: { name: 'none', version: '1' },
      lock: { name: 'lock', standIn: true },
      drivers: { 'c-library': { name: 'driver', version: '1', library: 'libmysql' } },
      components: {},
    },
    patched: true,
    program: plan.program,
    entries,
    challenges: { rows: [{ id: 1, value: ROW }], file: TEXT, log: [`${NONCE} subject#1`] },
    mapped: ['/lib/libmysqlclient.so'],
    end: { kind: 'completed', events: entries.filter(({ kind }) => kind === 'event').length, unfinished: 0 },
    ...facts,
  };
}

/** Changes lines of a trace; one that is not there is a mistake of the test's. An empty text takes the line out. */
export function edit(trace: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  const lines = linesOf(trace);
  for (const [from, to] of changes) {
    const at = lines.indexOf(from);
    if (at < 0) throw new Error(`the trace has no line "${from}":\n${lines.join('\n')}`);
    lines.splice(at, 1, ...linesOf(to));
  }
  return lines.join('\n');
}

/** Puts a line of a trace to another place. */
export function move(trace: string, line: string, place: { before: string } | { after: string }): string {
  const lines = linesOf(edit(trace, [line, '']));
  const anchor = lines.indexOf('before' in place ? place.before : place.after);
  if (anchor < 0) throw new Error(`the trace has no line to move "${line}" to:\n${lines.join('\n')}`);
  lines.splice('before' in place ? anchor : anchor + 1, 0, line);
  return lines.join('\n');
}

/** A trace up to a line, which is left out: of a run that got no further. */
export function until(trace: string, line: string): string {
  const lines = linesOf(trace);
  if (!lines.includes(line)) throw new Error(`the trace has no line "${line}"`);
  return lines.slice(0, lines.indexOf(line)).join('\n');
}

export function linesOf(trace: string): string[] {
  return trace
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function entry(line: string, before: readonly Entry[]): EntryBody {
  return line.startsWith('* ') ? seen(line.slice(2), before) : { kind: 'event', event: event(line, before) };
}

const EVENT = /^(\S+) (\S+) (started|entered|finished|raised)(?: (.*?))??(?: on (\d+))?(?: @([\d.]+))?$/;

function event(line: string, before: readonly Entry[]): EventParams {
  const match = EVENT.exec(line);
  if (match === null) throw new Error(`no event: ${line}`);
  const [, thread = '', label = '', phase, value, os, at] = match;
  return {
    run: 'r1',
    n: before.filter(({ kind }) => kind === 'event').length + 1,
    thread,
    os: Number(os ?? PID),
    ...(at === undefined ? {} : { at: Number(at) }),
    label,
    phase: phase as EventParams['phase'],
    ...(phase === 'finished' ? { value: JSON.parse(value ?? 'null') } : {}),
    ...(phase === 'raised' ? { error: { code: value ?? 'Oops', message: 'as the test wants it' } } : {}),
  };
}

function openStep(thread: string, label: string): OpenStep | undefined {
  return thread === '' ? undefined : { thread, label };
}

function seen(line: string, before: readonly Entry[]): EntryBody {
  const [kind, ...words] = line.split(' ');
  const [one = '', two = '', three = ''] = words;
  switch (kind) {
    case 'arrived':
      return { kind, gate: one, thread: two, n: three === '' ? lastOf(two, before) : Number(three) };
    case 'opened':
      return { kind, gate: one, thread: two, token: three };
    case 'flag':
      return { kind, flag: one };
    case 'called-off':
      return { kind, starved: openStep(one, two) };
    case 'quiescent':
      return { kind, awaiting: one === '' ? 'something' : one };
    case 'kernel':
      return { kind, as: one, reading: reading(words.slice(1)) };
    case 'watched':
      return { kind, sight: sight(one as Sight['outcome'], words.slice(1)) };
    case 'server': {
      const lock = two === 'row' ? 'row' : 'advisory';
      return one === 'over'
        ? { kind, sight: { outcome: 'over', lock } }
        : { kind, sight: { outcome: 'waiting', lock, queries: three === '' ? 1 : Number(three), state: 'User lock' } };
    }
    case 'filled':
      return { kind, pipe: one, token: two };
    case 'outlasted':
      return { kind, seconds: 0.02, whole: one !== 'short' };
    case 'held':
    case 'released':
      return { kind, lock: one === 'row' ? 'row' : 'advisory' };
    default:
      throw new Error(`no entry: ${line}`);
  }
}

function sight(outcome: Sight['outcome'], words: readonly string[]): Sight {
  return outcome === 'blocked' || outcome === 'busy'
    ? { outcome, reading: reading(words.length === 0 ? [`${PID}:1`] : words), unread: 13 }
    : { outcome };
}

function reading(words: readonly string[]): ProcessReading {
  const threads = words.map((word) => {
    const [tid, switches, name = 'thread'] = word.split(':');
    return { tid: Number(tid), name, state: 'S', voluntarySwitches: Number(switches ?? 1), cpu: 1 };
  });
  return { pid: PID, threads };
}

function lastOf(instance: string, before: readonly Entry[]): number {
  const last = before.findLast((item) => item.kind === 'event' && item.event.thread === instance);
  return last?.kind === 'event' ? last.event.n : 0;
}
