import type { Green } from '../reference-impl/greenthread';

/** A body that `look` is told of each time that it is switched back to, before it goes on; what that throws is thrown inside it. */
export function* stepwise<T>(body: () => Green<T>, look: () => void): Green<T> {
  const inner = body();
  let step = inner.next();
  while (!step.done) {
    yield;
    try {
      look();
      step = inner.next();
    } catch (error) {
      step = inner.throw(error);
    }
  }
  return step.value;
}
