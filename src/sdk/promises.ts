import type { Body } from './runtime';

/** What an operation yields where the runtime is a language's own promises: one that is to be awaited. */
export type Awaits = Promise<unknown>;

/** Runs a body as an async function: awaits each promise that it yields, and gives back what came of it. */
export async function runAsync<T>(body: Body<Awaits, T>): Promise<T> {
  const operation = body();
  let step = operation.next();
  while (!step.done) {
    let value: unknown;
    try {
      value = await step.value;
    } catch (error) {
      step = operation.throw(error);
      continue;
    }
    step = operation.next(value);
  }
  return step.value;
}
