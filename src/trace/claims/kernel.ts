import { IT, SUBJECT } from '../../program/activities';
import { contradicted, type Finding, holds, unknown } from '../finding';
import { entriesOf, events, span } from '../questions';
import type { ProcessReading, RunRecord } from '../record';

/** Of a hundred sleeps: fewer than this are next to never, and as many less than all are next to every time. */
const FEW = 10;
const SLEEPS = 100;

/** The kernel saw the OS thread asleep, or busy, while a byte for another green thread lay unread. */
export function osThread(record: RunRecord, how: 'blocked' | 'busy'): Finding {
  const sight = entriesOf(record, 'watched')[0]?.sight;
  if (sight === undefined) return unknown('the kernel was not asked');
  switch (sight.outcome) {
    case 'served':
      return contradicted(`a byte that was sent meanwhile was served, so the OS thread was not ${how}`);
    case 'over':
      return unknown('the step ended before the kernel could be asked');
    case 'blocked':
    case 'busy':
      return sight.outcome === how ? holds : contradicted(`the kernel saw the OS thread ${sight.outcome}, not ${how}`);
  }
}

/** All green threads report one and the same OS thread, and the kernel knows it as one of the process. */
export function oneOsThread(record: RunRecord): Finding {
  const ids = [...new Set(events(record).map(({ os }) => os))];
  const reading = entriesOf(record, 'kernel')[0]?.reading;
  if (ids.length > 1) {
    const against = ids.map((id) => events(record).find(({ os }) => os === id)?.n ?? 0);
    return contradicted(`${ids.length} OS threads run green threads: ${ids.slice(0, 10).join(', ')}`, against);
  }
  if (reading === undefined || reading.threads.length === 0) return unknown('the kernel was not asked');
  return reading.threads.some(({ tid }) => tid === ids[0])
    ? holds
    : contradicted(`the kernel knows no OS thread ${ids[0]} in process ${reading.pid}`);
}

/** No OS thread is there with many green threads that was not there with one. */
export function noOsThreadMore(record: RunRecord, count: number): Finding {
  const one = reading(record, 'one');
  const all = reading(record, 'all');
  if (one === undefined || all === undefined) return unknown('the kernel was not asked');
  const parked = span(record, SUBJECT, IT)?.end?.value;
  if (parked !== count) return contradicted(`${parked} green threads were parked, not ${count}`);
  const added = all.threads.filter(({ tid }) => !one.threads.some((thread) => thread.tid === tid));
  return added.length === 0
    ? holds
    : contradicted(
        `${added.length} OS threads more: ${added
          .slice(0, 5)
          .map(({ tid, name }) => `${name} ${tid}`)
          .join(', ')}`,
      );
}

/** The kernel's count of how often the OS thread gave the processor up: next to never for the one, next to every time for the other. */
export function sleepsNextToNever(record: RunRecord): Finding {
  const os = span(record, SUBJECT, IT)?.start.os;
  const counts = ['before', 'between', 'after'].map(
    (as) => reading(record, as)?.threads.find(({ tid }) => tid === os)?.voluntarySwitches,
  );
  const [before, between, after] = counts;
  if (before === undefined || between === undefined || after === undefined) return unknown('the kernel was not asked');
  if (after - between <= SLEEPS - FEW) {
    return unknown(
      `${SLEEPS} sleeps of more than 0 gave ${after - between} switches, so the count would not have told`,
    );
  }
  return between - before < FEW
    ? holds
    : contradicted(`${SLEEPS} times sleep with 0 made the OS thread sleep ${between - before} times`);
}

function reading(record: RunRecord, as: string): ProcessReading | undefined {
  return entriesOf(record, 'kernel').find((entry) => entry.as === as)?.reading;
}
