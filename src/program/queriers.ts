import { asksForClient } from './activities';
import { type Crowd, memberName } from './crowds';
import { type Act, CONNECT, type PlanFacts, POOL, type StepName } from './plan';
import type { GreenThread } from './program';
import type { Driver, Step } from './step';

/** The query of a member, the commit of the owner, and the connection's own id. */
export const QUERY = 'query';
export const COMMIT = 'commit';
export const SESSION = 'session';

/** Whichever member's query it is. */
const step: StepName = { label: QUERY };
const begun: Act = { act: 'await', step, phase: 'started', count: 1 };

/** Seconds after which MySQL gives a waiting query up: the least that it takes. */
const GIVE_UP = 1;

/** Members that ask for rows of their own at once, while the suite holds the lock that each takes and lets go on the way. */
export function queriers(count: number, driver: Driver, { lockName, table, rows }: PlanFacts): Crowd {
  const sql = (row: number): string =>
    `SELECT GET_LOCK('${lockName}', 50), (SELECT value FROM ${table} WHERE id = ${row}), RELEASE_LOCK('${lockName}')`;
  const member = (row: number): GreenThread => ({
    steps: [
      { do: 'connect', label: CONNECT, connection: 'db', driver },
      ...asksForClient(driver),
      { do: 'wait', label: 'ready', gate: 'ready', through: 'green' },
      { do: 'query', label: QUERY, connection: 'db', sql: sql(row) },
      { do: 'close', connection: 'db' },
    ],
  });
  return {
    threads: Object.fromEntries(rows.slice(0, count).map((row, i) => [memberName(i), member(row)])),
    acts: [
      { act: 'gather', gate: 'ready', count },
      { act: 'measure', as: 'before', settled: false },
      { act: 'open', gate: 'ready' },
      begun,
      { act: 'see', lock: 'advisory', count, step },
      { act: 'measure', as: 'waiting', settled: false },
      { act: 'release', lock: 'advisory' },
    ],
    hold: 'advisory',
  };
}

/**
 * One member holds a row; `waiters` others ask for it, each in a thread of the pool; then the first wants to commit, which takes a
 * thread, too. With as many waiters as the pool has threads none is left for it.
 */
export function poolWaiters(waiters: number, { table, rows: [row] }: PlanFacts): Crowd {
  const lockRow = `SELECT value FROM ${table} WHERE id = ${row} FOR UPDATE`;
  const open: Step = { do: 'connect', label: CONNECT, connection: 'db', driver: 'thread-pool' };
  const gate = (name: string): Step => ({ do: 'wait', label: name, gate: name, through: 'green' });
  const owner: GreenThread = {
    steps: [
      open,
      { do: 'query', connection: 'db', sql: 'START TRANSACTION' },
      { do: 'query', label: 'hold', connection: 'db', sql: lockRow },
      gate('owned'),
      { do: 'query', label: COMMIT, connection: 'db', sql: 'COMMIT' },
      { do: 'close', connection: 'db' },
    ],
  };
  const waiter: GreenThread = {
    steps: [
      open,
      { do: 'query', connection: 'db', sql: `SET SESSION innodb_lock_wait_timeout = ${GIVE_UP}` },
      gate('ready'),
      { do: 'attempt', steps: [{ do: 'query', label: QUERY, connection: 'db', sql: lockRow }] },
      { do: 'close', connection: 'db' },
    ],
  };
  const names = Array.from({ length: waiters }, (_, i) => memberName(i));
  const acts: Act[] = [
    { act: 'gather', gate: 'owned', count: 1 },
    { act: 'gather', gate: 'ready', count: waiters },
    { act: 'open', gate: 'ready' },
    begun,
    { act: 'see', lock: 'row', count: waiters, step },
    { act: 'open', gate: 'owned' },
  ];
  return {
    threads: { owner, ...Object.fromEntries(names.map((name) => [name, waiter])) },
    acts,
    declaredWait: waiters < POOL ? 0 : GIVE_UP,
  };
}

/** Members that each borrow a connection of the runtime's pool, ask the server which it is, and for a row, and give it back. */
export function borrowers(count: number, { table, rows }: PlanFacts): Crowd {
  const sql = (row: number): string => `SELECT CONNECTION_ID(), (SELECT value FROM ${table} WHERE id = ${row})`;
  const member = (row: number): GreenThread => ({
    steps: [
      { do: 'connect', label: CONNECT, connection: 'db', driver: 'connection-pool' },
      { do: 'query', label: SESSION, connection: 'db', sql: sql(row) },
      { do: 'sleep', through: 'library', seconds: 0 },
      { do: 'close', connection: 'db' },
    ],
  });
  const names = Array.from({ length: count }, (_, i) => memberName(i));
  return {
    threads: Object.fromEntries(names.map((name, i) => [name, member(rows[i % rows.length] ?? rows[0])])),
    acts: [],
  };
}
