import { type GatedRound, GatedRounds } from '../explore/rounds';
import { OVER, threadName } from '../program/gated';
import type { Act } from '../program/plan';
import type { Stop } from '../program/search';
import type { LiveRun } from './live-run';

/** So often nothing is heard of one who was let go, before it is asked of the kernel whether anything moves. */
const PATIENCE = 2;

const ANYTHING = { reads: -1, writes: -1 };

/**
 * Leads the rounds of a gated program, one after the other, each through the order that the search says: one green thread is let go at a time, and
 * the next once it stands at its next gate, has ended, or is shown to be held up. Rounds that are left run by themselves in the end.
 */
export async function lead(run: LiveRun, { gated, search, tell }: Extract<Act, { act: 'explore' }>): Promise<void> {
  const rounds = new GatedRounds(gated);
  for (let number = 1; number <= gated.rounds && !run.over && search.begin(); number++) {
    const round = rounds.round(number);
    if (round === undefined) break;
    const how = await follow(number, round);
    if (how === 'ended') return;
    const { switches } = search;
    const orders = search.end(how);
    tell?.({ switches, number, how, orders, schedule: round.schedule, outcome: round.outcome(how === 'cut') });
  }
  for (let number = 1; number <= gated.rounds; number++)
    for (const thread of gated.small.threads.keys()) run.gates.open(threadName(thread, number));
  await until('the end of all rounds', () => rounds.over);
  run.gates.open(OVER);

  async function follow(number: number, round: GatedRound): Promise<'over' | 'ended' | Stop> {
    await until(
      'a round to begin',
      () => round.settled,
      () => round.seemsHeldUp,
    );
    for (let ready = round.ready(); ready.length > 0; ready = round.ready()) {
      const next = search.choose(ready);
      if (typeof next !== 'number') return next;
      const name = threadName(next, number);
      await until(`${name} at its gate`, () => round.hasArrived(next));
      const turns = round.schedule.length;
      run.gates.pass(name);
      await until(
        `${name} to have had its turn`,
        () => round.settled && round.schedule.length > turns,
        () => round.seemsHeldUp,
      );
      if (run.over) return 'ended';
      // Of a turn that never came it cannot be known what it would have had in common with others.
      const { reads, writes } = (round.schedule.length > turns ? round.effects.at(-1) : undefined) ?? ANYTHING;
      search.did(reads, writes);
    }
    return 'over';
  }

  /** Waits for something to be heard; where nothing is, until it is known that nothing moves. */
  async function until(what: string, met: () => boolean, doubtful: () => boolean = () => false): Promise<void> {
    const heard = (): boolean => {
      rounds.take(run.entries);
      return met() || run.over;
    };
    for (let silent = 0; silent < PATIENCE && !doubtful(); ) {
      if (heard()) return;
      if (!(await run.pause())) silent += 1;
    }
    await run.reach(what, heard);
    rounds.take(run.entries);
  }
}
