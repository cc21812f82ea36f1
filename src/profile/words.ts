import { type Act, MESSENGER, type Plan } from '../program/plan';
import type { GreenThread, Program } from '../program/program';
import type { Step } from '../program/step';
import { entriesOf, type Span, span, spans } from '../trace/questions';
import type { RunRecord, ServerSight, Sight } from '../trace/record';

/** A plain step that shows in the record and switches to nobody. */
export function mark(label: string): Step {
  return { do: 'set', label, variable: 'scratch', value: 1 };
}

export function gate(name: string): Step & { do: 'wait' } {
  return { do: 'wait', label: name, gate: name, through: 'green' };
}

/** Lets others run, by the runtime's own sleep. */
export function yields(label?: string): Step {
  return { do: 'sleep', through: 'library', seconds: 0, ...(label === undefined ? {} : { label }) };
}

/** Starts each of these, and waits for their ends; what one of them raises keeps main from nothing. */
export function startAndJoin(...threads: readonly string[]): Step[] {
  return [...threads.map((thread): Step => ({ do: 'spawn', label: `spawn-${thread}`, thread })), ...joins(...threads)];
}

export function joins(...threads: readonly string[]): Step[] {
  return threads.map((thread) => ({
    do: 'attempt',
    steps: [{ do: 'join', label: `end-of-${thread}`, thread }],
  }));
}

/**
 * Main, and one whom it does not wait for and who waits for bytes all the while. Where a program may get stuck, this is what it takes to
 * show it: a hub that waits for no bytes may sleep by a call of which the kernel does not tell how long it is to last.
 */
export function withBystander(...threads: readonly string[]): Program['threads'] {
  return {
    main: { steps: [{ do: 'spawn', thread: 'bystander' }, ...startAndJoin(...threads)] },
    bystander: { steps: [gate('aside')] },
  };
}

/** Waits for the byte whose fate `watch` tells. */
export const messenger: GreenThread = { steps: [gate(MESSENGER.gate)] };

/** A plan whose main starts the other green threads in this order, and joins them. */
export function planOf(
  threads: Program['threads'],
  acts: readonly Act[] = [],
  more: Partial<Pick<Plan, 'hold' | 'declaredWait'>> & { variables?: Program['variables'] } = {},
): Plan {
  const { variables, ...plan } = more;
  const main: GreenThread = threads.main ?? { steps: startAndJoin(...Object.keys(threads)) };
  return {
    program: { threads: { ...threads, main }, variables: { scratch: 0, ...variables } },
    acts,
    declaredWait: 0,
    ...plan,
  };
}

export function opens(name: string): Act {
  return { act: 'open', gate: name };
}

export function gathers(name: string, count = 1): Act {
  return { act: 'gather', gate: name, count };
}

export function awaits(label: string, phase: 'started' | 'finished' = 'started', count = 1): Act {
  return { act: 'await', step: { label }, phase, count };
}

/** The one time that any green thread went through a step. */
export function once(record: RunRecord, label: string): Span | undefined {
  return spans(record, label)[0];
}

export function stuckAt(record: RunRecord, label: string): boolean {
  return record.end.kind === 'stuck' && record.end.at.some((step) => step.label === label);
}

/** Whether green threads told of more than one OS thread: then their order is the operating system's, and another time another. */
export function onSeveralOsThreads(record: RunRecord): boolean {
  return new Set(entriesOf(record, 'event').map(({ event }) => event.os)).size > 1;
}

/** What became of the byte that was sent to the messenger. */
export function sightOf(record: RunRecord): Sight | undefined {
  return entriesOf(record, 'watched')[0]?.sight;
}

/** What the server showed. */
export function serverSightOf(record: RunRecord): ServerSight | undefined {
  return entriesOf(record, 'server')[0]?.sight;
}

/** The code of the error that a step raised; undefined where it raised none. */
export function codeRaised(record: RunRecord, thread: string, label: string): string | undefined {
  return span(record, thread, label)?.end?.error?.code;
}
