import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Value } from '../program/names';
import { ProgramError } from './failure';

/** Some 0.2 ms of arithmetic between two looks at the flag. */
const ROUND = 150_000;

/** One round of plain arithmetic. Gives whether the harness has raised the flag. */
export function computeRound(folder: string, flag: string): boolean {
  let x = 1;
  // A generator of pseudo-random numbers (xorshift32): each step needs the one before, so that none can be left out.
  for (let i = 0; i < ROUND; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  return x !== 0 && flagRaised(folder, flag);
}

/** Whether the harness has raised a flag of the run: by a plain file call. */
export function flagRaised(folder: string, flag: string): boolean {
  return existsSync(join(folder, `flag-${flag}`));
}

export function same(left: Value, right: Value): boolean {
  return left === right || isDeepStrictEqual(left, right);
}

/** @throws ProgramError `not-a-number` */
export function sum(value: Value, plus: number): number {
  if (typeof value === 'number') return value + plus;
  throw new ProgramError('not-a-number', `${JSON.stringify(value)} is no number that something can be added to`);
}
