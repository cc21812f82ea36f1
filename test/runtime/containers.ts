import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ROOT } from '../../src/project';

/** What .ci/base-image builds; nothing is downloaded for a test. */
export const BASE_IMAGE = 'greenspec/base:ci';

/** Tests that cannot be run here are not registered, and not passed over in silence either. */
export function engineHas(image: string): boolean {
  try {
    execFileSync('docker', ['image', 'inspect', image], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    console.log(`left out: runtimes in containers: there is no Docker engine with the image ${image}`);
    return false;
  }
}

/** Options for containers of one test, which see the repository and a folder; and how many of them there are. */
export function ownContainers(t: TestContext, folder: string): { options: string[]; ids(): string[] } {
  const label = `greenspec-test=${randomBytes(8).toString('hex')}`;
  const ids = (): string[] =>
    execFileSync('docker', ['ps', '--all', '--quiet', '--filter', `label=${label}`], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
  t.after(() => {
    for (const id of ids()) execFileSync('docker', ['rm', '--force', id], { stdio: 'ignore' });
  });
  // The packages, and Node among them, may be elsewhere.
  const volumes = [ROOT, realpathSync(join(ROOT, 'node_modules')), folder].flatMap((path) => [
    '--volume',
    `${path}:${path}`,
  ]);
  return { options: ['--label', label, ...volumes], ids };
}
