import type { EventParams } from './messages';

const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,39}$/;
const PHASES: ReadonlySet<unknown> = new Set<EventParams['phase']>(['started', 'entered', 'finished', 'raised']);
const THREAD_LIMIT = 60;

/**
 * The event that a message is where that can be seen at a glance, as of nearly all: one whose value is plain, and that says nothing beyond. Undefined
 * for all else, which the schema judges: it takes ten times as long, and a program may report thousands.
 */
export function plainEvent(message: object): EventParams | undefined {
  const { jsonrpc, params } = message as { jsonrpc?: unknown; params?: unknown };
  if (jsonrpc !== '2.0' || typeof params !== 'object' || params === null || Array.isArray(params)) return undefined;
  const { run, n, thread, os, at, label, phase, value, ...more } = params as Record<string, unknown>;
  for (const _ in more) return undefined;
  const fits =
    isName(run) &&
    isCount(n) &&
    n >= 1 &&
    typeof thread === 'string' &&
    thread.length <= THREAD_LIMIT &&
    isCount(os) &&
    (at === undefined || Number.isFinite(at)) &&
    isName(label) &&
    PHASES.has(phase) &&
    isPlain(value);
  return fits ? (params as EventParams) : undefined;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isPlain(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    Number.isFinite(value)
  );
}
