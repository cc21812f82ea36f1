import { type GatedRound, GatedRounds } from '../explore/rounds';
import { OVER, threadName } from '../program/gated';
import type { Act } from '../program/plan';
import type { Stop, Walk } from '../program/search';
import type { LiveRun } from './live-run';

type Exploring = Extract<Act, { act: 'explore' }>;

/** So often nothing is heard of those who were let go, before it is asked of the kernel whether anything moves. */
const PATIENCE = 2;

/** What a turn has in common with others where it never came: it cannot be known. */
const ANYTHING = { reads: -1, writes: -1 };

/**
 * Leads the rounds of a gated program, each through the order that the search says: of a round, one green thread is let go at a time, and the next once
 * it stands at its next gate, has ended, or is shown to be held up. Rounds that are left run by themselves in the end.
 */
export async function lead(run: LiveRun, act: Exploring): Promise<void> {
  const { gated, search, atOnce } = act;
  const rounds = new GatedRounds(gated);
  const underWay = new Set<LedRound>();
  let begun = 0;
  const begin = (): void => {
    while (underWay.size < atOnce && begun < gated.rounds) {
      const round = rounds.round(begun + 1);
      const walk = search.begin();
      if (walk === undefined || round === undefined) return;
      begun += 1;
      underWay.add(new LedRound(run, act, walk, round, begun));
    }
  };
  const goOn = (): boolean => {
    rounds.take(run.entries);
    let moved = false;
    for (const led of [...underWay]) {
      moved = led.goOn() || moved;
      if (led.over) underWay.delete(led);
    }
    return moved || run.over;
  };
  for (begin(); underWay.size > 0 && !run.over; begin()) {
    if (goOn()) continue;
    await heard(run, 'a turn to be over', goOn, () => [...underWay].every(({ seemsHeldUp }) => seemsHeldUp));
  }
  for (let number = 1; number <= gated.rounds; number++)
    for (const thread of gated.small.threads.keys()) run.gates.open(threadName(thread, number));
  const allOver = (): boolean => {
    rounds.take(run.entries);
    return rounds.over || run.over;
  };
  await heard(run, 'the end of all rounds', allOver, () => false);
  run.gates.open(OVER);
}

/** Waits until something is met by what is heard; where nothing is, until it is known that nothing moves. */
async function heard(run: LiveRun, what: string, met: () => boolean, doubtful: () => boolean): Promise<void> {
  for (let silent = 0; silent < PATIENCE && !doubtful(); ) {
    if (met()) return;
    if (!(await run.pause())) silent += 1;
  }
  // Of what is at rest, the entries tell.
  await run.reach(what, met);
}

/** A round on its way through one order. */
class LedRound {
  over = false;
  readonly #run: LiveRun;
  readonly #act: Exploring;
  readonly #walk: Walk;
  readonly #round: GatedRound;
  readonly #number: number;
  /** Whoever was chosen, until it has come to its gate; and how many turns there had been when one was let go. */
  #chosen: number | undefined;
  #turns: number | undefined;

  constructor(run: LiveRun, act: Exploring, walk: Walk, round: GatedRound, number: number) {
    this.#run = run;
    this.#act = act;
    this.#walk = walk;
    this.#round = round;
    this.#number = number;
  }

  get seemsHeldUp(): boolean {
    return this.#round.seemsHeldUp;
  }

  /** Does what can be done now; false if something is to be waited for first. */
  goOn(): boolean {
    if (this.#chosen !== undefined) return this.#letGo(this.#chosen);
    if (!this.#round.settled) return false;
    if (this.#turns !== undefined) this.#tellOfTurn(this.#turns);
    const ready = this.#round.ready();
    const next = ready.length === 0 ? 'over' : this.#walk.choose(ready);
    if (typeof next === 'number') this.#chosen = next;
    else this.#end(next);
    return true;
  }

  #letGo(thread: number): boolean {
    const comes = this.#round.hasArrived(thread);
    if (!comes && !this.#round.isHeldUp(thread)) return false;
    this.#chosen = undefined;
    this.#turns = this.#round.schedule.length;
    if (!comes) return true;
    this.#round.letGo(thread);
    this.#run.gates.pass(threadName(thread, this.#number));
    return true;
  }

  #tellOfTurn(turns: number): void {
    const { schedule, effects } = this.#round;
    const { reads, writes } = (schedule.length > turns ? effects.at(-1) : undefined) ?? ANYTHING;
    this.#walk.did(reads, writes);
    this.#turns = undefined;
  }

  #end(how: 'over' | Stop): void {
    this.over = true;
    const { schedule } = this.#round;
    const { switches } = this.#walk;
    const orders = this.#walk.end(how);
    this.#act.tell?.({
      walk: this.#walk,
      how,
      orders,
      schedule,
      switches,
      outcome: this.#round.outcome(how === 'cut'),
    });
  }
}
