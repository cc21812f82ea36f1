import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestContext } from 'node:test';

/** Whether processes can be started in a namespace of their own here, as a container engine does it. */
export function namespacesCanBeMade(): boolean {
  try {
    execFileSync('unshare', ['--pid', '--fork', '--mount-proc', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Tests that cannot be run here are not registered, and not passed over in silence either. */
export const WHY_NOT = 'left out: processes in a namespace of their own: it takes root, and unshare(1)';

/** Node code that says what it has to say in one line; the process has `env` in its environment, and lives until the test is over. */
export async function start(
  t: TestContext,
  where: 'here' | 'apart',
  code: string,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; said: string }> {
  const node = [process.execPath, '--eval', `${code}; process.stdin.resume();`];
  const [program = '', ...args] =
    where === 'here' ? node : ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child', '--', ...node];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  t.after(() => child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  return { child, said: String(said).trim() };
}
