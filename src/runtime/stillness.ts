import type { ProcessReading } from '../trace/record';

/** Three readings in a row: whatever was written before the first has been read by the harness before the third. */
const READINGS = 3;

/** Milliseconds that a wake-up must lie in the future beyond all that has passed of the run, to be none that is near. */
const FAR = 1000;

/** Tells from readings of the kernel whether a process sleeps, all of it, without having woken in between. */
export class Stillness {
  #last: ProcessReading | undefined;
  #same = 0;

  /** Something was heard of the process: what was seen before counts no more. */
  reset(): void {
    this.#last = undefined;
    this.#same = 0;
  }

  /** Takes one more reading; true once enough in a row were of a sleeping process that had not woken in between. */
  observe(reading: ProcessReading): boolean {
    const still = asleep(reading) && this.#last !== undefined && unchanged(this.#last, reading);
    this.#same = still ? this.#same + 1 : 1;
    this.#last = reading;
    return this.#same >= READINGS;
  }
}

/** Waiting for something from outside. An uninterruptible wait (D) is for the disk, or for a child to start: it ends by itself. */
export function asleep(reading: ProcessReading): boolean {
  return reading.threads.length > 0 && reading.threads.every(({ state }) => state === 'S');
}

/** The same OS threads, none of which gave the processor up, or used it, in between. */
export function unchanged(before: ProcessReading, after: ProcessReading): boolean {
  return (
    before.threads.length === after.threads.length &&
    before.threads.every((thread, i) => {
      const now = after.threads[i];
      return now?.tid === thread.tid && now.voluntarySwitches === thread.voluntarySwitches && now.cpu === thread.cpu;
    })
  );
}

/** Whether a system call that gives up after `wakeUp` milliseconds, begun in a run that is `elapsed` old, may do so soon. */
export function wakesSoon(wakeUp: number | undefined, elapsed: number): boolean {
  return wakeUp === undefined || wakeUp < elapsed + FAR;
}
