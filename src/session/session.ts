import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../fault/fault';
import { guard } from '../guardian/guardian';
import { onExit } from '../guardian/orderly';
import type { DatabaseAddress } from '../protocol/messages';
import { interrupted } from '../runtime/adapter-faults';
import type { AdapterCommand } from '../runtime/command';
import { sharing } from '../runtime/container-command';
import { TURNING } from '../runtime/impasse';
import { AdapterPool } from '../runtime/pool';
import { LOOKS } from '../runtime/quiescence';
import { RunFolders } from '../runtime/run-folders';
import type { Bench } from '../runtime/run-plan';
import { GateServer } from '../witness/gates';
import { MySqlWitness } from '../witness/mysql';
import { PROCFS } from '../witness/procfs';

/** Milliseconds that one program may take before it is given up as unexplained; an adapter has twice that for its start. */
const DEADLINE = 30_000;

export interface SessionOptions {
  readonly deadline?: number | undefined;
  readonly procfs?: string | undefined;
  /** Milliseconds of processor time after which green threads that let nobody else run are called off. */
  readonly turning?: number | undefined;
  /** How often a process that rests is looked at before nothing is taken to be on its way to it from the server. */
  readonly looks?: number | undefined;
  /** Whether the adapter's processes are to start before they are asked for, in both modes: so if absent. */
  readonly ahead?: boolean | undefined;
}

/** A bench that can be cleared away. */
export interface Session {
  readonly bench: Bench;
  /** Where its runs' folders are. */
  readonly folder: string;
  /** Once or more often, it is the same. Gives what the adapter did wrong at its end. */
  close(): Promise<readonly Fault[]>;
}

/**
 * Sets up all that runs are made with: the adapter's processes, the gates, the witness at the server, a folder. The
 * processes start at once, in both modes, while the rest is made ready, unless it is said otherwise. From the call on, Ctrl-C ends it in order.
 *
 * @param database a server, or the reason why there is none: then programs that would use it cannot be run
 */
export async function openSession(
  command: AdapterCommand,
  database: DatabaseAddress | Fault | Promise<DatabaseAddress | Fault>,
  { deadline = DEADLINE, procfs = PROCFS, turning = TURNING, looks = LOOKS, ahead = true }: SessionOptions = {},
): Promise<Session> {
  const folder = makeFolder();
  const unguard = guard({ kind: 'folder', path: folder });
  const pool = new AdapterPool(sharing(command, folder), 2 * deadline, procfs);
  if (ahead) pool.warm(true, false);
  const gates = GateServer.listen();
  const witness = openWitness(database);
  let closed: Promise<readonly Fault[]> | undefined;
  const clear = async (): Promise<readonly Fault[]> => {
    const faults = await pool.close();
    rmSync(folder, { recursive: true, force: true });
    unguard();
    await gates.then((server) => server.close());
    const opened = await witness;
    if (!(opened instanceof Fault)) await opened.witness.close();
    return faults;
  };
  const close = (): Promise<readonly Fault[]> => {
    closed ??= clear().finally(release);
    return closed;
  };
  const release = onExit(() => close().then(() => {}));
  try {
    const made = { pool, gates: await gates, folders: new RunFolders(folder), database: await witness };
    if (closed !== undefined) throw interrupted();
    return { bench: { name: command.name, ...made, deadline, procfs, turning, looks }, folder, close };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'greenspec-'));
  } catch (cause) {
    const what = `no folder can be made in ${tmpdir()}`;
    throw new Fault({ party: 'environment', what, advice: 'set TMPDIR to a folder that can be written to' }, { cause });
  }
}

/** A server that cannot be used is no reason to leave undone what needs none. */
async function openWitness(
  opening: DatabaseAddress | Fault | Promise<DatabaseAddress | Fault>,
): Promise<Bench['database']> {
  try {
    const database = await opening;
    if (database instanceof Fault) return database;
    return { address: database, witness: await MySqlWitness.open(database) };
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
