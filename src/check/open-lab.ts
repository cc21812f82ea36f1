import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guard } from '../guardian/guardian';
import { onExit } from '../guardian/orderly';
import type { AdapterCommand } from '../runtime/command';
import { sharing } from '../runtime/container-command';
import { RunFolders } from '../runtime/run-folders';
import { GateServer } from '../witness/gates';
import { PROCFS } from '../witness/procfs';
import { Lab } from './lab';

/** Milliseconds after which nothing more is hoped for of an adapter of which nothing can be shown. */
const PATIENCE = 30_000;

/** Sets up where an adapter is checked, and clears it away whatever comes. */
export async function withLab<T>(
  command: AdapterCommand,
  use: (lab: Lab) => Promise<T>,
  { patience = PATIENCE, procfs = PROCFS }: { patience?: number | undefined; procfs?: string | undefined } = {},
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-'));
  const unguard = guard({ kind: 'folder', path: folder });
  const gates = await GateServer.listen();
  const lab = new Lab({ command: sharing(command, folder), gates, folders: new RunFolders(folder), patience, procfs });
  const clear = async (): Promise<void> => {
    await lab.clear(false);
    gates.close();
    rmSync(folder, { recursive: true, force: true });
    unguard();
  };
  const release = onExit(clear);
  try {
    return await use(lab);
  } finally {
    await clear();
    release();
  }
}
