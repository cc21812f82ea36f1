import { MESSENGER, type StepName } from '../program/plan';
import type { ProcessReading, Sight } from '../trace/record';
import type { KernelWitness } from '../witness/kernel';
import type { LiveRun } from './live-run';
import { instanceOf } from './open-steps';
import { asleep, Stillness } from './stillness';

/** Nanoseconds of processor time that a computing OS thread must have used while ready work lay, to be called busy. */
const BUSY = 10_000_000;

/**
 * Sends a byte to the messenger, which waits for it on green I/O, and looks until it is clear what becomes of it: it is
 * served; or it lies unread while the whole process sleeps without waking, or while one OS thread alone computes.
 */
export async function watch(run: LiveRun, step: StepName): Promise<Sight> {
  await run.reach('the messenger at its gate', () => run.gates.waiting(MESSENGER.gate).length > 0);
  const [messenger] = run.gates.waiting(MESSENGER.gate);
  if (messenger === undefined) return { outcome: 'over' };
  run.gates.open(MESSENGER.gate);
  const stillness = new Stillness();
  const busyness = new Busyness(run.osThreadOf(step), run.kernel.read());
  for (;;) {
    if (served(run)) return { outcome: 'served' };
    if (run.over || !run.going(step)) return { outcome: 'over' };
    if (run.silence > run.patience) run.needKernel(`whether ${step.label} holds up its OS thread`);
    const sight = held(run.kernel, stillness, busyness, () => run.unreadAt(messenger.port));
    if (sight !== undefined && (await run.nothingOnTheWay())) return sight;
    if (await run.pause()) stillness.reset();
  }
}

/**
 * How an OS thread that does not serve what lies ready is held, once that is clear. The queues, which are dear to read, are
 * looked at last: what lies unread now lay unread at the reading before; and a process that has still not moved
 * after it had its byte for certain when it slept.
 */
function held(
  kernel: KernelWitness,
  stillness: Stillness,
  busyness: Busyness,
  unreadBytes: () => number,
): Sight | undefined {
  const reading = kernel.read();
  const still = stillness.observe(reading);
  const busy = busyness.observe(reading);
  if (!still && !busy) return undefined;
  const unread = unreadBytes();
  if (unread === 0) return undefined;
  if (!still) return { outcome: 'busy', reading, unread };
  return stillness.observe(kernel.read()) ? { outcome: 'blocked', reading, unread } : undefined;
}

function served(run: LiveRun): boolean {
  return run
    .eventEntries()
    .some(
      ({ event }) =>
        instanceOf(event.thread, MESSENGER.thread) && event.label === MESSENGER.label && event.phase === 'finished',
    );
}

/**
 * Tells from readings whether an OS thread computes for long while no other wants the processor, which it might only be slow to
 * get. What a compiler or a collector of the platform's computes beside it counts for nothing.
 */
export class Busyness {
  readonly #tid: number;
  readonly #before: number;

  /** @param tid the OS thread that the step runs on */
  constructor(tid: number, first: ProcessReading) {
    this.#tid = tid;
    this.#before = cpuOf(tid, first);
  }

  observe(now: ProcessReading): boolean {
    const others = now.threads.filter(({ tid }) => tid !== this.#tid);
    const alone = others.length === 0 || asleep({ pid: now.pid, threads: others });
    return alone && cpuOf(this.#tid, now) - this.#before >= BUSY;
  }
}

function cpuOf(tid: number, reading: ProcessReading): number {
  return reading.threads.find((thread) => thread.tid === tid)?.cpu ?? 0;
}
