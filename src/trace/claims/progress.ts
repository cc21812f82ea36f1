import { IT, SUBJECT } from '../../program/activities';
import { PENDING, READY } from '../../program/compose';
import { MESSENGER } from '../../program/plan';
import { everyStep, instancesOf } from '../../program/walk';
import type { EventParams } from '../../protocol/messages';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { brokenPromises, neverRan } from '../promises';
import {
  calledOffBefore,
  entriesOf,
  events,
  heard,
  nameOf,
  othersBetween,
  type Span,
  span,
  spans,
  valueGiven,
} from '../questions';
import type { RunRecord } from '../record';
import { raised } from './raised';
import { ranElsewhere } from './switching';

/**
 * No other green thread runs while the subject is at its step: none reports anything (the messenger would, of a byte that it
 * got), and the ready ones' counter stands still. It rests on a control: the counter is shown to move before and after.
 */
export function nobodyRuns(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it === undefined) return unknown('the step never began');
  const others = othersBetween(record, it);
  if (others.length > 0)
    return contradicted(
      `${names(others)} ran meanwhile`,
      others.map(({ n }) => n),
    );
  if (it.end === undefined) return unknown('the step never ended');
  const elsewhere = yields(record) ? ranElsewhere(record, it) : undefined;
  if (elsewhere !== undefined) return elsewhere;
  const { before, after, later } = progress(record);
  if (before === undefined || after === undefined) return unknown('the counter of turns was not read before and after');
  if (before !== after) return contradicted(`ready green threads had ${after - before} turns meanwhile`, ends(it));
  if (spans(record, READY).length === 0) return unknown('no green thread was ready, so none could have been seen');
  if (!(before > 0 && later !== undefined && later > after)) {
    return unknown(
      `the counter of turns did not move before and after (${before}, ${after}, ${later}), so it could not have told`,
    );
  }
  return holds;
}

const CALLED_OFF = 'those who were ready let nobody else run, and had to be called off';

/** At least one other green thread runs while the subject is at its step. */
export function somebodyRuns(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the step never ended');
  if (it.end.phase === 'raised') return raised(it.end);
  const elsewhere = yields(record) ? ranElsewhere(record, it) : undefined;
  if (elsewhere !== undefined) return elsewhere;
  if (othersBetween(record, it).length > 0) return holds;
  const { before, after } = progress(record);
  if (before !== undefined && after !== undefined && after !== before) return holds;
  // Those who are pending were started just before the step, and nobody called them off.
  if (instancesOf(record.program, PENDING).length > 0)
    return contradicted('no other green thread ran meanwhile', ends(it));
  if (spans(record, READY).length === 0) return unknown('no other green thread could have run');
  if (calledOffBefore(record, it.end)) return unknown(CALLED_OFF);
  return contradicted('no other green thread ran meanwhile', ends(it));
}

/** Whether the subject's step is a sleep of 0, which switches or does nothing. */
function yields({ program }: RunRecord): boolean {
  return everyStep(program).some(
    ({ thread, step }) => thread === SUBJECT && step.label === IT && step.do === 'sleep' && (step.seconds ?? 0) === 0,
  );
}

/** Every green thread that is pending runs while the subject is at its step: also one that never runs at all is missed. */
export function everyPendingRuns(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the step never ended');
  if (it.end.phase === 'raised') return raised(it.end);
  const elsewhere = ranElsewhere(record, it);
  if (elsewhere !== undefined) return elsewhere;
  const pending = instancesOf(record.program, PENDING);
  if (pending.length === 0) return unknown('no green thread was pending');
  const ran = new Set(othersBetween(record, it).map(({ thread }) => thread));
  const missing = pending.filter((thread) => !ran.has(thread));
  return missing.length === 0 ? holds : contradicted(`${missing.join(', ')} did not run meanwhile`, ends(it));
}

/** After the subject's step everybody goes on: the byte is served, the ready ones turn again, and the program ends. */
export function everybodyGoesOn(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) {
    // In a run that was cut it might have ended yet; of one that is stuck the verdict is sure all the same.
    return record.end.kind === 'completed'
      ? contradicted('the program ended, and the step never did', it === undefined ? [] : [it.start.n])
      : unknown('the step never ended');
  }
  const { after, later } = progress(record);
  if (spans(record, READY).length > 0 && after !== undefined && later !== undefined && later === after)
    return calledOffBefore(record, laterRead(record))
      ? unknown(CALLED_OFF)
      : contradicted('the ready green threads had no turn any more', ends(it));
  const ending = everyoneEnds(record);
  if (ending.kind !== 'holds') return ending;
  return span(record, MESSENGER.thread, MESSENGER.label)?.end?.phase === 'finished'
    ? holds
    : contradicted('the byte that was sent was never served', ends(it));
}

/**
 * Every green thread runs and comes to its end, and none raises anything that reaches the one who waits for it. What it waited for
 * on the way was what it got: a join came back after the end, and a wait with what was sent to it.
 */
export function everyoneEnds(record: RunRecord): Finding {
  const [broken] = brokenPromises(record);
  if (broken !== undefined) return broken;
  if (record.end.kind !== 'completed') return unknown('the program did not end');
  const joins = events(record).filter(({ label, phase }) => label.startsWith('end-of-') && phase !== 'started');
  const raised = joins.filter(({ phase }) => phase === 'raised');
  if (raised.length > 0) {
    const errors = raised.map(({ label, error }) => `${joinedAt(label)} raised ${error?.code}: ${error?.message}`);
    return contradicted(
      errors.join('; '),
      raised.map(({ n }) => n),
    );
  }
  if (record.end.unfinished > 0) return contradicted(`${record.end.unfinished} green threads never ended`);
  const [missing] = neverRan(record);
  if (missing !== undefined) return contradicted(`${missing} never ran`);
  const awaited = everyStep(record.program).flatMap(({ thread, step }) =>
    thread === 'main' && step.do === 'join' && step.label !== undefined ? [step.label] : [],
  );
  const left = awaited.find((label) => span(record, 'main', label)?.end === undefined);
  return left === undefined ? holds : contradicted(`main ended before ${left}`);
}

/** The step lasts at least as long as was asked: by the adapter's own clock, and by the harness's around it. */
export function lastsAtLeast(record: RunRecord, seconds: number): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the step never ended');
  if (it.end.phase === 'raised') return raised(it.end);
  const asked = seconds * 1000;
  const own = it.start.at === undefined || it.end.at === undefined ? undefined : it.end.at - it.start.at;
  if (own !== undefined && own < asked)
    return contradicted(`it lasted ${own.toFixed(3)} ms of the ${asked} ms asked`, ends(it));
  const released = entriesOf(record, 'opened').find(({ gate }) => gate === 'start')?.at;
  const came = record.entries[heard(record, it.end)]?.at;
  if (released === undefined || came === undefined) return unknown('the step was not seen from outside');
  // From before it began until after it ended: less than was asked can only mean that it was too short.
  if (came - released < asked)
    return contradicted(`seen from outside it lasted less than ${(came - released).toFixed(3)} ms`, ends(it));
  // More than was asked means nothing: the way there and back is in it.
  return own === undefined ? unknown('the adapter tells no time, and from outside it cannot be told') : holds;
}

/** A wait for I/O ends because the bytes came: not before they were sent, and with just these. */
export function endsWithBytes(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the wait never ended');
  const opened = record.entries.findIndex((entry) => entry.kind === 'opened' && entry.gate === 'bytes');
  if (opened < 0 || heard(record, it.end) < opened)
    return contradicted('the wait ended before any byte was sent', ends(it));
  if (it.end.phase === 'raised') return contradicted(`the wait raised ${it.end.error?.code}`, ends(it));
  const token = entriesOf(record, 'opened').find(({ gate }) => gate === 'bytes')?.token;
  if (it.end.value !== token)
    return contradicted(`the wait gave ${JSON.stringify(it.end.value ?? null)}, and ${token} was sent`, ends(it));
  if (!record.entries.slice(0, opened).some(({ kind }) => kind === 'quiescent')) {
    return unknown('it was not seen that the process rested before the bytes were sent');
  }
  return holds;
}

/** The counter of turns before the step, after it, and after a wait; undefined where it was not read, or gave no number. */
function progress(record: RunRecord): { before?: number; after?: number; later?: number } {
  const read = (label: string): object => {
    const value = valueGiven(record, SUBJECT, label);
    return typeof value === 'number' ? { [label]: value } : {};
  };
  return { ...read('before'), ...read('after'), ...read('later') };
}

function laterRead(record: RunRecord): EventParams | undefined {
  return span(record, SUBJECT, 'later')?.end;
}

function joinedAt(label: string): string {
  return label.slice('end-of-'.length);
}

function ends({ start, end }: Span): number[] {
  return end === undefined ? [start.n] : [start.n, end.n];
}

function names(list: readonly { thread: string }[]): string {
  const distinct = [...new Set(list.map(({ thread }) => thread))];
  return distinct.length <= 3
    ? distinct.join(', ')
    : `${distinct.length} green threads (${nameOf(distinct[0] ?? '')} …)`;
}
