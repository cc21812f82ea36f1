import { setTimeout as pause } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseAddress } from '../protocol/messages';
import type { ServerIdentity } from './database';

interface VersionRow extends RowDataPacket {
  readonly version: string;
  readonly comment: string;
}

/** Asks a server once who it is. */
export async function ask(address: DatabaseAddress, patienceMs = 5000): Promise<ServerIdentity> {
  const connection = await createConnection({ ...address, connectTimeout: patienceMs });
  try {
    const [rows] = await connection.query<VersionRow[]>({
      sql: 'SELECT VERSION() AS version, @@version_comment AS comment',
      timeout: patienceMs,
    });
    const { version = '', comment = '' } = rows[0] ?? {};
    return { name: /mariadb/i.test(version + comment) ? 'MariaDB' : 'MySQL', version };
  } finally {
    connection.destroy();
  }
}

/**
 * Asks until a server that was just started answers. `ended` rejects when that server dies; `seconds` bounds it all. A log line
 * "ready for connections" would say less: servers print it for a first, passing start too.
 */
export async function askUntilItAnswers(
  address: DatabaseAddress,
  { ended, seconds }: { ended: Promise<never>; seconds: number },
): Promise<ServerIdentity> {
  const stop = new AbortController();
  const deadline = performance.now() + seconds * 1000;
  const asking = async () => {
    for (;;) {
      try {
        return await ask(address, 2000);
      } catch (error) {
        if (stop.signal.aborted || performance.now() > deadline) throw error;
      }
      await pause(25);
    }
  };
  try {
    return await Promise.race([asking(), ended]);
  } finally {
    stop.abort();
  }
}
