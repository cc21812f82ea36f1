import { isMember } from '../../program/crowds';
import { COMMIT, QUERY, SESSION } from '../../program/queriers';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { entriesOf, span, spans } from '../questions';
import type { RunRecord } from '../record';

/** ER_LOCK_WAIT_TIMEOUT */
const LOCK_WAIT_TIMEOUT = '1205';

/** Each member got the value of its own row, which only the server knew. */
export function eachGetsItsRow(record: RunRecord): Finding {
  const rows = record.challenges.rows;
  if (rows === undefined) return unknown('no values were kept at the server');
  const queries = spans(record, QUERY, isMember);
  if (queries.length === 0) return unknown('nobody asked');
  for (const { thread, end } of queries) {
    if (end === undefined) return unknown(`the query of ${thread} never ended`);
    const expected = rows[Number(/\d+/.exec(thread)?.[0]) - 1]?.value;
    const row = Array.isArray(end.value) ? end.value[0] : undefined;
    if (!Array.isArray(row) || expected === undefined || !row.includes(expected)) {
      const came = end.phase === 'raised' ? `error ${end.error?.code}` : JSON.stringify(end.value ?? null);
      return contradicted(`${thread} got ${came}, and its row holds ${expected}`, [end.n]);
    }
  }
  return holds;
}

/** OS threads were there while the queries waited that had not been there before. */
export function poolHasThreads(record: RunRecord): Finding {
  const reading = (as: string) => entriesOf(record, 'kernel').find((entry) => entry.as === as)?.reading;
  const waiting = reading('waiting');
  if (waiting === undefined) return unknown('the kernel was not asked');
  if (waiting.threads.length === 0) return unknown('the kernel tells nothing of the process');
  return waiting.threads.length > 1 ? holds : contradicted('the process has one OS thread only');
}

/** The commit that would have freed the waiters came only after MySQL had given one of them up. */
export function commitWaitsForGivingUp(record: RunRecord): Finding {
  const commit = span(record, 'owner', COMMIT)?.end;
  const given = givenUp(record);
  if (commit === undefined) return unknown('the commit never ended');
  if (given === undefined) return contradicted('nobody was given up: the commit found a thread', [commit.n]);
  return given.n < commit.n ? holds : contradicted('the commit came before anybody was given up', [commit.n, given.n]);
}

/** The commit goes through, and every waiter gets the row. */
export function commitFreesWaiters(record: RunRecord): Finding {
  const commit = span(record, 'owner', COMMIT)?.end;
  if (commit === undefined) return unknown('the commit never ended');
  const given = givenUp(record);
  if (given !== undefined)
    return contradicted(`${given.thread} was given up with error ${LOCK_WAIT_TIMEOUT}`, [given.n]);
  const waiters = spans(record, QUERY, isMember);
  const open = waiters.find(({ end }) => end?.phase !== 'finished');
  return open === undefined && waiters.length > 0 ? holds : unknown('not every waiter got the row');
}

/** The members' connections to the server are so many, and not more. */
export function connectionsAtMost(record: RunRecord, most: number): Finding {
  const sessions = spans(record, SESSION, isMember);
  const ids = new Set(sessions.map(({ end }) => JSON.stringify(end?.value ?? null)));
  if (sessions.length === 0 || sessions.some(({ end }) => end?.phase !== 'finished'))
    return unknown('not everybody was served');
  if (ids.size > most)
    return contradicted(
      `${ids.size} connections were at the server`,
      sessions.map(({ start }) => start.n),
    );
  return sessions.length > most ? holds : unknown('no more were asked for than the pool may have');
}

function givenUp(record: RunRecord) {
  const ends = spans(record, QUERY, isMember).flatMap(({ end }) => end ?? []);
  return ends
    .filter(({ phase, error }) => phase === 'raised' && error?.code === LOCK_WAIT_TIMEOUT)
    .sort((a, b) => a.n - b.n)[0];
}
