import { sleep } from './greenthread';
import { green, native } from './mysql';
import { time } from './time';

/**
 * Puts the library's functions in the place of the standard library's that block (eventlet.monkey_patch). What a C
 * library does inside is out of its reach.
 */
export function monkeyPatch(): void {
  time.sleep = sleep;
  native.connect = green;
}

export function isMonkeyPatched(): boolean {
  return time.sleep === sleep;
}
