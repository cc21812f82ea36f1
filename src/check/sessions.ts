import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseAddress } from '../protocol/messages';
import { Complaint, Undecided } from './complaint';
import type { Rest } from './rest';

/** So many looks in a row: each is a query that the server has answered while the adapter slept. */
const LOOKS = 100;

/**
 * Waits until the server has none of these sessions any more.
 *
 * @param rest of the adapter: while it sleeps it closes nothing
 * @throws Complaint where they stay though the adapter sleeps
 */
export async function sessionsEnd(
  address: DatabaseAddress,
  ids: readonly number[],
  rest: Rest,
  patience: number,
): Promise<void> {
  const observer = await createConnection(address);
  const began = performance.now();
  try {
    for (let slept = 0; ; slept = rest.asleep() ? slept + 1 : 0) {
      const [rows] = await observer.query<RowDataPacket[]>('SHOW PROCESSLIST');
      const left = rows.map((row) => Number(row.Id)).filter((id) => ids.includes(id));
      if (left.length === 0) return;
      if (slept > LOOKS)
        throw new Complaint({
          what: 'left connections open at the server',
          expected: 'none after the run',
          came: `session ${left.join(', ')}`,
        });
      if (performance.now() - began > patience) throw new Undecided('whether its sessions at the server end');
    }
  } finally {
    await observer.end();
  }
}
