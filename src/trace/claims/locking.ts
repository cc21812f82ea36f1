import { SECTION, WRITE } from '../../program/crowds';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { nameOf, type Span, spans, valueGiven } from '../questions';
import type { RunRecord } from '../record';

const isMember = (name: string): boolean => name.startsWith('clerk');

/** How many of the members' updates of the shared number are lost: the number falls short by so many. */
export function updatesLost(record: RunRecord, expected: number): Finding {
  const writes = spans(record, WRITE, isMember).filter(({ end }) => end?.phase === 'finished');
  const number = valueGiven(record, 'main', 'number');
  if (typeof number !== 'number') return unknown('the shared number was not read at the end');
  const lost = writes.length - number;
  return lost === expected
    ? holds
    : contradicted(
        `${writes.length} updates were made, and the number is ${number}: ${lost} lost, not ${expected}`,
        numbers(writes),
      );
}

/** How many of the members made the thing that was missing. */
export function timesMade(record: RunRecord, expected: number): Finding {
  if (record.end.kind !== 'completed') return unknown('the program did not end');
  const made = spans(record, WRITE, isMember);
  return made.length === expected
    ? holds
    : contradicted(`${made.length} made it: ${made.map(({ thread }) => nameOf(thread)).join(', ')}`, numbers(made));
}

/** No two sections overlap, judged on the whole trace; and it is shown that two wanted in at once. */
export function neverTogether(record: RunRecord): Finding {
  const sections = spans(record, SECTION, isMember);
  const pair = overlapping(sections);
  if (pair !== undefined) {
    const [a, b] = pair;
    return contradicted(`${b.thread} went in while ${a.thread} was inside`, [entry(a), entry(b)]);
  }
  if (sections.length < 2) return unknown('fewer than two wanted in');
  if (!sections.some((a) => sections.some((b) => a !== b && waitedFor(a, b))))
    return unknown('no two wanted in at the same time');
  return holds;
}

/** Two sections do overlap. */
export function together(record: RunRecord): Finding {
  const sections = spans(record, SECTION, isMember);
  if (overlapping(sections) !== undefined) return holds;
  return contradicted('no two were inside at the same time', sections.map(entry));
}

/** The section after one that raised was entered. */
export function entersAfterRaise(record: RunRecord): Finding {
  const [first, second] = spans(record, SECTION, isMember);
  if (first?.end?.phase !== 'raised')
    return contradicted('no section raised', first === undefined ? [] : [entry(first)]);
  if (first.end.error?.code !== 'Oops') {
    return contradicted(`the section raised ${first.end.error?.code}, not what was raised inside it`, [first.end.n]);
  }
  if (second?.end?.phase !== 'finished') return contradicted('nobody could enter after it', [first.end.n]);
  return holds;
}

function overlapping(sections: readonly Span[]): [Span, Span] | undefined {
  const inside = sections.filter((section) => section.entered !== undefined).sort((a, b) => entry(a) - entry(b));
  for (const [i, a] of inside.entries()) {
    const b = inside.slice(i + 1).find((later) => entry(later) < (a.end?.n ?? Number.POSITIVE_INFINITY));
    if (b !== undefined) return [a, b];
  }
  return undefined;
}

/** `a` asked for the lock while `b` was inside, and got in after. */
function waitedFor(a: Span, b: Span): boolean {
  return b.entered !== undefined && b.end !== undefined && a.start.n < b.end.n && entry(a) > b.end.n;
}

function entry(section: Span): number {
  return section.entered?.n ?? section.start.n;
}

function numbers(list: readonly Span[]): number[] {
  return list.map(({ start }) => start.n);
}
