import { Reference } from '../../reference-impl/adapter';
import { trampoline } from '../../reference-impl/greenthread';
import { Hub, type Timer, useHub } from '../../reference-impl/hub';
import type { Value } from '../program/names';
import type { Body, Op, Runtime } from '../sdk/runtime';
import type { Inside } from './inside';

/** A hub that turns when it is told to, and whose time passes only when nobody is ready. */
class TurnedHub extends Hub {
  #ready: (() => void)[] = [];
  #timers: Timer[] = [];
  #now = 0;

  override schedule(seconds: number, callback: () => void): void {
    if (seconds <= 0) this.#ready.push(callback);
    else this.#timers.push({ due: this.#now + seconds, callback });
  }

  turn(): void {
    for (;;) {
      for (let i = 0; i < this.#ready.length; i++) this.#ready[i]?.();
      this.#ready.length = 0;
      const next = this.#takeTimer();
      if (next === undefined) return;
      this.#now = next.due;
      this.#ready.push(next.callback);
    }
  }

  #takeTimer(): Timer | undefined {
    if (this.#timers.length === 0) return undefined;
    const next = this.#timers.reduce((first, timer) => (timer.due < first.due ? timer : first));
    this.#timers.splice(this.#timers.indexOf(next), 1);
    return next;
  }
}

/** Locks are the whole process's, by their names: those that somebody was left behind with are not met again. */
let generations = 0;

/**
 * The reference, or a runtime made over it, run in this process on a hub that the explorer turns: its own green threads, locks and joins; a
 * green thread that stands waits as for an answer from outside.
 */
export class ReferenceInside implements Inside {
  #locks = ++generations;
  readonly #hub = new TurnedHub();
  readonly #runtime: Runtime<void>;

  constructor(runtime: Runtime<void>) {
    this.#runtime = runtime;
    useHub(this.#hub);
  }

  spawn(body: Body<void, Value>): () => Op<void, Value> {
    const { done, value } = this.#runtime.spawn(body).next();
    if (!done) throw new Error('a spawn that switches cannot be explored in this process');
    return () => value.join();
  }

  synchronized<T>(name: string, body: Body<void, T>): Op<void, T> {
    if (this.#runtime.synchronized === undefined) throw new Error('the runtime has no lock');
    return this.#runtime.synchronized(`${name}.${this.#locks}`, body);
  }

  stand(hand: (letGo: () => void) => void): Op<void> {
    return trampoline((answer) => hand(() => answer(undefined)));
  }

  turn(): void {
    this.#hub.turn();
  }

  forget(): void {
    this.#locks = ++generations;
  }
}

/** The reference as it is. */
export function referenceInside(): ReferenceInside {
  return new ReferenceInside(new Reference());
}
