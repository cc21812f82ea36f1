import { entriesOf, events, spans } from './questions';
import type { RunRecord } from './record';

/**
 * What of the adapter's word has no effect to show for it: a numbering with holes, a wait of which no gate knows, an OS thread
 * that the kernel does not know, a log line that is not there. A record with doubts proves nothing, for or against.
 */
export function doubts(record: RunRecord): string[] {
  return [...numbering(record), ...gates(record), ...osThreads(record), ...files(record), ...queries(record)];
}

function numbering(record: RunRecord): string[] {
  const list = events(record).map(({ n }) => n);
  const hole = list.findIndex((n, i) => n !== i + 1);
  if (hole >= 0) return [`event ${hole + 1} came with the number ${list[hole]}`];
  if (record.end.kind === 'completed' && record.end.events !== list.length) {
    return [`the adapter wrote ${record.end.events} events by its own count, and ${list.length} came`];
  }
  return [];
}

/** Whoever says that it waited at a gate must have been there, after it said so. */
function gates(record: RunRecord): string[] {
  const arrived = entriesOf(record, 'arrived');
  const waits = waitLabels(record);
  return [...waits].flatMap(([label, gate]) =>
    spans(record, label)
      .filter(({ end }) => end?.phase === 'finished')
      .filter(({ thread, start }) => !arrived.some((a) => a.gate === gate && a.thread === thread && a.n >= start.n))
      .map(({ thread }) => `${thread} reported a wait at the gate ${gate}, and never came there`),
  );
}

function waitLabels(record: RunRecord): Map<string, string> {
  const labels = new Map<string, string>();
  JSON.stringify(record.program, (_, value: unknown) => {
    if (isWait(value)) labels.set(value.label, value.gate);
    return value;
  });
  return labels;
}

function isWait(value: unknown): value is { label: string; gate: string } {
  return typeof value === 'object' && value !== null && 'do' in value && value.do === 'wait';
}

function osThreads(record: RunRecord): string[] {
  const known = new Set(entriesOf(record, 'kernel').flatMap(({ reading }) => reading.threads.map(({ tid }) => tid)));
  if (known.size === 0) return [];
  // An OS thread may have begun or ended after the reading; that none of those named was there cannot be.
  const named = [...new Set(events(record).map(({ os }) => os))];
  return named.some((os) => known.has(os))
    ? []
    : [`the kernel knows none of the OS threads that events name (${named.slice(0, 5).join(', ')})`];
}

function files(record: RunRecord): string[] {
  const text = JSON.stringify(record.program);
  if (!text.includes('"what":"log"') || record.end.kind !== 'completed') return [];
  return record.challenges.log?.some((line) => line.includes(record.nonce)) === true
    ? []
    : ['the adapter reported a log line, and the log holds none of this run'];
}

/** A query of which the server showed nothing, though it was asked while the query is said to have waited, was never sent. */
function queries(record: RunRecord): string[] {
  const sight = entriesOf(record, 'server')[0]?.sight;
  const value = record.challenges.row?.value;
  if (sight?.outcome !== 'over' || value === undefined) return [];
  const given = events(record).some(
    (event) => event.phase !== 'started' && JSON.stringify(event.value ?? null).includes(value),
  );
  const raised = events(record).some((event) => event.phase === 'raised');
  return given || raised ? [] : ['the adapter reported a query, and the server saw none'];
}
