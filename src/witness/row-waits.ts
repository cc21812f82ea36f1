/** The sessions that wait for a row, as MySQL tells: https://dev.mysql.com/doc/refman/8.4/en/performance-schema-data-lock-waits-table.html */
export const WAITERS = `SELECT waiter.PROCESSLIST_ID AS id, waiter.PROCESSLIST_INFO AS query,
    wait.REQUESTING_THREAD_ID AS waiter, wait.BLOCKING_THREAD_ID AS holder
  FROM performance_schema.data_lock_waits AS wait
  JOIN performance_schema.threads AS waiter ON waiter.THREAD_ID = wait.REQUESTING_THREAD_ID`;

/**
 * MariaDB's, which takes the right PROCESS: https://mariadb.com/kb/en/information-schema-innodb_lock_waits-table/
 * It is of a copy that is made anew only if nobody has read it for a tenth of a second.
 */
export const WAITERS_OF_MARIADB = `SELECT waiter.trx_mysql_thread_id AS id, waiter.trx_query AS query,
    wait.requesting_trx_id AS waiter, wait.blocking_trx_id AS holder
  FROM information_schema.INNODB_LOCK_WAITS AS wait
  JOIN information_schema.INNODB_TRX AS waiter ON waiter.trx_id = wait.requesting_trx_id`;

/** A session that waits for a row, by its id in the process list, and one that is in its way; both also by the server's own threads. */
export interface RowWait {
  readonly id: number;
  readonly query: string;
  readonly waiter: number;
  readonly holder: number;
}

/** Those who wait, each once, but for those who wait for each other round and round, or for one of these. */
export function standing(waits: readonly RowWait[]): RowWait[] {
  const holders = new Map<number, number[]>();
  for (const { waiter, holder } of waits) holders.set(waiter, [...(holders.get(waiter) ?? []), holder]);
  // Of those who wait, whoever waits only for such as stand, or do not wait, stands.
  const stands = new Set<number>();
  const free = (thread: number): boolean => !holders.has(thread) || stands.has(thread);
  for (let before = -1; before < stands.size; ) {
    before = stands.size;
    for (const [waiter, ahead] of holders) if (ahead.every(free)) stands.add(waiter);
  }
  const first = new Map(waits.map((wait) => [wait.waiter, wait]));
  return [...first.values()].filter(({ waiter }) => stands.has(waiter));
}
