import { IT, MANY_SLEEPS, PARKED, SUBJECT } from '../../program/activities';
import { TURN } from '../../program/crowds';
import { MESSENGER } from '../../program/plan';
import { everyStep, instancesOf } from '../../program/walk';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { entriesOf, events, othersBetween, span, spans } from '../questions';
import type { ProcessReading, RunRecord, Sight } from '../record';
import { raised } from './raised';

/** Of many sleeps fewer than this are next to never, and as many less than all are next to every time. */
const FEW = 10;

/** The kernel saw the OS thread asleep, or busy, while a byte for another green thread lay unread. */
export function osThread(record: RunRecord, how: 'blocked' | 'busy'): Finding {
  const sight = entriesOf(record, 'watched')[0]?.sight;
  if (sight === undefined) return unknown('the kernel was not asked');
  switch (sight.outcome) {
    case 'served':
      return servedMeanwhile(record, how);
    case 'over':
      return unknown('the step ended before the kernel could be asked');
    case 'blocked':
    case 'busy':
      return held(record, sight, how);
  }
}

/** That the byte was served is heard with what came along with it: the events' numbers tell whether the step was over by then. */
function servedMeanwhile(record: RunRecord, how: string): Finding {
  const it = span(record, SUBJECT, IT);
  const others = it === undefined ? [] : othersBetween(record, it);
  const served = others.find(({ label, phase }) => label === MESSENGER.label && phase === 'finished');
  return served === undefined
    ? unknown('the byte was served when the step had ended, before the kernel could be asked')
    : contradicted(`a byte that was sent meanwhile was served, so the OS thread was not ${how}`, [served.n]);
}

function held(record: RunRecord, sight: Extract<Sight, { reading: ProcessReading }>, how: string): Finding {
  const os = span(record, SUBJECT, IT)?.start.os;
  if (!sight.reading.threads.some(({ tid }) => tid === os))
    return unknown(`the kernel knows no OS thread ${os} in process ${sight.reading.pid}`);
  return sight.outcome === how ? holds : contradicted(`the kernel saw the OS thread ${sight.outcome}, not ${how}`);
}

/** All green threads report one and the same OS thread, and the kernel knows it as one of the process. */
export function oneOsThread(record: RunRecord): Finding {
  const ids = [...new Set(events(record).map(({ os }) => os))];
  const reading = entriesOf(record, 'kernel').find(({ reading: { threads } }) => threads.length > 0)?.reading;
  if (ids.length > 1) {
    const against = ids.map((id) => events(record).find(({ os }) => os === id)?.n ?? 0);
    return contradicted(`${ids.length} OS threads run green threads: ${ids.slice(0, 10).join(', ')}`, against);
  }
  if (reading === undefined) return unknown('the kernel was not asked');
  const missing = membersAtGate(record).find((member) => !spans(record, TURN).some(({ thread }) => thread === member));
  if (missing !== undefined) return unknown(`${missing} never reported where it runs`);
  return reading.threads.some(({ tid }) => tid === ids[0])
    ? holds
    : contradicted(`the kernel knows no OS thread ${ids[0]} in process ${reading.pid}`);
}

function membersAtGate({ program }: RunRecord): string[] {
  const names = everyStep(program).flatMap(({ thread, step }) => (step.label === TURN ? [thread] : []));
  return [...new Set(names)].flatMap((name) => instancesOf(program, name));
}

/** No OS thread is there with many green threads that was not there with one. */
export function noOsThreadMore(record: RunRecord, count: number): Finding {
  const one = reading(record, 'one');
  const all = reading(record, 'all');
  if (one === undefined || all === undefined) return unknown('the kernel was not asked');
  const it = span(record, SUBJECT, IT);
  if (it?.end === undefined) return unknown('the count never ended');
  const { n } = it.end;
  const parked = spans(record, PARKED).filter(({ end }) => end !== undefined && end.n < n).length;
  if (parked !== count) return contradicted(`${parked} green threads were parked, not ${count}`, [n]);
  const added = all.threads.filter(({ tid }) => !one.threads.some((thread) => thread.tid === tid));
  const some = added.slice(0, 5).map(({ tid, name }) => `${name} ${tid}`);
  if (added.length > 0)
    return contradicted(`${added.length} OS thread${added.length === 1 ? '' : 's'} more: ${some.join(', ')}`);
  // Then they were no longer there to be counted.
  return record.entries.some(({ kind }) => kind === 'called-off')
    ? unknown('those who were parked had to be called off')
    : holds;
}

/**
 * The kernel's count of how often the OS thread gave the processor up: next to never for the one, next to every time for the other. Where green
 * threads go from one OS thread to another, it is that of all on which any of them was heard of.
 */
export function sleepsNextToNever(record: RunRecord): Finding {
  const it = span(record, SUBJECT, IT);
  if (it?.end?.phase === 'raised') return raised(it.end);
  const own = new Set(events(record).map(({ os }) => os));
  const counts = ['before', 'between', 'after'].map((as) => switchesOf(own, reading(record, as)));
  const [before, between, after] = counts;
  if (before === undefined || between === undefined || after === undefined) return unknown('the kernel was not asked');
  if (after - between <= MANY_SLEEPS - FEW) {
    return unknown(
      `${MANY_SLEEPS} sleeps of more than 0 gave ${after - between} switches, so the count would not have told`,
    );
  }
  return between - before < FEW
    ? holds
    : contradicted(`${MANY_SLEEPS} times sleep with 0 made the OS thread sleep ${between - before} times`);
}

/** How often these OS threads had given the processor up; undefined where none of them was seen. */
function switchesOf(own: ReadonlySet<number>, seen: ProcessReading | undefined): number | undefined {
  const counts = (seen?.threads ?? [])
    .filter(({ tid }) => own.has(tid))
    .map(({ voluntarySwitches }) => voluntarySwitches);
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

/** A reading by its name; one without OS threads is of a process that could not be looked at, and says nothing. */
function reading(record: RunRecord, as: string): ProcessReading | undefined {
  const found = entriesOf(record, 'kernel').find((entry) => entry.as === as)?.reading;
  return found === undefined || found.threads.length === 0 ? undefined : found;
}
