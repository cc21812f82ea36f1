import { getHub } from './hub';

/**
 * What a green thread runs: a generator. It can be switched away from only where it says `yield`, and only this library
 * says that; code that calls it says `yield*`, so that each place where a switch may happen can be seen.
 */
export type Green<T> = Generator<void, T, unknown>;

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

export class GreenThread<T = unknown> {
  readonly #body: Green<T>;
  readonly #waiters: GreenThread[] = [];
  #outcome: Outcome<T> | undefined;

  constructor(body: Green<T>) {
    this.#body = body;
  }

  /** Lets it run until it waits for something or ends; called by the hub and by I/O callbacks, never by a green thread. */
  switch(): void {
    const before = current;
    current = this;
    try {
      const { done, value } = this.#body.next();
      if (done) this.#end({ value });
    } catch (error) {
      // It goes to those that wait for it, and takes nobody else down.
      this.#end({ error });
    } finally {
      current = before;
    }
  }

  /** Waits for its end. Gives what it returned, or throws what it threw, to each that waits. */
  *wait(): Green<T> {
    while (this.#outcome === undefined) {
      this.#waiters.push(getCurrent());
      yield;
    }
    return opened(this.#outcome);
  }

  #end(outcome: Outcome<T>): void {
    this.#outcome = outcome;
    for (const waiter of this.#waiters) getHub().schedule(0, () => waiter.switch());
  }
}

let current: GreenThread | undefined;

/** The green thread that runs now. */
export function getCurrent(): GreenThread {
  if (current === undefined) throw new Error('only a green thread can wait');
  return current;
}

/** Starts a green thread; it first runs in the hub's next cycle. */
export function spawn<T>(body: () => Green<T>): GreenThread<T> {
  const thread = new GreenThread(body());
  getHub().schedule(0, () => thread.switch());
  return thread;
}

/** Lets others run, and goes on after at least `seconds`; with 0, or no argument, in the hub's next cycle. */
export function* sleep(seconds = 0): Green<void> {
  const me = getCurrent();
  getHub().schedule(seconds, () => me.switch());
  yield;
}

/**
 * Lets others run until an answer comes from outside: from an I/O callback of Node's, which then switches straight to
 * this green thread (eventlet.hubs.trampoline).
 */
export function* trampoline<T>(ask: (answer: (value: T) => void, fail: (error: Error) => void) => void): Green<T> {
  const me = getCurrent();
  const slot: { outcome?: Outcome<T>; waits?: boolean } = {};
  const settle = (outcome: Outcome<T>): void => {
    slot.outcome = outcome;
    if (slot.waits) me.switch();
  };
  ask(
    (value) => settle({ value }),
    (error) => settle({ error }),
  );
  slot.waits = true;
  while (slot.outcome === undefined) yield;
  return opened(slot.outcome);
}

function opened<T>(outcome: Outcome<T>): T {
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
