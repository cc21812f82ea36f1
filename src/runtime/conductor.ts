import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Act } from '../program/plan';
import { lead } from './lead';
import type { LiveRun } from './live-run';
import { instanceOf } from './open-steps';
import { see, sleeps } from './see';
import { Stillness } from './stillness';
import { watch } from './watch';

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
      await run.reach(act.step.label, () => happened(run, act) >= act.count);
      return;
    case 'gather':
      await run.reach(`${act.count} at the gate ${act.gate}`, () => run.gates.waiting(act.gate).length >= act.count);
      return;
    case 'open':
      run.gates.open(act.gate);
      return;
    case 'watch':
      run.note({ kind: 'watched', sight: await watch(run, act.step) });
      return;
    case 'raise':
      run.note({ kind: 'flag', flag: act.flag });
      raiseFlag(folder, act.flag);
      return;
    case 'measure':
      run.needKernel('what the process does');
      if (act.settled) await run.reach('a process at rest', () => false);
      run.note({ kind: 'kernel', as: act.as, reading: run.kernel.read() });
      return;
    case 'rest':
      await rest(run, act.as);
      return;
    case 'see':
      run.note({ kind: 'server', sight: await see(run, act) });
      return;
    case 'outlast':
      await outlast(run, act);
      return;
    case 'fill':
      await fill(run, act.pipe, folder);
      return;
    case 'explore':
      await lead(run, act);
      return;
    case 'release':
      run.note({ kind: 'released', lock: act.lock });
      await run.mysql?.release(run.nonce);
      return;
  }
}

/** Unlike one that is quiescent, a process that rests may wake at any time: this tells where its green threads stand, not that they stay there. */
async function rest(run: LiveRun, as: string): Promise<void> {
  run.needKernel('whether the process rests');
  const stillness = new Stillness();
  while (!(sleeps(run, stillness) && (await run.nothingOnTheWay()))) {
    if (run.over) return;
    if (await run.glance()) stillness.reset();
  }
  run.note({ kind: 'kernel', as, reading: run.kernel.read() });
}

/** Ends the green threads that go on and on; also one that computes where the harness does not expect it. */
export function callOffCompany(run: LiveRun, flags: readonly string[], folder: string): void {
  run.note({ kind: 'called-off', starved: run.starved() });
  for (const flag of flags) raiseFlag(folder, flag);
}

function raiseFlag(folder: string, flag: string): void {
  writeFileSync(join(folder, `flag-${flag}`), '');
}

function happened(run: LiveRun, { step, phase }: Extract<Act, { act: 'await' }>): number {
  const { thread, label } = step;
  return run
    .eventEntries()
    .filter(
      ({ event }) =>
        event.label === label && event.phase === phase && (thread === undefined || instanceOf(event.thread, thread)),
    ).length;
}

/** A lower bound only: however late it is noticed, what was to happen within that time of the step's beginning is due. */
async function outlast(run: LiveRun, { seconds, step }: Extract<Act, { act: 'outlast' }>): Promise<void> {
  const until = (run.begunAt(step) ?? run.elapsed) + seconds * 1000;
  while (run.elapsed < until && !run.over && run.going(step)) await run.pause();
  run.note({ kind: 'outlasted', seconds, whole: run.elapsed >= until });
}

/** The other end of a pipe can be opened only while somebody reads: so it is known that the reader is there. */
async function fill(run: LiveRun, pipe: string, folder: string): Promise<void> {
  const path = join(folder, `pipe-${pipe}`);
  let file: number | undefined;
  await run.reach(`somebody to read the pipe ${pipe}`, () => {
    file = openForReader(path);
    return file !== undefined;
  });
  if (file === undefined) return;
  const token = randomBytes(6).toString('hex');
  run.note({ kind: 'filled', pipe, token });
  writeSync(file, `${token}\n`);
  closeSync(file);
}

function openForReader(path: string): number | undefined {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}
