import { type GatedRound, GatedRounds } from '../explore/rounds';
import { Fault } from '../fault/fault';
import { OVER, threadName } from '../program/gated';
import type { Act } from '../program/plan';
import type { Stop, Walk } from '../program/search';
import type { LiveRun } from './live-run';

type Exploring = Extract<Act, { act: 'explore' }>;

/** So often nothing is heard of those who were let go, before it is asked of the kernel whether anything moves. */
const PATIENCE = 2;

/** What a row holds that was deleted. */
const GONE = 'nothing: it is gone';

/** What a turn has in common with others where it never came: it cannot be known. */
const ANYTHING = { reads: -1, writes: -1 };

/**
 * Leads the rounds of a gated program, each through the order that the search says: of a round, one green thread is let go at a time, and the next once
 * it stands at its next gate, has ended, or is shown to be held up. Rounds that are left run by themselves in the end.
 */
export async function lead(run: LiveRun, act: Exploring): Promise<void> {
  const { gated, search, atOnce } = act;
  await run.mysql?.needWaiters();
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
  for (begin(); underWay.size > 0 && !run.over; begin()) if (!goOn()) await hear(run, rounds, [...underWay], goOn);
  for (let number = 1; number <= gated.rounds; number++)
    for (const thread of gated.small.threads.keys()) run.gates.open(threadName(thread, number));
  const allOver = (): boolean => {
    rounds.take(run.entries);
    return rounds.over || run.over;
  };
  await heard(run, 'the end of all rounds', allOver, () => false, false);
  run.gates.open(OVER);
}

/** Waits for what may let a round go on: something that is heard, the server's word, or that nothing moves. */
async function hear(run: LiveRun, rounds: GatedRounds, led: readonly LedRound[], goOn: () => boolean): Promise<void> {
  if (led.some(({ lacksRows }) => lacksRows)) await readRows(run, led);
  else if (led.some(({ asksServer }) => asksServer)) await askServer(run, rounds, led);
  // The server ends these waits by itself, and that is heard.
  else if (led.every(({ hangsOnServer }) => hangsOnServer)) await run.pause();
  else {
    const met = (): boolean => goOn() || led.some(({ lacksRows, asksServer }) => lacksRows || asksServer);
    const doubtful = (): boolean => led.every(({ seemsHeldUp, hangsOnServer }) => seemsHeldUp || hangsOnServer);
    await heard(run, 'a turn to be over', met, doubtful, run.mysql !== undefined);
  }
}

/** Waits until something is met by what is heard; where nothing is, until it is known that nothing moves. */
async function heard(
  run: LiveRun,
  what: string,
  met: () => boolean,
  doubtful: () => boolean,
  allKnown: boolean,
): Promise<void> {
  for (let silent = 0; silent < PATIENCE && !doubtful(); ) {
    if (met()) return;
    if (!(await run.pause())) silent += 1;
  }
  // Of what is at rest, the entries tell.
  await run.reach(what, met, allKnown);
}

/** Once nothing more is heard, the server says who waits there; of a round of which something is heard meanwhile, that counts for nothing. */
async function askServer(run: LiveRun, rounds: GatedRounds, led: readonly LedRound[]): Promise<void> {
  if ((await run.pause()) || run.mysql === undefined || !led.some(({ queries }) => queries)) return;
  const before = rounds.heard();
  const waiting = await run.mysql.heldUp(run.nonce);
  rounds.take(run.entries);
  const now = rounds.heard();
  const threads = waiting
    .map(({ thread }) => ({ thread, round: (rounds.placeOf(thread)?.round ?? 0) - 1 }))
    .filter(({ round }) => rounds.round(round + 1)?.asksServer && before[round] === now[round])
    .map(({ thread }) => thread);
  if (threads.length > 0) run.note({ kind: 'row-waits', threads });
}

/** What a round's rows hold when it is over. */
async function readRows(run: LiveRun, led: readonly LedRound[]): Promise<void> {
  for (const { number, keys, lacksRows } of led) {
    if (!lacksRows || run.mysql === undefined) continue;
    const values = await run.mysql.valuesOf([...keys.values()]);
    const rows = Object.fromEntries([...keys].map(([name, key]) => [name, values.get(key) ?? GONE]));
    run.note({ kind: 'rows', round: number, rows });
  }
}

/** A round on its way through one order. */
class LedRound {
  over = false;
  /** It is over but for what its rows hold. */
  lacksRows = false;
  readonly number: number;
  readonly keys: ReadonlyMap<string, number>;
  readonly #run: LiveRun;
  readonly #act: Exploring;
  readonly #walk: Walk;
  readonly #round: GatedRound;
  /** Whoever was chosen, until it has come to its gate; and how many turns there had been when one was let go. */
  #chosen: number | undefined;
  #turns: number | undefined;

  constructor(run: LiveRun, act: Exploring, walk: Walk, round: GatedRound, number: number) {
    this.#run = run;
    this.#act = act;
    this.#walk = walk;
    this.#round = round;
    this.number = number;
    this.keys = act.gated.keys[number - 1] ?? new Map();
  }

  get seemsHeldUp(): boolean {
    return this.#round.seemsHeldUp;
  }

  get asksServer(): boolean {
    return this.#round.asksServer;
  }

  get queries(): boolean {
    return this.#round.queries;
  }

  get hangsOnServer(): boolean {
    return this.#round.settled && this.#round.hangsOnServer;
  }

  /** Does what can be done now; false if something is to be waited for first. */
  goOn(): boolean {
    if (this.#chosen !== undefined) return this.#letGo(this.#chosen);
    if (this.#round.tooLate) throw tooLate();
    // What the server does about those who wait there is still a part of the last turn.
    if (!this.#round.settled || this.#round.hangsOnServer) return false;
    if (this.#turns !== undefined) this.#tellOfTurn(this.#turns);
    const ready = this.#round.ready();
    this.lacksRows = ready.length === 0 && this.keys.size > 0 && !this.#round.tracker.knowsRows;
    if (this.lacksRows) return false;
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
    this.#run.gates.pass(threadName(thread, this.number));
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

function tooLate(): Fault {
  return new Fault({
    party: 'environment',
    what: 'MySQL gave up a wait for a row (1205) while another green thread could still have gone on and let it in',
    expected: 'a schedule that is led to its end before the server gives up',
    advice: 'run it again on a machine that is less busy',
  });
}
