import type { Awaits } from '../../src/sdk/promises';
import type { Body, Op } from '../../src/sdk/runtime';

/** Locks by name, since Node has none. Each who asks awaits the one who asked before. */
export class Mutexes {
  readonly #last = new Map<string, Promise<void>>();

  /** Runs a body while no other runs under that name. */
  *runExclusive<T>(name: string, body: Body<Awaits, T>): Op<Awaits, T> {
    const before = this.#last.get(name);
    let release = (): void => {};
    const mine = new Promise<void>((resolve) => {
      release = resolve;
    });
    this.#last.set(name, mine);
    if (before !== undefined) yield before;
    try {
      return yield* body();
    } finally {
      release();
      if (this.#last.get(name) === mine) this.#last.delete(name);
    }
  }
}
