import type { Green } from './greenthread';

const never = new Int32Array(new SharedArrayBuffer(4));

/**
 * Stands for the standard library's `time`. Its `sleep` blocks the OS thread, and so every green thread, and switches to
 * no one, also with 0. It is a generator only so that `yield* time.sleep(…)` can be written whether or not it is patched.
 */
export const time = {
  // biome-ignore lint/correctness/useYield: it does not switch, which is the point
  *sleep(seconds = 0): Green<void> {
    Atomics.wait(never, 0, 0, seconds * 1000);
  },
};
