import { IT, SUBJECT } from '../../program/activities';
import { QUERY } from '../../program/queriers';
import type { EventParams } from '../../protocol/messages';
import { type Contradiction, contradicted, type Finding, holds, unknown } from '../finding';
import { entriesOf, heard, span, spans } from '../questions';
import type { RunRecord } from '../record';

/** ER_LOCK_WAIT_TIMEOUT: MySQL gave up a query that waited for a row. */
export const LOCK_WAIT_TIMEOUT = '1205';

/**
 * So many queries of the run wait at the server at once, and never more: the server itself showed it. That there were never as many
 * rests on a look at them all; a run that was cut may have had only a look at the first.
 */
export function queriesAtOnce(record: RunRecord, expected: number): Finding {
  const sights = entriesOf(record, 'server').map(({ sight }) => sight);
  const seen = sights.flatMap((sight) => (sight.outcome === 'waiting' ? [sight.queries] : []));
  if (sights.length === 0) return unknown('the server was not asked');
  if (seen.length === 0) return endedUnseen(record);
  const early = endedWhileHeld(record);
  if (early !== undefined) return endedEarly(early);
  const most = Math.max(...seen);
  if (most > expected) return contradicted(`the server saw ${most} at once`);
  if (seen.length < sights.length) return endedUnseen(record);
  if (most === expected) return holds;
  return record.end.kind === 'completed' || seen.length > 1
    ? contradicted(`the server saw ${most} at once`)
    : unknown(`the server saw ${most} at once so far`);
}

/** The first query that ended, with whatever it gave, before the suite let go of the lock: the server had not answered. */
function endedWhileHeld(record: RunRecord): EventParams | undefined {
  if (!record.entries.some(({ kind }) => kind === 'held')) return undefined;
  const released = record.entries.findIndex(({ kind }) => kind === 'released');
  return endsOfQueries(record).find((end) => !givenUp(end) && (released < 0 || heard(record, end) < released));
}

function endsOfQueries(record: RunRecord): EventParams[] {
  return [IT, QUERY].flatMap((label) => spans(record, label)).flatMap(({ end }) => end ?? []);
}

function givenUp({ phase, error }: EventParams): boolean {
  return phase === 'raised' && error?.code === LOCK_WAIT_TIMEOUT;
}

function endedEarly({ n }: EventParams): Contradiction {
  return contradicted('the query ended while the lock that it asks for was held', [n]);
}

/** The server never showed a query waiting: it came back too early, or was never asked. One that MySQL gave up had waited. */
function endedUnseen(record: RunRecord): Finding {
  const asked = record.entries.findLastIndex(({ kind }) => kind === 'server');
  const early = endsOfQueries(record).filter((end) => heard(record, end) < asked);
  const wrong = early.find((end) => !givenUp(end));
  if (wrong !== undefined) return endedEarly(wrong);
  return unknown(early.length > 0 ? 'MySQL had given the query up before it was asked' : 'the query never began');
}

/** The query gave the value that only the server knew, and not before the lock was let go. */
export function givesRow(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  const expected = record.challenges.rows?.[0]?.value;
  if (expected === undefined) return unknown('no value was kept at the server');
  if (it?.end === undefined) return unknown('the query never ended');
  if (it.end.phase === 'raised')
    return contradicted(`the query raised ${it.end.error?.code}: ${it.end.error?.message}`, [it.end.n]);
  const released = record.entries.findIndex(({ kind }) => kind === 'released');
  if (heard(record, it.end) < released || released < 0)
    return contradicted('the query ended before the lock was let go', [it.end.n]);
  const row = Array.isArray(it.end.value) ? it.end.value[0] : undefined;
  const value = Array.isArray(row) ? row[row.length - 1] : undefined;
  return value === expected
    ? holds
    : contradicted(`the query gave ${JSON.stringify(it.end.value ?? null)}, and the row holds ${expected}`, [it.end.n]);
}

/** The query ended with an error of MySQL's of this number. */
export function endsWithError(record: RunRecord, number: number): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the query never ended');
  if (it.end.phase === 'raised' && it.end.error?.code === String(number)) return holds;
  const came = it.end.phase === 'raised' ? `error ${it.end.error?.code}` : 'its rows';
  return contradicted(`the query ended with ${came}, not with error ${number}`, [it.end.n]);
}

/** The driver that the query went through is a C library that the kernel shows mapped; in a model there is none to show. */
export function isCLibrary(record: RunRecord): Finding {
  const driver = record.runtime.drivers['c-library'];
  if (driver === undefined) return unknown('the adapter names no such driver');
  if (driver.model === true) return holds;
  if (driver.library === undefined) return unknown('the adapter does not name the library');
  if (record.mapped === undefined) return unknown('the kernel was not asked');
  if (record.mapped.length > 0) return holds;
  // A process that was ended with its run has nothing mapped any more.
  return record.end.kind === 'completed' && record.end.unfinished === 0
    ? contradicted(`no file named ${driver.library} is mapped into process ${record.pid}`)
    : unknown('the process had ended when the kernel was asked');
}
