import type { Failure } from '../protocol/messages';

/** An error of a program's own making: what `raise` raises, and what a step does that cannot be done. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  readonly code: string;

  constructor(code: string, message = code, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether an error is one that ends a green thread, or a part of it, from outside: no step of the program catches it. */
export function isUncatchable(error: unknown): boolean {
  return error instanceof Error && 'uncatchable' in error && error.uncatchable === true;
}

/** What `attempt` gives: MySQL's number as a number, any other code as a string. */
export function codeOf(error: unknown): string | number {
  if (!(error instanceof Error)) return 'error';
  const code: unknown = 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? code : error.name;
}

/** An error as an event tells it, short enough for one whatever characters it is made of. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { code: String(codeOf(error)).slice(0, 100), message: message.slice(0, 400) };
}
