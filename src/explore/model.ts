import type { Value } from '../program/names';
import type { Body, Op } from '../sdk/runtime';
import type { Inside } from './inside';

/**
 * The plainest runtime: a queue of those who are ready, and locks that are handed over in the order of asking. What a small program comes to here
 * is what it has to come to.
 */
export class Model implements Inside {
  #ready: Green[] = [];
  #current: Green | undefined;
  readonly #locks = new Map<string, Green[]>();

  spawn(body: Body<void, Value>): () => Op<void, Value> {
    const green = new Green(body());
    this.#ready.push(green);
    const model = this;
    return function* () {
      if (green.end === undefined) {
        green.waiters.push(model.#running());
        yield;
      }
      const { end } = green;
      if (end !== undefined && 'error' in end) throw end.error;
      return end?.value ?? null;
    };
  }

  /** A lock is the list of those who have it or wait for it; the first has it. */
  *synchronized<T>(name: string, body: Body<void, T>): Op<void, T> {
    const queue = this.#locks.get(name) ?? [];
    this.#locks.set(name, queue);
    if (queue.push(this.#running()) > 1) yield;
    try {
      return yield* body();
    } finally {
      queue.shift();
      if (queue[0] !== undefined) this.#ready.push(queue[0]);
    }
  }

  *stand(hand: (letGo: () => void) => void): Op<void> {
    const me = this.#running();
    hand(() => this.#ready.push(me));
    yield;
  }

  turn(): void {
    for (let green = this.#ready.shift(); green !== undefined; green = this.#ready.shift()) {
      this.#current = green;
      green.run();
      if (green.end !== undefined) this.#ready.push(...green.waiters.splice(0));
    }
  }

  forget(): void {
    this.#ready = [];
    this.#locks.clear();
  }

  #running(): Green {
    if (this.#current === undefined) throw new Error('only a green thread can wait');
    return this.#current;
  }
}

class Green {
  readonly waiters: Green[] = [];
  end: { readonly value: Value } | { readonly error: unknown } | undefined;
  readonly #body: Op<void, Value>;

  constructor(body: Op<void, Value>) {
    this.#body = body;
  }

  run(): void {
    try {
      const { done, value } = this.#body.next();
      if (done) this.end = { value };
    } catch (error) {
      this.end = { error };
    }
  }
}
