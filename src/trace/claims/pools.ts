import { isMember } from '../../program/crowds';
import { COMMIT, QUERY, SESSION } from '../../program/queriers';
import { everyStep } from '../../program/walk';
import type { EventParams } from '../../protocol/messages';
import { type Contradiction, contradicted, type Finding, holds, unknown } from '../finding';
import { entriesOf, events, heard, nameOf, type Span, span, spans } from '../questions';
import type { ProcessReading, RunRecord, ThreadReading } from '../record';
import { LOCK_WAIT_TIMEOUT } from './mysql';

/** Each member got the value of its own row, which only the server knew, and not before the lock was let go. */
export function eachGetsItsRow(record: RunRecord): Finding {
  const rows = record.challenges.rows;
  if (rows === undefined) return unknown('no values were kept at the server');
  const members = membersWith(record, QUERY);
  if (members.length === 0) return unknown('nobody asked');
  const ends = members.map((member) => ({ member, end: span(record, member, QUERY)?.end }));
  for (const { member, end } of ends) {
    const wrong = end === undefined ? undefined : wrongRow(record, end, rows[numberOf(member) - 1]?.value);
    if (wrong !== undefined) return wrong;
  }
  const open = ends.find(({ end }) => end === undefined);
  return open === undefined ? holds : unknown(`the query of ${open.member} never ended`);
}

/**
 * For each query that waits an OS thread beside the one of the green threads took it: one that is new, or that has run since before the
 * queries were asked for. That there are further OS threads says nothing; every process of Node's has them.
 */
export function poolHasThreads(record: RunRecord): Finding {
  const [before, waiting] = ['before', 'waiting'].map(
    (name) => entriesOf(record, 'kernel').find(({ as }) => as === name)?.reading,
  );
  if (before === undefined || waiting === undefined) return unknown('the kernel was not asked');
  if (before.threads.length === 0 || waiting.threads.length === 0)
    return unknown('the kernel tells nothing of the process');
  const own = new Set(events(record).map(({ os }) => os));
  const further = waiting.threads.filter(({ tid, name }) => !own.has(tid) && !ENGINE.test(name));
  if (!waiting.threads.some(({ tid }) => own.has(tid)))
    return unknown('the kernel does not know the OS thread of the green threads');
  const ran = further.filter((thread) => hasRun(before, thread)).length;
  const queries = membersWith(record, QUERY).length;
  return ran >= Math.max(1, queries)
    ? holds
    : contradicted(`${ran} of ${further.length} further OS threads ran when ${queries} queries began`);
}

/** OS threads of the engine under Node, which compile and collect at any time, and never call a library. */
const ENGINE = /^(V8Worker|DelayedTaskSche|SignalInspector)/;

function hasRun(before: ProcessReading, { tid, voluntarySwitches, cpu }: ThreadReading): boolean {
  const earlier = before.threads.find((thread) => thread.tid === tid);
  return earlier === undefined || earlier.voluntarySwitches !== voluntarySwitches || earlier.cpu !== cpu;
}

/** The commit that would have freed the waiters was asked for, and came only after MySQL had given one of them up. */
export function commitWaitsForGivingUp(record: RunRecord): Finding {
  const commit = span(record, 'owner', COMMIT);
  if (commit?.end === undefined) return unknown('the commit never ended');
  if (commit.end.phase === 'raised') return commitRaised(commit.end);
  const [given] = givenUp(record);
  if (given === undefined) return contradicted('nobody was given up: the commit found a thread', [commit.end.n]);
  if (given.n < commit.start.n) return askedTooLate(given);
  return given.n < commit.end.n
    ? holds
    : contradicted('the commit came before anybody was given up', [commit.end.n, given.n]);
}

/** The commit goes through, and every waiter gets the row: after it was asked for, and not before. */
export function commitFreesWaiters(record: RunRecord): Finding {
  const commit = span(record, 'owner', COMMIT);
  if (commit?.end?.phase === 'raised') return commitRaised(commit.end);
  const [given] = givenUp(record);
  if (given !== undefined && commit !== undefined && given.n < commit.start.n) return askedTooLate(given);
  const ends = membersWith(record, QUERY).map((member) => span(record, member, QUERY)?.end);
  const expected = record.challenges.rows?.[0]?.value;
  for (const end of ends) {
    const wrong = end === undefined ? undefined : wrongAfterCommit(record, end, commit, expected);
    if (wrong !== undefined) return wrong;
  }
  if (commit?.end === undefined) return unknown('the commit never ended');
  return ends.length > 0 && ends.every((end) => end !== undefined) ? holds : unknown('not every waiter got the row');
}

/** The members' connections to the server are so many, and not more, though more were asked for. */
export function connectionsAtMost(record: RunRecord, most: number): Finding {
  const members = membersWith(record, SESSION);
  const sessions = spans(record, SESSION, isMember).filter(({ end }) => end?.phase === 'finished');
  const ids = new Set<string>();
  for (const { thread, end } of sessions) {
    const [id] = cells(end?.value);
    if (id === undefined || id === null)
      return contradicted(`${thread} was told no connection, but ${JSON.stringify(end?.value ?? null)}`, [end?.n ?? 0]);
    ids.add(String(id));
  }
  if (ids.size > most)
    return contradicted(
      `${ids.size} connections were at the server`,
      sessions.map(({ start }) => start.n),
    );
  if (members.length <= most) return unknown('no more were asked for than the pool may have');
  const left = members.find((member) => !sessions.some(({ thread }) => nameOf(thread) === member));
  if (left === undefined) return holds;
  return record.end.kind === 'completed'
    ? contradicted(`${left} got no connection`, [])
    : unknown(`${left} had no connection yet`);
}

function wrongRow(record: RunRecord, end: EventParams, expected: string | undefined): Contradiction | undefined {
  const { thread, phase, error, n } = end;
  const released = record.entries.findIndex(({ kind }) => kind === 'released');
  if (phase === 'finished' && (released < 0 || heard(record, end) < released))
    return contradicted(`the query of ${thread} ended before the lock was let go`, [n]);
  if (phase === 'finished' && hasOnly(record, end, expected)) return undefined;
  const came = phase === 'raised' ? `error ${error?.code}` : JSON.stringify(end.value ?? null);
  return contradicted(`${thread} got ${came}, and its row holds ${expected}`, [n]);
}

function wrongAfterCommit(
  record: RunRecord,
  end: EventParams,
  commit: Span | undefined,
  expected: string | undefined,
): Contradiction | undefined {
  const { thread, phase, error, n } = end;
  if (phase === 'raised')
    return contradicted(
      error?.code === LOCK_WAIT_TIMEOUT
        ? `${thread} was given up with error ${LOCK_WAIT_TIMEOUT}`
        : `${thread} got error ${error?.code}`,
      [n],
    );
  if (commit === undefined || n < commit.start.n)
    return contradicted(`${thread} got its answer before the commit was asked for`, [n]);
  return hasOnly(record, end, expected)
    ? undefined
    : contradicted(`${thread} got ${JSON.stringify(end.value ?? null)}, and the row holds ${expected}`, [n]);
}

/** Of all values that were kept at the server, a result has this one, once. */
function hasOnly({ challenges }: RunRecord, { value }: EventParams, expected: string | undefined): boolean {
  const kept = (challenges.rows ?? []).map((row) => row.value);
  const came = cells(value).filter((cell) => typeof cell === 'string' && kept.includes(cell));
  return expected !== undefined && came.length === 1 && came[0] === expected;
}

function cells(value: EventParams['value']): readonly unknown[] {
  return Array.isArray(value) ? value.flat() : [];
}

/** Waiters that MySQL gave up, the first of them first. */
function givenUp(record: RunRecord): EventParams[] {
  const ends = spans(record, QUERY, isMember).flatMap(({ end }) => end ?? []);
  return ends
    .filter(({ phase, error }) => phase === 'raised' && error?.code === LOCK_WAIT_TIMEOUT)
    .sort((a, b) => a.n - b.n);
}

function askedTooLate({ thread }: EventParams): Finding {
  return unknown(`${thread} was given up before the commit was asked for`);
}

function commitRaised({ error, n }: EventParams): Contradiction {
  return contradicted(`the commit raised ${error?.code}`, [n]);
}

/** Members that have a step of this label to do. */
function membersWith({ program }: RunRecord, label: string): string[] {
  const names = everyStep(program).flatMap(({ thread, step }) =>
    isMember(thread) && step.label === label ? [thread] : [],
  );
  return [...new Set(names)];
}

function numberOf(member: string): number {
  return Number(/\d+/.exec(member)?.[0]);
}
