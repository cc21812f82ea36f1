import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../fault/fault';
import { guard } from '../guardian/guardian';

/** A folder of ours alone, guarded until it is discarded. */
export class TemporaryFolder {
  readonly path: string = makeFolder();
  readonly #release = guard({ kind: 'folder', path: this.path });

  async discard(): Promise<void> {
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
    this.#release();
  }
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'greenspec-mysql-'));
  } catch (cause) {
    const what = `no folder can be made in ${tmpdir()}`;
    throw new Fault({ party: 'environment', what, advice: 'set TMPDIR to a folder that can be written to' }, { cause });
  }
}
