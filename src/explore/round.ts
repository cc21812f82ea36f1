import type { Value } from '../program/names';
import type { SmallProgram } from '../program/small-program';
import type { Op } from '../sdk/runtime';
import { type Hands, live } from './body';
import type { Inside } from './inside';
import { Tracker } from './tracker';

/** Whoever has not come to the end by then goes round and round. */
const MOST_TURNS = 2000;

/** A small program under way in this process, from its start to the end of one order. */
export class Round implements Hands {
  readonly tracker: Tracker;
  readonly #inside: Inside;
  readonly #standing: ((() => void) | undefined)[] = [];
  readonly #joins = new Map<string, () => Op<void, Value>>();

  constructor(program: SmallProgram, inside: Inside) {
    this.tracker = new Tracker(program);
    this.#inside = inside;
    for (const [i, { name, steps }] of program.threads.entries())
      this.#joins.set(
        name,
        inside.spawn(() => live(i, steps, this)),
      );
    inside.turn();
  }

  /** Those who can be let go. */
  ready(): number[] {
    const ready: number[] = [];
    for (let i = 0; i < this.#standing.length; i++) if (this.#standing[i] !== undefined) ready.push(i);
    return ready;
  }

  /** Lets one go until nobody moves any more. */
  letGo(thread: number): void {
    const go = this.#standing[thread];
    if (go === undefined) throw new Error(`green thread ${thread} does not stand`);
    this.#standing[thread] = undefined;
    this.tracker.turn(thread);
    go();
    this.#inside.turn();
  }

  /** Lets everybody go on to the end; gives whether all came there. */
  finish(): boolean {
    let turns = 0;
    for (let ready = this.ready(); ready.length > 0 && turns < MOST_TURNS; ready = this.ready(), turns++)
      this.letGo(ready[turns % ready.length] ?? 0);
    return this.tracker.allOver;
  }

  stand(thread: number): Op<void> {
    return this.#inside.stand((letGo) => {
      this.tracker.stands(thread);
      this.#standing[thread] = letGo;
    });
  }

  synchronized<T>(name: string, body: () => Op<void, T>): Op<void, T> {
    return this.#inside.synchronized(name, body);
  }

  join(name: string): Op<void, Value> {
    const join = this.#joins.get(name);
    if (join === undefined) throw new Error(`no green thread ${name} in this program`);
    return join();
  }
}
