import { IT, SUBJECT } from '../../program/activities';
import { PENDING, READY } from '../../program/compose';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { entriesOf, events, nameOf, othersBetween, type Span, span, spans, valueGiven } from '../questions';
import type { RunRecord } from '../record';

/**
 * No other green thread runs while the subject is at its step: none reports anything, the ready ones' counter stands still,
 * and a byte that was sent is not served. It rests on a control: the counter is shown to move before and after.
 */
export function nobodyRuns(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it === undefined) return unknown('the step never began');
  const others = othersBetween(record, it);
  if (others.length > 0)
    return contradicted(
      `${names(others)} ran meanwhile`,
      others.map(({ n }) => n),
    );
  const { before, after, later } = progress(record);
  if (before !== after && after !== undefined) {
    return contradicted(`ready green threads had ${Number(after) - Number(before)} turns meanwhile`, ends(it));
  }
  if (it.end === undefined) return unknown('the step never ended');
  if (entriesOf(record, 'watched').some(({ sight }) => sight.outcome === 'served'))
    return contradicted('a byte was served meanwhile', ends(it));
  if (spans(record, READY).length === 0) return unknown('no green thread was ready, so none could have been seen');
  if (!(Number(before) > 0 && Number(later) > Number(after))) {
    return unknown(
      `the counter of turns did not move before and after (${before}, ${after}, ${later}), so it could not have told`,
    );
  }
  return holds;
}

/** At least one other green thread runs while the subject is at its step. */
export function somebodyRuns(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the step never ended');
  if (othersBetween(record, it).length > 0) return holds;
  const { before, after } = progress(record);
  if (Number(after) > Number(before)) return holds;
  if (spans(record, READY).length === 0 && spans(record, 'turn').length === 0)
    return unknown('no other green thread could have run');
  return contradicted('no other green thread ran meanwhile', ends(it));
}

/** Every green thread that is pending runs while the subject is at its step. */
export function everyPendingRuns(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the step never ended');
  const pending = new Set(spans(record, 'turn', (name) => name === PENDING).map(({ thread }) => thread));
  if (pending.size === 0) return unknown('no green thread was pending');
  const ran = new Set(othersBetween(record, it).map(({ thread }) => thread));
  const missing = [...pending].filter((thread) => !ran.has(thread));
  return missing.length === 0 ? holds : contradicted(`${missing.join(', ')} did not run meanwhile`, ends(it));
}

/** After the subject's step everybody goes on: the byte is served, the ready ones turn again, and the program ends. */
export function everybodyGoesOn(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return contradicted('the step never ended', it === undefined ? [] : [it.start.n]);
  const { after, later } = progress(record);
  if (spans(record, READY).length > 0 && !(Number(later) > Number(after)))
    return contradicted('the ready green threads had no turn any more', ends(it));
  return everyoneEnds(record);
}

/** Every green thread comes to its end, and none raises anything that reaches the one who waits for it. */
export function everyoneEnds(record: RunRecord): Finding {
  if (record.end.kind !== 'completed') return unknown('the program did not end');
  const raised = events(record).filter(({ label, phase }) => label.startsWith('end-of-') && phase === 'raised');
  if (raised.length > 0) {
    const errors = raised.map(
      ({ label, error }) => `${label.slice('end-of-'.length)} raised ${error?.code}: ${error?.message}`,
    );
    return contradicted(
      errors.join('; '),
      raised.map(({ n }) => n),
    );
  }
  if (record.end.unfinished > 0) return contradicted(`${record.end.unfinished} green threads never ended`);
  return holds;
}

/** The step lasts at least as long as was asked: by the adapter's own clock, and by the harness's around it. */
export function lastsAtLeast(record: RunRecord, seconds: number): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the step never ended');
  const asked = seconds * 1000;
  const own = it.start.at === undefined || it.end.at === undefined ? undefined : it.end.at - it.start.at;
  if (own !== undefined && own < asked)
    return contradicted(`it lasted ${own.toFixed(3)} ms of the ${asked} ms asked`, ends(it));
  const released = entriesOf(record, 'opened').find(({ gate }) => gate === 'start')?.at;
  const heard = entriesOf(record, 'event').find(({ event }) => event === it.end)?.at;
  if (released === undefined || heard === undefined) return unknown('the step was not seen from outside');
  // From before it began until after it ended: less than was asked can only mean that it was too short.
  if (heard - released < asked)
    return contradicted(`seen from outside it lasted less than ${(heard - released).toFixed(3)} ms`, ends(it));
  return holds;
}

/** A wait for I/O ends because the bytes came: not before they were sent, and with just these. */
export function endsWithBytes(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the wait never ended');
  const opened = record.entries.findIndex((entry) => entry.kind === 'opened' && entry.gate === 'bytes');
  const heard = record.entries.findIndex((entry) => entry.kind === 'event' && entry.event === it.end);
  if (opened < 0 || heard < opened) return contradicted('the wait ended before any byte was sent', ends(it));
  const token = (record.entries[opened] as { token?: string }).token;
  if (it.end.value !== token)
    return contradicted(`the wait gave ${JSON.stringify(it.end.value)}, and ${token} was sent`, ends(it));
  if (!record.entries.slice(0, opened).some(({ kind }) => kind === 'quiescent')) {
    return unknown('it was not seen that the process rested before the bytes were sent');
  }
  return holds;
}

function progress(record: RunRecord): { before: unknown; after: unknown; later: unknown } {
  const read = (label: string): unknown => valueGiven(record, SUBJECT, label);
  return { before: read('before'), after: read('after'), later: read('later') };
}

function ends({ start, end }: Span): number[] {
  return end === undefined ? [start.n] : [start.n, end.n];
}

function names(list: readonly { thread: string }[]): string {
  const distinct = [...new Set(list.map(({ thread }) => thread))];
  return distinct.length <= 3
    ? distinct.join(', ')
    : `${distinct.length} green threads (${nameOf(distinct[0] ?? '')} …)`;
}
