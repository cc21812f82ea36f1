import { PENDING, READY } from '../../program/compose';
import { TURN } from '../../program/crowds';
import { type Contradiction, contradicted } from '../finding';
import { type Span, spans } from '../questions';
import type { RunRecord } from '../record';

/** A switch is made on one OS thread: who runs on another did not wait for it, and whether it ran meanwhile is chance. */
export function ranElsewhere(record: RunRecord, { start: { os } }: Span): Contradiction | undefined {
  const others = [...spans(record, TURN, (name) => name === PENDING), ...spans(record, READY)];
  const other = others.find(({ start }) => start.os !== os);
  return other && contradicted(`${other.thread} runs on another OS thread: it waits for no switch`, [other.start.n]);
}
