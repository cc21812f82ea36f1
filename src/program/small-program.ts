import { Fault } from '../fault/fault';
import type { Value } from './names';
import type { GreenThread, Program } from './program';
import { reasonAgainstConnections, reasonAgainstQuery, reasonAgainstRows } from './small-queries';
import type { Driver, Step } from './step';

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
  /** Rows at a MySQL server with their first values, of which each order has its own. */
  readonly rows: Readonly<Record<string, string>>;
  /** What variables and rows have to hold at the end of every order, where anything is said of it. */
  readonly wanted: Readonly<Record<string, Value>>;
  /** The shared variables, locks and ends that turns can have in common, each with a bit of its own. */
  readonly things: ReadonlyMap<string, number>;
}

/** A set of things is the bits of one number. */
const MOST_THINGS = 31;

/** Of a thing, with the kind before it; each round has one of its own, whose name is longer. */
const LONGEST_NAME = 40;

/** What a small program has besides its green threads and its variables. */
export interface Beside {
  readonly rows?: SmallProgram['rows'] | undefined;
  readonly wanted?: SmallProgram['wanted'] | undefined;
}

/** @throws Fault of the user, where its orders cannot be explored */
export function smallProgram(
  threads: Readonly<Record<string, GreenThread>>,
  variables: Readonly<Record<string, Value>>,
  { rows = {}, wanted = {} }: Beside = {},
): SmallProgram {
  const instances = Object.entries(threads).flatMap(([name, { steps, count = 1 }]) =>
    Array.from({ length: Math.min(count, MOST_THREADS + 1) }, (_, i) => ({ name: `${name}#${i + 1}`, steps })),
  );
  if (instances.length === 0 || instances.length > MOST_THREADS)
    throw notExplorable(`it has ${instances.length} green threads`, `from 1 to ${MOST_THREADS}`);
  for (const { steps } of instances) check(steps, { threads, rows });
  for (const reason of [reasonAgainstRows(rows), ...instances.map(({ steps }) => reasonAgainstConnections(steps))])
    if (reason !== null) throw notExplorable(reason, EXPLORABLE);
  const things = collectThings(instances);
  const used = Object.entries(variables).filter(([name]) => things.has(variableThing(name)));
  const strange = Object.keys(wanted).find((name) => !(name in rows) && !used.some(([own]) => own === name));
  if (strange !== undefined)
    throw notExplorable(`it says what ${strange} has to hold at the end`, 'a row, or a variable that it uses');
  return { threads: instances, variables: Object.fromEntries(used), rows, wanted, things };
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
export function smallProgramOf({ threads, variables = {} }: Program, beside: Beside = {}): SmallProgram {
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
  return smallProgram(Object.fromEntries(started), variables, beside);
}

function isEpilogue(step: Step): boolean {
  return step.do === 'join' || step.do === 'get' || (step.do === 'attempt' && step.steps.every(isEpilogue));
}

export function variableThing(name: string): string {
  return `variable ${name}`;
}

/** All that is at the server: what a query finds there hangs on every other. */
export const SERVER = 'server';

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
    case 'query':
      return [SERVER];
    default:
      return [];
  }
}

/** What a step may refer to. */
interface Around {
  readonly threads: Readonly<Record<string, GreenThread>>;
  readonly rows: SmallProgram['rows'];
}

function check(steps: readonly Step[], around: Around): void {
  for (const step of steps) {
    const reason = reasonAgainst(step, around);
    if (reason !== null) throw notExplorable(reason, EXPLORABLE);
    if ('steps' in step) check(step.steps, around);
  }
}

const EXPLORABLE =
  "steps that read and write shared variables, hold locks, wait at gates or for each other's ends, sleep by the library, or query for rows of the program through a driver that does not block";

function reasonAgainst(step: Step, { threads, rows }: Around): string | null {
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
    case 'connect':
      return reasonAgainstDriver(step.driver);
    case 'query':
      return reasonAgainstQuery(step.sql, rows);
    case 'close':
      return null;
    case 'spawn':
    case 'yield':
    case 'compute':
    case 'touch':
    case 'kill':
    case 'timeout':
    case 'hold':
      return `it has the step ${step.do}`;
  }
}

function reasonAgainstDriver(driver: Driver): string | null {
  switch (driver) {
    case 'native':
    case 'thread-pool':
      return null;
    case 'c-library':
      return 'it queries through the C library, which blocks the whole process: while one query waits for a row, nobody is left who could be let go';
    case 'connection-pool':
      return 'it takes a connection from a pool, of which nobody can tell who waits for one';
  }
}

function reasonAgainstJoin(thread: string, { steps, count = 1 }: GreenThread = { steps: [] }): string | null {
  if (count !== 1) return `it waits for several of ${thread}`;
  // What a join raises comes in the midst of another's turn, and goes on from there.
  return steps.some(raises) ? `it waits for ${thread}, which may raise` : null;
}

function raises(step: Step): boolean {
  return step.do === 'raise' || step.do === 'query' || ('steps' in step && step.steps.some(raises));
}

/** Whether a step always comes to a place where the explorer can hold its green thread. */
function switches(step: Step): boolean {
  switch (step.do) {
    case 'sleep':
    case 'wait':
    case 'join':
    case 'synchronized':
    case 'query':
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
