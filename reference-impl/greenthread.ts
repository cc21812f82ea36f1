import { getHub } from './hub';

/**
 * What a green thread runs: a generator. It can be switched away from only where it says `yield`, and only this library
 * says that; code that calls it says `yield*`, so that each place where a switch may happen can be seen.
 */
export type Green<T> = Generator<void, T, unknown>;

/** What is thrown into a green thread that is killed (greenlet.GreenletExit). It is there to end it: nobody should catch it for good. */
export class GreenletExit extends Error {
  override readonly name = 'GreenletExit';
  readonly uncatchable = true;
}

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

export class GreenThread<T = unknown> {
  readonly #body: Green<T>;
  readonly #links: (() => void)[] = [];
  /** How often it has been let run: it waits in each slice for one thing only. */
  #slice = 0;
  #outcome: Outcome<T> | undefined;

  constructor(body: Green<T>) {
    this.#body = body;
  }

  /** Lets it run until it waits for something or ends; called by the hub and by I/O callbacks, never by a green thread. */
  switch(): void {
    this.#run(() => this.#body.next());
  }

  /** The same, but what it waits for throws; called by the hub, or by another green thread, which waits until it switches away. */
  throw(error: unknown): void {
    this.#run(() => this.#body.throw(error));
  }

  /** What wakes it from its next wait, and from no other: one that was killed, or timed out, may have gone on to another. */
  resumer(): () => void {
    const slice = this.#slice;
    return () => {
      if (this.#slice === slice) this.switch();
    };
  }

  /** Throws GreenletExit into it where it waits, at once, and goes on in the hub's next cycle; who waits for its end gets that, too. */
  *kill(): Green<void> {
    if (this.#outcome !== undefined) return;
    if (current === this) throw new GreenletExit();
    getHub().schedule(0, getCurrent().resumer());
    this.throw(new GreenletExit());
    yield;
  }

  #run(resume: () => IteratorResult<void, T>): void {
    if (this.#outcome !== undefined) return;
    this.#slice += 1;
    const before = current;
    current = this;
    try {
      const { done, value } = resume();
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
      this.link(getCurrent().resumer());
      yield;
    }
    return opened(this.#outcome);
  }

  /** What ended it, if it was something thrown. */
  get error(): unknown {
    return this.#outcome && 'error' in this.#outcome ? this.#outcome.error : undefined;
  }

  /** Has the hub call back once it has ended. */
  link(callback: () => void): void {
    this.#links.push(callback);
  }

  #end(outcome: Outcome<T>): void {
    this.#outcome = outcome;
    for (const callback of this.#links) getHub().schedule(0, callback);
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
  getHub().schedule(seconds, getCurrent().resumer());
  yield;
}

/**
 * Lets others run until an answer comes from outside: from an I/O callback of Node's, which then switches straight to
 * this green thread (eventlet.hubs.trampoline).
 */
export function* trampoline<T>(ask: (answer: (value: T) => void, fail: (error: Error) => void) => void): Green<T> {
  const me = getCurrent();
  const slot: { outcome?: Outcome<T>; resume?: () => void } = {};
  const settle = (outcome: Outcome<T>): void => {
    slot.outcome = outcome;
    slot.resume?.();
  };
  ask(
    (value) => settle({ value }),
    (error) => settle({ error }),
  );
  while (slot.outcome === undefined) {
    slot.resume = me.resumer();
    yield;
  }
  return opened(slot.outcome);
}

function opened<T>(outcome: Outcome<T>): T {
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
