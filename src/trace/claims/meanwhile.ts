import { IT, SUBJECT } from '../../program/activities';
import { PENDING, TIMER, TURNS } from '../../program/compose';
import { GAP } from '../../program/long-work';
import { MESSENGER } from '../../program/plan';
import { instancesOf } from '../../program/walk';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { entriesOf, events, nameOf, othersBetween, type Span, span, spans } from '../questions';
import type { RunRecord } from '../record';

/** A timer that fell due while the step went on fires only after it: time enough for it is shown to have passed. */
export function timerFiresAfterwards(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the step never ended');
  const { start, end } = it;
  const fired = spans(record, TIMER, (name) => name === TIMER).flatMap((timer) => timer.end ?? []);
  const early = fired.find(({ n }) => n > start.n && n < end.n);
  if (early !== undefined) return contradicted('the timer fired meanwhile', [start.n, early.n, end.n]);
  if (!entriesOf(record, 'outlasted').some(({ whole }) => whole))
    return unknown('the step ended before the timer was due');
  if (fired.some(({ n }) => n > end.n)) return holds;
  return record.end.kind === 'completed'
    ? contradicted('the timer never fired', [end.n])
    : unknown('the timer had not fired yet');
}

/** A timer that was due, and a byte that was sent, while the work went on, are served before it ends. */
export function servedBeforeTheEnd(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the work never ended');
  if (!entriesOf(record, 'outlasted').some(({ whole }) => whole))
    return unknown('the work ended before the timer was due');
  const { start, end } = it;
  const during = events(record).filter(({ phase, n }) => phase === 'finished' && n > start.n && n < end.n);
  const timer = during.some(({ thread, label }) => nameOf(thread) === TIMER && label === TIMER);
  const byte = during.some(({ thread, label }) => nameOf(thread) === MESSENGER.thread && label === MESSENGER.label);
  if (timer && byte) return holds;
  const late = [...(timer ? [] : ['the timer']), ...(byte ? [] : ['the byte'])];
  return contradicted(`${late.join(' and ')} had to wait until the work had ended`, [start.n, end.n]);
}

/** In every gap of the work somebody else has a turn. */
export function somebodyRunsInEveryGap(record: RunRecord): Finding {
  const gaps = gapsOf(record);
  if (gaps.length === 0) return unknown('there was no gap');
  const counts = (label: string): unknown[] =>
    spans(record, label, (name) => name === SUBJECT).map(({ end }) => end?.value);
  const [before, after] = [counts('gap-before'), counts('gap-after')];
  const still = gaps.findIndex(
    (gap, i) => Number(after[i]) === Number(before[i]) && othersBetween(record, gap).length === 0,
  );
  return still < 0 ? holds : contradicted(`nobody ran in gap ${still + 1}`, ends(gaps[still]));
}

/** In every gap every green thread that is pending has a turn, as long as it has any to go. */
export function everyPendingRunsInEveryGap(record: RunRecord): Finding {
  const gaps = gapsOf(record).slice(0, TURNS);
  const pending = instancesOf(record.program, PENDING);
  if (gaps.length === 0 || pending.length === 0) return unknown('there was no gap, or nobody pending');
  for (const [i, gap] of gaps.entries()) {
    const ran = new Set(othersBetween(record, gap).map(({ thread }) => thread));
    const missing = pending.filter((thread) => !ran.has(thread));
    if (missing.length > 0) return contradicted(`${missing.join(', ')} did not run in gap ${i + 1}`, ends(gap));
  }
  return holds;
}

function gapsOf(record: RunRecord): Span[] {
  return spans(record, GAP, (name) => name === SUBJECT).filter(({ end }) => end !== undefined);
}

function ends(gap: Span | undefined): number[] {
  return gap === undefined ? [] : [gap.start.n, gap.end?.n ?? gap.start.n];
}
