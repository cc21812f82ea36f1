import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '../src/project';

/** Milliseconds until a command has ended. */
export async function untilEnd(command: string, args: readonly string[], env = process.env): Promise<number> {
  const began = performance.now();
  const child = spawn(command, args, { cwd: ROOT, env, stdio: 'ignore' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${code}`);
  return performance.now() - began;
}

/** Milliseconds until a command has written its first bytes; then it is ended. */
export async function untilOutput(command: string, args: readonly string[], input?: string): Promise<number> {
  const began = performance.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: ['pipe', 'pipe', 'ignore'] });
  if (input !== undefined) child.stdin.write(input);
  await once(child.stdout, 'data');
  const time = performance.now() - began;
  child.stdin.end();
  child.kill('SIGKILL');
  await once(child, 'close');
  return time;
}

/** The best of several: what the work costs where nothing else disturbs it. The measured alternate, so that a slow while hits all. */
export async function bestOf<K extends string>(
  rounds: number,
  works: Record<K, () => Promise<number>>,
): Promise<Record<K, number>> {
  const best = Object.fromEntries(Object.keys(works).map((name) => [name, Number.POSITIVE_INFINITY])) as Record<
    K,
    number
  >;
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(works) as K[]) best[name] = Math.min(best[name], await works[name]());
  }
  return best;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
