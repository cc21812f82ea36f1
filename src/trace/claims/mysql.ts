import { IT, SUBJECT } from '../../program/activities';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { entriesOf, events, span } from '../questions';
import type { RunRecord } from '../record';

/** The server itself showed the query waiting for the lock. */
export function serverSawWaiting(record: RunRecord): Finding {
  const sight = entriesOf(record, 'server')[0]?.sight;
  if (sight === undefined) return unknown('the server was not asked');
  switch (sight.outcome) {
    case 'waiting':
      return holds;
    case 'over':
      return contradicted('the query ended while the lock that it asks for was held', endOf(record));
  }
}

/** The query gave the value that only the server knew, and not before the lock was let go. */
export function givesRow(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  const expected = record.challenges.row?.value;
  if (expected === undefined) return unknown('no value was kept at the server');
  if (it?.end === undefined) return unknown('the query never ended');
  if (it.end.phase === 'raised')
    return contradicted(`the query raised ${it.end.error?.code}: ${it.end.error?.message}`, [it.end.n]);
  const released = record.entries.findIndex(({ kind }) => kind === 'released');
  const ended = record.entries.findIndex((entry) => entry.kind === 'event' && entry.event === it.end);
  if (ended < released || released < 0) return contradicted('the query ended before the lock was let go', [it.end.n]);
  const row = Array.isArray(it.end.value) ? it.end.value[0] : undefined;
  const value = Array.isArray(row) ? row[row.length - 1] : undefined;
  return value === expected
    ? holds
    : contradicted(`the query gave ${JSON.stringify(it.end.value)}, and the row holds ${expected}`, [it.end.n]);
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
  if (driver === undefined) return contradicted('the runtime names no such driver');
  if (driver.model === true) return holds;
  if (driver.library === undefined) return unknown('the adapter does not name the library');
  return record.mapped.length > 0
    ? holds
    : contradicted(`no file named ${driver.library} is mapped into process ${record.pid}`);
}

function endOf(record: RunRecord): number[] {
  return events(record)
    .filter(({ label, phase, thread }) => label === IT && phase !== 'started' && thread.startsWith(SUBJECT))
    .map(({ n }) => n);
}
