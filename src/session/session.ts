import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guard } from '../guardian/guardian';
import type { DatabaseAddress } from '../protocol/messages';
import type { AdapterCommand } from '../runtime/command';
import { AdapterPool } from '../runtime/pool';
import type { Bench } from '../runtime/run-plan';
import { GateServer } from '../witness/gates';
import { MySqlWitness } from '../witness/mysql';

/** Milliseconds that one program may take before it is given up as unexplained. */
const DEADLINE = 30_000;

/** A bench that can be cleared away. */
export interface Session {
  readonly bench: Bench;
  close(): Promise<void>;
}

/**
 * Sets up all that runs are made with: the adapter's processes, the gates, the witness at the server, a folder. The
 * processes start at once, in both modes, while the rest is made ready.
 */
export async function openSession(
  command: AdapterCommand,
  address: DatabaseAddress | undefined,
  deadline = DEADLINE,
): Promise<Session> {
  const pool = new AdapterPool(command);
  pool.warm(true);
  pool.warm(false);
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-'));
  const unguard = guard({ kind: 'folder', path: folder });
  const clear = async (): Promise<void> => {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
    unguard();
  };
  try {
    const [gates, witness] = await Promise.all([
      GateServer.listen(),
      address === undefined ? undefined : MySqlWitness.open(address),
    ]);
    const database = address === undefined || witness === undefined ? undefined : { address, witness };
    const bench: Bench = { name: command.name, pool, gates, folder, database, deadline };
    return {
      bench,
      close: async () => {
        await clear();
        gates.close();
        await witness?.close();
      },
    };
  } catch (error) {
    await clear();
    throw error;
  }
}
