import { isMember, SECTION, WRITE } from '../../program/crowds';
import { instancesOf } from '../../program/walk';
import { type Contradiction, contradicted, type Finding, holds, unknown } from '../finding';
import { events, nameOf, type Span, span, spans } from '../questions';
import type { RunRecord } from '../record';

/** How many of the members' updates of the shared number are lost: the number falls short by so many. */
export function updatesLost(record: RunRecord, expected: number): Finding {
  const failed = failedMember(record);
  if (failed !== undefined) return failed;
  const read = span(record, 'main', 'number')?.end;
  if (typeof read?.value !== 'number') return unknown('the shared number was not read at the end');
  const writes = spans(record, WRITE, isMember).filter(({ end }) => end?.phase === 'finished');
  const late = writes.find(({ end }) => end !== undefined && end.n > read.n);
  if (late !== undefined)
    return contradicted(`the number was read before ${late.thread} had written`, [read.n, late.start.n]);
  const members = membersOf(record).length;
  if (writes.length < members) return contradicted(`${writes.length} updates were made by ${members}`, numbers(writes));
  const lost = writes.length - read.value;
  return lost === expected
    ? holds
    : contradicted(
        `${writes.length} updates were made, and the number is ${read.value}: ${lost} lost, not ${expected}`,
        numbers(writes),
      );
}

/** How many of the members made the thing that was missing. */
export function timesMade(record: RunRecord, expected: number): Finding {
  const failed = failedMember(record);
  if (failed !== undefined) return failed;
  if (record.end.kind !== 'completed') return unknown('the program did not end');
  const made = spans(record, WRITE, isMember);
  return made.length === expected
    ? holds
    : contradicted(`${made.length} made it: ${made.map(({ thread }) => nameOf(thread)).join(', ')}`, numbers(made));
}

/** No two sections overlap, judged on the whole trace; and it is shown that two wanted in at once. */
export function neverTogether(record: RunRecord): Finding {
  const sections = spans(record, SECTION, isMember);
  const pair = overlapping(record, sections);
  if (pair !== undefined) {
    const [a, b] = pair;
    return contradicted(`${b.thread} went in while ${a.thread} was inside`, [entry(a), entry(b)]);
  }
  if (sections.length < 2) return unknown('fewer than two wanted in');
  if (keptOut(record, sections) === undefined) return unknown('no two wanted in at the same time');
  return holds;
}

/** Two sections do overlap: contradicted where one is seen to be kept out by another. */
export function together(record: RunRecord): Finding {
  const sections = spans(record, SECTION, isMember);
  if (overlapping(record, sections) !== undefined) return holds;
  const pair = keptOut(record, sections);
  if (pair !== undefined) {
    const [a, b] = pair;
    return contradicted(`${a.thread} was kept out until ${b.thread} had left`, [a.start.n, entry(b), entry(a)]);
  }
  return failedMember(record) ?? unknown('no two wanted in at the same time');
}

/** The section after one that raised was entered. */
export function entersAfterRaise(record: RunRecord): Finding {
  const [first, second] = spans(record, SECTION, isMember);
  if (first?.end === undefined) return unknown('no section has ended');
  if (first.end.phase !== 'raised')
    return contradicted('the section did not raise what was raised inside it', [first.end.n]);
  if (first.end.error?.code !== 'Oops') {
    return contradicted(`the section raised ${first.end.error?.code}, not what was raised inside it`, [first.end.n]);
  }
  if (second?.end?.phase === 'finished') return holds;
  if (second?.end !== undefined)
    return contradicted(`who came after it raised ${second.end.error?.code}`, [first.end.n, second.end.n]);
  return record.end.kind === 'completed'
    ? contradicted('nobody entered after it', [first.end.n])
    : unknown('nobody had entered after it yet');
}

function membersOf({ program }: RunRecord): string[] {
  return Object.keys(program.threads)
    .filter(isMember)
    .flatMap((name) => instancesOf(program, name));
}

/** A member that did not come through its section, in a program that ended; of one that was cut nothing can be said yet. */
function failedMember(record: RunRecord): Contradiction | undefined {
  if (record.end.kind !== 'completed') return undefined;
  const sections = spans(record, SECTION, isMember);
  for (const member of membersOf(record)) {
    const end = sections.find(({ thread }) => thread === member)?.end;
    if (end?.phase === 'raised')
      return contradicted(`${member} raised ${end.error?.code}: ${end.error?.message}`, [end.n]);
    if (end === undefined) return contradicted(`${member} never came through its section`);
  }
  return undefined;
}

function overlapping(record: RunRecord, sections: readonly Span[]): [Span, Span] | undefined {
  const inside = sections.filter((section) => section.entered !== undefined).sort((a, b) => entry(a) - entry(b));
  for (const [i, a] of inside.entries()) {
    const b = inside.slice(i + 1).find((later) => entry(later) < heldUntil(record, a));
    if (b !== undefined) return [a, b];
  }
  return undefined;
}

/** One that asked for the lock while the other was inside, and got in after. */
function keptOut(record: RunRecord, sections: readonly Span[]): [Span, Span] | undefined {
  const inside = sections.filter((section) => section.entered !== undefined);
  for (const a of inside) {
    const b = inside.find((other) => {
      const until = heldUntil(record, other);
      return a !== other && a.start.n < until && entry(a) > until;
    });
    if (b !== undefined) return [a, b];
  }
  return undefined;
}

/**
 * The number of the last event that shows a member inside. What the section itself reports at its end comes after the lock was let go,
 * and another may have got in by then.
 */
function heldUntil(record: RunRecord, section: Span): number {
  const until = section.end?.n ?? Number.POSITIVE_INFINITY;
  const inner = events(record).filter(({ thread, n }) => thread === section.thread && n >= entry(section) && n < until);
  const last = inner.at(-1);
  // Inside a step that never ended: it never left.
  return last?.phase === 'started' ? until : (last?.n ?? entry(section));
}

function entry(section: Span): number {
  return section.entered?.n ?? section.start.n;
}

function numbers(list: readonly Span[]): number[] {
  return list.map(({ start }) => start.n);
}
