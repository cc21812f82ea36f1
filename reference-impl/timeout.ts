import { type Green, getCurrent } from './greenthread';
import { getHub } from './hub';

/** What is thrown into a green thread whose time is up (eventlet.Timeout). It is there to end what runs: only who set the time should catch it. */
export class Timeout extends Error {
  override readonly name = 'Timeout';
  readonly uncatchable = true;
}

/**
 * Runs a body, into which a Timeout is thrown where it waits once so many seconds have passed. It is the hub that throws it: what waits
 * outside of the hub, in a call that blocks, is not disturbed.
 */
export function* withTimeout<T>(seconds: number, body: (timeout: Timeout) => Green<T>): Green<T> {
  const me = getCurrent();
  const timeout = new Timeout(`${seconds} s have passed`);
  let pending = true;
  getHub().schedule(seconds, () => {
    if (pending) me.throw(timeout);
  });
  try {
    return yield* body(timeout);
  } finally {
    pending = false;
  }
}
