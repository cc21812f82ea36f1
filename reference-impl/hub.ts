/** What the hub calls back, and when: milliseconds on `performance.now()`'s clock. */
export interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/**
 * The hub: one loop on one OS thread that fires timers and lets Node poll for I/O in between.
 *
 * A cycle is eventlet's (eventlet/hubs/hub.py, `run`): all timers that are due fire, in the order of their due times and
 * among equals in that of scheduling; those scheduled meanwhile wait for the next cycle; then I/O is polled once, and
 * what came is handed straight to who waits for it. So each ready green thread runs for one slice a cycle.
 */
export class Hub {
  /** Ordered by due time. */
  readonly #timers: Timer[] = [];
  /** Scheduled since the last cycle began. */
  #next: Timer[] = [];
  #wakeup: Wakeup = asleep;
  #running = false;

  /** Calls back `seconds` from now, in a later cycle; with 0 in the next. */
  schedule(seconds: number, callback: () => void): void {
    const due = performance.now() + seconds * 1000;
    this.#next.push({ due, callback });
    if (!this.#running && due < this.#wakeup.due) this.#wakeAt(due);
  }

  #cycle(): void {
    this.#running = true;
    this.#wakeup = asleep;
    this.#prepareTimers();
    this.#fireTimers(performance.now());
    this.#prepareTimers();
    this.#running = false;
    const first = this.#timers[0];
    if (first) this.#wakeAt(first.due);
  }

  /** Takes up what was scheduled; called by the cycle alone. */
  #prepareTimers(): void {
    for (const timer of this.#next) this.#timers.splice(this.#firstAfter(timer.due), 0, timer);
    this.#next = [];
  }

  #fireTimers(now: number): void {
    this.fire(this.#timers.splice(0, this.#firstAfter(now)));
  }

  /** Each callback is a green thread's slice: it returns when that one switches away. */
  protected fire(due: readonly Timer[]): void {
    for (const { callback } of due) callback();
  }

  /** The index of the first timer that is due after a time. */
  #firstAfter(time: number): number {
    let [low, high] = [0, this.#timers.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#timers[middle]?.due ?? time) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Sees to it that a cycle begins when a timer is due. Between two immediates Node polls for I/O without waiting; where
   * there is nothing but I/O to wait for, no timer is set, and Node's own poll waits. Node's timers may fire up to a
   * millisecond early: then the cycle finds nothing due and sets the next.
   */
  #wakeAt(due: number): void {
    this.#wakeup.cancel();
    const delay = due - performance.now();
    if (delay <= 0) {
      const immediate = setImmediate(() => this.#cycle());
      this.#wakeup = { due: Number.NEGATIVE_INFINITY, cancel: () => clearImmediate(immediate) };
    } else {
      const timeout = setTimeout(() => this.#cycle(), Math.ceil(delay));
      this.#wakeup = { due, cancel: () => clearTimeout(timeout) };
    }
  }
}

/** What will begin the next cycle. */
interface Wakeup {
  readonly due: number;
  readonly cancel: () => void;
}

const asleep: Wakeup = { due: Number.POSITIVE_INFINITY, cancel: () => {} };

let hub = new Hub();

/** The hub of this process (eventlet.hubs.get_hub). */
export function getHub(): Hub {
  return hub;
}

/** Puts another hub in its place, before anything runs (eventlet.hubs.use_hub). */
export function useHub(other: Hub): void {
  hub = other;
}
