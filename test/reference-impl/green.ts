import { type Green, spawn } from '../../reference-impl/greenthread';

/** Runs a body in a green thread and hands what becomes of it to a promise. */
export function run<T>(body: () => Green<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    spawn(function* () {
      try {
        resolve(yield* body());
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** Runs bodies as green threads of their own, and waits for all. */
export function together(...bodies: (() => Green<unknown>)[]): Promise<unknown[]> {
  return run(function* () {
    const threads = bodies.map((body) => spawn(body));
    const values = [];
    for (const thread of threads) values.push(yield* thread.wait());
    return values;
  });
}
