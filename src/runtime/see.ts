import type { Act } from '../program/plan';
import type { ServerSight } from '../trace/record';
import type { LiveRun } from './live-run';
import { Stillness } from './stillness';

/**
 * Looks at the server until it shows the queries waiting, or the step is over, or the process rests: then nobody else can ask, and
 * what the server shows after that is all.
 */
export async function see(run: LiveRun, act: Extract<Act, { act: 'see' }>): Promise<ServerSight> {
  const { lock, step } = act;
  const stillness = new Stillness();
  for (let rested = 0; ; rested = sleeps(run, stillness) ? rested + 1 : 0) {
    const waiting = (await run.mysql?.waiting(run.nonce, lock)) ?? [];
    const [first] = waiting;
    if (first !== undefined && (await isAll(run, act, waiting.length, rested)))
      return { outcome: 'waiting', lock, queries: waiting.length, state: first.state };
    if (run.over || !run.going(step)) return { outcome: 'over', lock };
    if (run.silence > run.patience) run.needKernel(`whether more than ${waiting.length} queries can come`);
    if (await run.glance()) stillness.reset();
  }
}

/** Looks once more; true once the process slept, all of it, through enough looks in a row. */
export function sleeps({ kernel }: LiveRun, stillness: Stillness): boolean {
  if (!kernel.runs()) return stillness.observe(kernel.read());
  stillness.reset();
  return false;
}

/** Queries that were begun and that the server does not show may still be on their way: for these it is looked at many times more. */
async function isAll(
  run: LiveRun,
  { step, count }: Extract<Act, { act: 'see' }>,
  seen: number,
  rested: number,
): Promise<boolean> {
  if (seen >= count) return true;
  return rested > (run.countGoing(step) > seen ? run.looks : 0) && run.nothingOnTheWay();
}
