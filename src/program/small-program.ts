import { Fault } from '../fault/fault';
import type { Value } from './names';
import type { GreenThread, Program } from './program';
import type { Step } from './step';

/** A letter for each green thread, so that a schedule can be read out and typed. */
export const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The most green threads that a schedule can tell apart. */
const MOST_THREADS = LETTERS.length;

export function letterOf(thread: number): string {
  return LETTERS[thread] ?? '?';
}

/** A green thread of a small program: one instance. */
export interface SmallThread {
  readonly name: string;
  readonly steps: readonly Step[];
}

/**
 * A program whose every order can be tried: green threads that start together, do nothing but what can be watched (shared variables, locks,
 * waiting for each other) and switch at calls that the explorer can hold them at.
 */
export interface SmallProgram {
  readonly threads: readonly SmallThread[];
  readonly variables: Readonly<Record<string, Value>>;
  /** The shared variables, locks and ends that turns can have in common, each with a bit of its own. */
  readonly things: ReadonlyMap<string, number>;
}

/** A set of things is the bits of one number. */
const MOST_THINGS = 31;

/** Of a thing, with the kind before it; each round has one of its own, whose name is longer. */
const LONGEST_NAME = 40;

/** @throws Fault of the user, where its orders cannot be explored */
export function smallProgram(
  threads: Readonly<Record<string, GreenThread>>,
  variables: Readonly<Record<string, Value>>,
): SmallProgram {
  const instances = Object.entries(threads).flatMap(([name, { steps, count = 1 }]) =>
    Array.from({ length: Math.min(count, MOST_THREADS + 1) }, (_, i) => ({ name: `${name}#${i + 1}`, steps })),
  );
  if (instances.length === 0 || instances.length > MOST_THREADS)
    throw notExplorable(`it has ${instances.length} green threads`, `from 1 to ${MOST_THREADS}`);
  for (const { steps } of instances) check(steps, threads);
  const things = collectThings(instances);
  const used = Object.entries(variables).filter(([name]) => things.has(variableThing(name)));
  return { threads: instances, variables: Object.fromEntries(used), things };
}

/** The shared variables, locks and ends that green threads have in common, each with a bit of its own. */
export function collectThings(threads: readonly SmallThread[]): ReadonlyMap<string, number> {
  const names = [...new Set(threads.flatMap(({ steps }) => named(steps)))];
  if (names.length > MOST_THINGS)
    throw notExplorable(`it shares ${names.length} variables, locks and ends`, `at most ${MOST_THINGS}`);
  const long = names.find((name) => name.length > LONGEST_NAME);
  if (long !== undefined) throw notExplorable(`it shares a ${long}`, 'shorter names');
  return new Map(names.map((name, i) => [name, 2 ** i]));
}

/**
 * Of a whole program: `main` starts the green threads, and after that does nothing but wait for them and read what they left.
 *
 * @throws Fault of the user, where its orders cannot be explored
 */
export function smallProgramOf({ threads, variables = {} }: Program): SmallProgram {
  const { main, ...others } = threads;
  const steps = main?.steps ?? [];
  const counts = new Map<string, number>();
  const first = steps.findIndex(({ do: what }) => what !== 'spawn');
  for (const step of steps.slice(0, first < 0 ? steps.length : first))
    if (step.do === 'spawn')
      counts.set(step.thread, (counts.get(step.thread) ?? 0) + (step.count ?? others[step.thread]?.count ?? 1));
  if (steps.some((step) => step.do === 'spawn' && step.through === 'pool'))
    throw notExplorable('main starts them in a pool', 'green threads that are all there from the beginning');
  const odd = first < 0 ? undefined : steps.slice(first).find((step) => !isEpilogue(step));
  if (odd !== undefined)
    throw notExplorable(`main does a ${odd.do}`, 'a main that spawns, and after that only joins and reads');
  const started = [...counts].map(([name, count]) => [name, { steps: others[name]?.steps ?? [], count }] as const);
  return smallProgram(Object.fromEntries(started), variables);
}

function isEpilogue(step: Step): boolean {
  return step.do === 'join' || step.do === 'get' || (step.do === 'attempt' && step.steps.every(isEpilogue));
}

export function variableThing(name: string): string {
  return `variable ${name}`;
}

export function lockThing(name: string): string {
  return `lock ${name}`;
}

export function endThing(thread: string): string {
  return `end ${thread}`;
}

/** The instance that a join waits for: of several it would be a list, which says nothing of who was waited for. */
export function joined(thread: string): string {
  return `${thread}#1`;
}

function named(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => [...own(step), ...('steps' in step ? named(step.steps) : [])]);
}

function own(step: Step): string[] {
  switch (step.do) {
    case 'get':
    case 'set':
    case 'until':
      return [variableThing(step.variable)];
    case 'synchronized':
      return [lockThing(step.name)];
    case 'join':
      return [endThing(joined(step.thread))];
    default:
      return [];
  }
}

function check(steps: readonly Step[], threads: Readonly<Record<string, GreenThread>>): void {
  for (const step of steps) {
    const reason = reasonAgainst(step, threads);
    if (reason !== null) throw notExplorable(reason, EXPLORABLE);
    if ('steps' in step) check(step.steps, threads);
  }
}

const EXPLORABLE =
  "steps that read and write shared variables, hold locks, wait at gates or for each other's ends, or sleep by the library";

function reasonAgainst(step: Step, threads: Readonly<Record<string, GreenThread>>): string | null {
  switch (step.do) {
    case 'get':
    case 'set':
    case 'when':
    case 'synchronized':
    case 'attempt':
    case 'raise':
    case 'return':
    case 'repeat':
      return null;
    case 'call':
      return step.via === undefined ? null : 'it is called back by a library';
    case 'until':
      if (step.unless !== undefined) return 'it has a loop that a flag of the suite ends';
      return step.steps.some(switches) ? null : 'it has a loop that lets nobody else run';
    case 'join':
      return reasonAgainstJoin(step.thread, threads[step.thread]);
    case 'sleep':
      return step.through === 'library' ? null : 'it sleeps by the standard library';
    case 'wait':
      return step.through === 'green' ? null : 'it reads from a pipe that nothing has patched';
    case 'spawn':
    case 'compute':
    case 'touch':
    case 'connect':
    case 'query':
    case 'close':
    case 'kill':
    case 'timeout':
    case 'hold':
      return `it has the step ${step.do}`;
  }
}

function reasonAgainstJoin(thread: string, { steps, count = 1 }: GreenThread = { steps: [] }): string | null {
  if (count !== 1) return `it waits for several of ${thread}`;
  // What a join raises comes in the midst of another's turn, and goes on from there.
  return steps.some(raises) ? `it waits for ${thread}, which may raise` : null;
}

function raises(step: Step): boolean {
  return step.do === 'raise' || ('steps' in step && step.steps.some(raises));
}

/** Whether a step always comes to a place where the explorer can hold its green thread. */
function switches(step: Step): boolean {
  switch (step.do) {
    case 'sleep':
    case 'wait':
    case 'join':
    case 'synchronized':
      return true;
    case 'call':
    case 'attempt':
    case 'repeat':
      return step.steps.some(switches);
    default:
      return false;
  }
}

function notExplorable(came: string, expected: string): Fault {
  return new Fault({ party: 'user', what: 'the orders of this program cannot be explored', expected, came });
}
