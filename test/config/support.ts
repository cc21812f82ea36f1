import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder of a test's own. */
export function folder(t: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'config-')));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
