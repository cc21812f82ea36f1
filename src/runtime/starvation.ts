import { READY, TIMER } from '../program/compose';
import type { Program } from '../program/program';
import { everyStep } from '../program/walk';
import type { OpenStep } from '../trace/record';
import { instanceOf } from './open-steps';

/** What of a program does nothing but wait or yield; steps by `stepKey`. */
export interface Waits {
  /** The gates that are waited at on green I/O. */
  readonly gates: ReadonlyMap<string, string>;
  readonly joins: ReadonlySet<string>;
  /** The names of the green threads that yield over and over. */
  readonly yielding: readonly string[];
}

export function waitsOf(program: Program): Waits {
  const gates = new Map<string, string>();
  const joins = new Set<string>();
  for (const { thread, step } of everyStep(program)) {
    if (step.label === undefined) continue;
    const key = stepKey({ thread, label: step.label });
    if (step.do === 'wait' && step.through === 'green') gates.set(key, step.gate);
    if (step.do === 'join') joins.add(key);
  }
  return { gates, joins, yielding: [READY, TIMER] };
}

/**
 * One that is on its way to a gate, or was let through and does not go on, and to whom the harness owes nothing. Undefined where another
 * may keep it from that by what it does: only those who wait are told from those who yield.
 *
 * @param atGate whether a green thread waits at a gate that is closed to it
 */
export function starvedOf(
  open: readonly OpenStep[],
  { gates, joins, yielding }: Waits,
  atGate: (gate: string, thread: string) => boolean,
): OpenStep | undefined {
  const others = open.filter(({ thread }) => !yielding.some((name) => instanceOf(thread, name)));
  if (others.some((step) => !gates.has(stepKey(step)) && !joins.has(stepKey(step)))) return undefined;
  return others.find((step) => {
    const gate = gates.get(stepKey(step));
    return gate !== undefined && !atGate(gate, step.thread);
  });
}

/** A step of a green thread's, or of any instance of it: no two of a program's are the same. */
function stepKey({ thread, label }: OpenStep): string {
  return `${thread.split('#')[0]} ${label}`;
}
