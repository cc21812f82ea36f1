import { Fault } from '../fault/fault';
import type { Schedule } from '../program/search';
import { LETTERS, letterOf } from '../program/small-program';

/** `a2bab2`: a green thread's letter, and how many turns it has in a row where that is more than one. */
export function writeSchedule(schedule: Schedule): string {
  const runs: { thread: number; turns: number }[] = [];
  for (const thread of schedule) {
    const last = runs.at(-1);
    if (last?.thread === thread) last.turns += 1;
    else runs.push({ thread, turns: 1 });
  }
  return runs.map(({ thread, turns }) => `${letterOf(thread)}${turns > 1 ? turns : ''}`).join('');
}

/**
 * Reads what `writeSchedule` wrote; blanks may stand anywhere, and `aab` is the same as `a2b`.
 *
 * @throws Fault of the user, where it is none
 */
export function readSchedule(text: string): Schedule {
  const compact = text.replace(/\s+/g, '');
  if (!/^([a-z]([1-9]\d{0,3})?)*$/.test(compact)) {
    throw new Fault({
      party: 'user',
      what: 'this is no schedule',
      expected: 'letters of green threads, each followed by its number of turns in a row if that is not one: a2bab2',
      came: text,
    });
  }
  return [...compact.matchAll(/([a-z])(\d*)/g)].flatMap(([, letter = '', turns]) =>
    Array.from({ length: Number(turns || 1) }, () => LETTERS.indexOf(letter)),
  );
}
