import { IT, SUBJECT } from '../../program/activities';
import { PENDING, READY, TIMER, TURNS } from '../../program/compose';
import { GAP } from '../../program/long-work';
import { MESSENGER } from '../../program/plan';
import { everyStep, instancesOf } from '../../program/walk';
import type { EventParams } from '../../protocol/messages';
import { type Contradiction, contradicted, type Finding, holds, unknown } from '../finding';
import { calledOffBefore, heard, nameOf, othersBetween, type Span, span, spans } from '../questions';
import type { RunRecord } from '../record';
import { ranElsewhere } from './switching';

/** A timer that fell due while the step went on fires only after it: time enough for it is shown to have passed. */
export function timerFiresAfterwards(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it === undefined) return unknown('the step never began');
  const early = othersBetween(record, it).find(({ thread }) => nameOf(thread) === TIMER);
  if (early !== undefined)
    return contradicted('the timer fired meanwhile', [it.start.n, early.n, ...ends(it).slice(1)]);
  if (it.end === undefined) return unknown('the step never ended');
  if (!timerWasDue(record, it.end)) return unknown('the step ended before the timer was due');
  const { n } = it.end;
  const fired = spans(record, TIMER).flatMap(({ end }) => end ?? []);
  if (fired.some((end) => end.phase === 'finished' && end.n > n)) return holds;
  return record.end.kind === 'completed'
    ? contradicted('the timer never fired', [n])
    : unknown('the timer had not fired yet');
}

/** A timer that was due, and a byte that was sent, while the work went on, are served before it ends. */
export function servedBeforeTheEnd(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the work never ended');
  const { start, end } = it;
  if (end.phase === 'raised') return raised(end);
  if (!timerWasDue(record, end)) return unknown('the work ended before the timer was due');
  const sent = record.entries.findIndex((entry) => entry.kind === 'opened' && entry.gate === MESSENGER.gate);
  if (sent < heard(record, start) || sent > heard(record, end))
    return unknown('no byte was sent while the work went on');
  const during = othersBetween(record, it).filter(({ phase }) => phase === 'finished');
  const timer = during.some(({ thread, label }) => nameOf(thread) === TIMER && label === TIMER);
  const byte = during.some(({ thread, label }) => nameOf(thread) === MESSENGER.thread && label === MESSENGER.label);
  if (timer && byte) return holds;
  const late = [...(timer ? [] : ['the timer']), ...(byte ? [] : ['the byte'])];
  return contradicted(`${late.join(' and ')} had to wait until the work had ended`, [start.n, end.n]);
}

/** In every gap of the work somebody else has a turn. */
export function somebodyRunsInEveryGap(record: RunRecord): Finding {
  const gaps = gapsOf(record);
  const elsewhere = gaps[0] && ranElsewhere(record, gaps[0]);
  if (elsewhere !== undefined) return elsewhere;
  const counts = (label: string): unknown[] =>
    spans(record, label, (name) => name === SUBJECT).map(({ end }) => end?.value);
  const [before, after] = [counts('gap-before'), counts('gap-after')];
  const quiet = gaps.flatMap((gap, i) => (othersBetween(record, gap).length === 0 ? [{ gap, i }] : []));
  for (const { gap, i } of quiet) {
    const [from, to] = [before[i], after[i]];
    if (typeof from !== 'number' || typeof to !== 'number')
      return spoilt(record) ?? unknown(`the counter of turns was not read before and after gap ${i + 1}`);
    if (to !== from) continue;
    if (calledOffBefore(record, gap.end))
      return unknown(`those who were ready had been called off before gap ${i + 1}`);
    return spans(record, READY).length > 0
      ? contradicted(`nobody ran in gap ${i + 1}`, ends(gap))
      : unknown(`no green thread was ready in gap ${i + 1}, so none could have run`);
  }
  return spoilt(record) ?? incomplete(record, gaps) ?? holds;
}

/** In every gap every green thread that is pending has a turn, as long as it has any to go: it waits for the first gap to have its last. */
export function everyPendingRunsInEveryGap(record: RunRecord): Finding {
  const gaps = gapsOf(record);
  const pending = instancesOf(record.program, PENDING);
  if (pending.length === 0) return unknown('no green thread was pending');
  const elsewhere = gaps[0] && ranElsewhere(record, gaps[0]);
  if (elsewhere !== undefined) return elsewhere;
  const shown = new Set<string>();
  for (const [i, gap] of gaps.entries()) {
    const ran = new Set(othersBetween(record, gap).map(({ thread }) => thread));
    const owed = pending.filter((thread) => turnsBefore(record, thread, gap) < TURNS);
    const missing = owed.filter((thread) => !ran.has(thread));
    if (missing.length > 0) return contradicted(`${missing.join(', ')} did not run in gap ${i + 1}`, ends(gap));
    for (const thread of owed) shown.add(thread);
  }
  const early = pending.find((thread) => !shown.has(thread));
  const ran = early === undefined ? undefined : contradicted(`${early} waited for no gap: it had had all its turns`);
  return spoilt(record) ?? incomplete(record, gaps) ?? ran ?? holds;
}

/** The time that a timer takes passed, as the harness saw it, before the end of a step was heard. */
function timerWasDue(record: RunRecord, end: EventParams): boolean {
  const passed = record.entries.findIndex((entry) => entry.kind === 'outlasted' && entry.whole);
  return passed >= 0 && passed < heard(record, end);
}

function turnsBefore(record: RunRecord, instance: string, { start: { n } }: Span): number {
  return spans(record, 'turn').filter(({ thread, start }) => thread === instance && start.n < n).length;
}

/** The gaps that are over. */
function gapsOf(record: RunRecord): Span[] {
  return spans(record, GAP, (name) => name === SUBJECT).filter(({ end }) => end !== undefined);
}

/** Work that raised has not all its gaps. */
function spoilt(record: RunRecord): Contradiction | undefined {
  const end = span(record, SUBJECT, IT)?.end;
  return end?.phase === 'raised' ? raised(end) : undefined;
}

function incomplete({ program }: RunRecord, gaps: readonly Span[]): Finding | undefined {
  const planned = everyStep(program).filter(({ thread, step }) => thread === SUBJECT && step.label === GAP).length;
  return planned > 0 && gaps.length === planned ? undefined : unknown(`${gaps.length} gaps of ${planned} were seen`);
}

function raised({ error, n }: EventParams): Contradiction {
  return contradicted(`the work raised ${error?.code}`, [n]);
}

function ends({ start, end }: Span): number[] {
  return end === undefined ? [start.n] : [start.n, end.n];
}
