import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Act, MESSENGER } from '../program/plan';
import type { ProcessReading, Sight } from '../trace/record';
import type { KernelWitness } from '../witness/kernel';
import { instanceOf, type LiveRun } from './live-run';
import { asleep, Stillness } from './stillness';

/** Nanoseconds of processor time that a computing OS thread must have used while ready work lay, to be called busy. */
const BUSY = 10_000_000;

/** Carries out a plan's acts one after the other, and gives up quietly where the program ended before them. */
export async function conduct(run: LiveRun, acts: readonly Act[], folder: string): Promise<void> {
  for (const act of acts) {
    if (run.over) return;
    await perform(run, act, folder);
  }
}

async function perform(run: LiveRun, act: Act, folder: string): Promise<void> {
  switch (act.act) {
    case 'await':
      await run.reach(`${act.label} of ${act.thread}`, () => happened(run, act) >= act.count);
      return;
    case 'gather':
      await run.reach(`${act.count} at the gate ${act.gate}`, () => run.gates.waiting(act.gate).length >= act.count);
      return;
    case 'open':
      run.gates.open(act.gate);
      return;
    case 'watch':
      run.note({ kind: 'watched', sight: await watch(run, act.thread, act.label) });
      return;
    case 'raise':
      writeFileSync(join(folder, `flag-${act.flag}`), '');
      run.note({ kind: 'flag', flag: act.flag });
      return;
    case 'measure':
      run.needKernel('what the process does');
      if (act.settled) await run.reach('a process at rest', () => false);
      run.note({ kind: 'kernel', as: act.as, reading: run.kernel.read() });
      return;
    case 'see':
      await see(run, act);
      return;
    case 'release':
      run.note({ kind: 'released', lock: act.lock });
      await run.mysql?.release(run.nonce);
      return;
  }
}

function happened(run: LiveRun, act: Extract<Act, { act: 'await' }>): number {
  return run
    .eventEntries()
    .filter(
      ({ event }) => event.label === act.label && event.phase === act.phase && instanceOf(event.thread, act.thread),
    ).length;
}

/**
 * Sends a byte to the messenger, which waits for it on green I/O, and looks until it is clear what becomes of it: it is
 * served; or it lies unread while the whole process sleeps without waking, or while one OS thread alone computes.
 */
async function watch(run: LiveRun, thread: string, label: string): Promise<Sight> {
  await run.reach('the messenger at its gate', () => run.gates.waiting(MESSENGER.gate).length > 0);
  const [messenger] = run.gates.waiting(MESSENGER.gate);
  if (messenger === undefined) return { outcome: 'over' };
  run.gates.open(MESSENGER.gate);
  const stillness = new Stillness();
  const before = run.kernel.read();
  for (;;) {
    if (served(run)) return { outcome: 'served' };
    if (run.over || !run.going(thread, label)) return { outcome: 'over' };
    if (run.silence > run.patience) run.needKernel(`whether ${label} holds up its OS thread`);
    const sight = held(run.kernel, stillness, before, () => run.unreadAt(messenger.port));
    if (sight !== undefined) return sight;
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
  before: ProcessReading,
  unreadBytes: () => number,
): Sight | undefined {
  const reading = kernel.read();
  const still = stillness.observe(reading);
  if (!still && !computesAlone(before, reading)) return undefined;
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

/** One OS thread has computed for long since `before`, and no other wants the processor, which it might only be slow to get. */
function computesAlone(before: ProcessReading, now: ProcessReading): boolean {
  const used = (tid: number, cpu: number): number =>
    cpu - (before.threads.find((thread) => thread.tid === tid)?.cpu ?? 0);
  const computing = now.threads.filter(({ tid, cpu }) => used(tid, cpu) >= BUSY);
  const others = now.threads.filter((thread) => !computing.includes(thread));
  return computing.length === 1 && (others.length === 0 || asleep({ pid: now.pid, threads: others }));
}

/** Looks at the server until it shows the queries waiting, or the step is over. */
async function see(run: LiveRun, act: Extract<Act, { act: 'see' }>): Promise<void> {
  const { lock } = act;
  for (;;) {
    const waiting = (await run.mysql?.waiting(run.nonce, lock)) ?? [];
    if (waiting.length >= act.count) {
      run.note({
        kind: 'server',
        sight: { outcome: 'waiting', lock, queries: waiting.length, state: waiting[0]?.state ?? '' },
      });
      return;
    }
    if (run.over || !run.going(act.thread, act.label)) {
      run.note({ kind: 'server', sight: { outcome: 'over', lock } });
      return;
    }
    await run.pause();
  }
}
