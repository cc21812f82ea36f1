import { readGated } from '../program/gated';
import type { Schedule, Strayed, Walk } from '../program/search';
import type { Entry, RunRecord } from '../trace/record';
import type { Outcome } from './outcome';
import { GatedRounds } from './rounds';
import { Enumeration } from './search';

/** The orders through which a run was led, found again in its record. */
export interface Tried {
  readonly orders: readonly TriedOrder[];
  /** Whether those are all that there are. */
  readonly complete: boolean;
  readonly strayed: Strayed | undefined;
}

export interface TriedOrder {
  readonly round: number;
  readonly schedule: Schedule;
  readonly outcome: Outcome;
}

/**
 * Follows the search once more, by what the record shows: at each gate that was opened, who stood at gates, and who was let go. What was led
 * otherwise than the search would lead is no order that was tried.
 */
export function triedOrders(record: RunRecord): Tried {
  const known = looked.get(record);
  if (known !== undefined) return known;
  const found = look(record);
  looked.set(record, found);
  return found;
}

/** A record does not change, and every claim asks for its orders. */
const looked = new WeakMap<RunRecord, Tried>();

function look(record: RunRecord): Tried {
  const following = new FollowedAgain(record);
  for (const entry of record.entries) following.take(entry);
  return following.end();
}

class FollowedAgain {
  readonly #rounds: GatedRounds;
  readonly #search = new Enumeration({ reduce: false });
  readonly #orders: TriedOrder[] = [];
  #number = 1;
  #walk: Walk | undefined;
  #otherwise = false;

  constructor({ program }: RunRecord) {
    this.#rounds = new GatedRounds(readGated(program));
    this.#walk = this.#search.begin();
  }

  take(entry: Entry): void {
    if (entry.kind === 'opened') this.#opened(this.#rounds.placeOf(entry.thread));
    this.#rounds.note(entry);
  }

  end(): Tried {
    this.#settle();
    return {
      orders: this.#orders,
      complete: this.#walk === undefined && !this.#otherwise,
      strayed: this.#search.strayed,
    };
  }

  #opened(place: { readonly round: number; readonly thread: number } | undefined): void {
    if (place === undefined) return;
    if (place.round !== this.#number) this.#settle();
    if (this.#walk === undefined || this.#otherwise || place.round !== this.#number) return;
    const ready = this.#rounds.round(this.#number)?.ready() ?? [];
    this.#otherwise = this.#walk.choose(ready) !== place.thread;
    // Nothing is left out here, so it does not matter what turns have in common.
    this.#walk.did(0, 0);
  }

  /** The round is over if nobody is left in it who could go on. */
  #settle(): void {
    const round = this.#rounds.round(this.#number);
    if (this.#walk === undefined || this.#otherwise || round === undefined) return;
    if (round.schedule.length === 0 || round.ready().length > 0) return;
    this.#orders.push({ round: this.#number, schedule: round.schedule, outcome: round.outcome() });
    this.#walk.end('over');
    this.#number += 1;
    this.#walk = this.#search.begin();
  }
}
