import { CONNECT, NO_FACTS, type PlanFacts, POOL } from './plan';
import type { GreenThread, Program } from './program';
import { type Beside, collectThings, joined, letterOf, type SmallProgram } from './small-program';
import { driversOf, withKeys, wordsOf } from './small-queries';
import type { Step } from './step';

/** A small program many times over, each time with variables and locks of its own, and with a gate wherever one can be let go. */
export interface Gated {
  readonly program: Program;
  readonly small: SmallProgram;
  readonly rounds: number;
  /** The keys of each round's rows at the server, by their names. */
  readonly keys: readonly ReadonlyMap<string, number>[];
  /** Of each green thread's labels. */
  readonly meanings: readonly ReadonlyMap<string, Meaning>[];
}

/** What an event of a labelled step of a gated program says. */
export type Meaning =
  | { readonly says: 'life' }
  | { readonly says: 'stand' }
  | { readonly says: 'read'; readonly variable: string; readonly into: string | undefined }
  | {
      readonly says: 'write';
      readonly variable: string;
      /** The local from which it is made, or because of which. */
      readonly basis: string | undefined;
      readonly because: boolean;
    }
  | { readonly says: 'lock'; readonly lock: string }
  | { readonly says: 'join'; readonly thread: string }
  | { readonly says: 'connect' }
  | { readonly says: 'query' };

/** The gate at which `main` waits until all orders have been tried. */
export const OVER = 'over';

/** The step that holds all that a green thread does. */
const LIFE = 'life';

/** The connections that are open at once: as many as there are green threads at gates. */
const MOST_AT_GATES = 200;

/** The sessions that are open at the server at once: it has room for 151, unless it is told otherwise. */
const MOST_SESSIONS = 64;

/**
 * Seconds after which the server gives up a query that waits for a row (error 1205): more than a schedule takes to let it go. The least that
 * servers know is 1.
 */
const GIVE_UP = 2;

/** A program travels in one message, and what its green threads report is bounded, too: docs/protocol.md. */
const LONGEST_PROGRAM = 900_000;
const MOST_EVENTS = 15_000;
/** How often a loop comes round that ends only when another has done something: no more turns are waited for in one schedule. */
const LONGEST_LOOP = 500;

/** How many rounds of a small program one program can have. */
export function mostRounds(small: SmallProgram): number {
  const events = small.threads.reduce((sum, { steps }) => sum + eventsOf(steps), 0);
  const length = JSON.stringify(gatedProgram(small, 1)).length;
  const bounds = [MOST_AT_GATES / small.threads.length, MOST_EVENTS / events, LONGEST_PROGRAM / length];
  return Math.max(1, Math.floor(Math.min(...bounds, ...boundsAtServer(small))));
}

/** Of a pool of threads, one has to be left for the query that lets the others go. */
function boundsAtServer(small: SmallProgram): number[] {
  const drivers = driversOf(small);
  if (drivers.size === 0) return [];
  const waiters = Math.max(1, small.threads.length - 1);
  return [MOST_SESSIONS / small.threads.length, ...(drivers.has('thread-pool') ? [(POOL - 1) / waiters] : [])];
}

/** At the most, of one green thread. */
function eventsOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => {
    const times = step.do === 'repeat' ? step.times : step.do === 'until' ? LONGEST_LOOP : 1;
    return sum + 5 + ('steps' in step ? times * eventsOf(step.steps) : 0);
  }, 4);
}

/** The first values of all rounds' rows, in the order of `keysOf`. */
export function firstRows({ rows }: SmallProgram, rounds: number): string[] {
  return Array.from({ length: rounds }, () => Object.values(rows)).flat();
}

/** The keys of each round's rows. */
export function keysOf({ rows }: SmallProgram, rounds: number, keys: PlanFacts['rows']): Map<string, number>[] {
  const names = Object.keys(rows);
  return Array.from(
    { length: rounds },
    (_, round) => new Map(names.map((name, i) => [name, keys[round * names.length + i] ?? 0])),
  );
}

/** All rounds stand at their first gates from the beginning, and each is led through its order when its turn comes. */
export function gatedProgram(small: SmallProgram, rounds: number, { table, rows }: PlanFacts = NO_FACTS): Program {
  const keys = keysOf(small, rounds, rows);
  const threads: Record<string, GreenThread> = {};
  const spawns: Step[] = [];
  const variables: Program['variables'] = {};
  for (let round = 1; round <= rounds; round++) {
    for (const [i, { steps }] of small.threads.entries()) {
      const thread = threadName(i, round);
      const send = (sql: string): string => withKeys(sql, table, keys[round - 1] ?? new Map());
      threads[thread] = { steps: new Writer(small, round, thread, send).life(steps) };
      spawns.push({ do: 'spawn', thread });
    }
    for (const [name, value] of Object.entries(small.variables)) variables[own(name, round)] = value;
  }
  const main: Step[] = [...spawns, { do: 'wait', label: OVER, gate: OVER, through: 'green' }];
  return { threads: { main: { steps: main }, ...threads }, variables };
}

/** A green thread of a round; its gate has the same name. */
export function threadName(thread: number, round: number): string {
  return own(letterOf(thread), round);
}

/** What belongs to one round. */
function own(name: string, round: number): string {
  return `${name}.${round}`;
}

/** Writes a green thread's steps for a round; each step that tells something has a label of its own. */
class Writer {
  readonly #labels = new Map<string, number>();

  constructor(
    private readonly small: SmallProgram,
    private readonly round: number,
    private readonly gate: string,
    /** A query with the keys of the round. */
    private readonly send: (sql: string) => string,
  ) {}

  life(steps: readonly Step[]): Step[] {
    return [{ do: 'call', label: LIFE, depth: 1, steps: [this.#stand(), ...this.#all(steps)] }];
  }

  #all(steps: readonly Step[]): Step[] {
    return steps.flatMap((step) => this.#one(step));
  }

  #one(step: Step): Step[] {
    switch (step.do) {
      case 'sleep':
        return [this.#stand()];
      case 'wait':
        return [step.into === undefined ? this.#stand() : { ...this.#stand(), into: step.into }];
      case 'get':
        return [{ ...step, label: this.#label(`read-${step.variable}`), variable: own(step.variable, this.round) }];
      case 'set':
        return [{ ...step, label: this.#label(`write-${step.variable}`), variable: own(step.variable, this.round) }];
      case 'join': {
        const other = this.small.threads.findIndex(({ name }) => name === joined(step.thread));
        const label = this.#label(`join-${letterOf(other)}`);
        return [{ ...step, label, thread: threadName(other, this.round) }, this.#stand()];
      }
      case 'synchronized': {
        const label = this.#label(`lock-${step.name}`);
        return [{ ...step, label, name: own(step.name, this.round), steps: [this.#stand(), ...this.#all(step.steps)] }];
      }
      case 'connect':
      case 'query':
      case 'close':
        return this.#atServer(step);
      case 'until':
        return [silent({ ...step, variable: own(step.variable, this.round), steps: this.#all(step.steps) })];
      default:
        return [silent('steps' in step ? { ...step, steps: this.#all(step.steps) } : step)];
    }
  }

  /** A turn ends before each query. Who closes a connection gives up what it holds there at once, which a good-bye does in its own time. */
  #atServer(step: Extract<Step, { do: 'connect' | 'query' | 'close' }>): Step[] {
    const connection = own(step.connection, this.round);
    switch (step.do) {
      case 'connect': {
        const { label: _, ...connect } = step;
        const limit: Step = { do: 'query', connection, sql: `SET SESSION innodb_lock_wait_timeout = ${GIVE_UP}` };
        return [{ do: 'call', label: this.#label(CONNECT), depth: 1, steps: [{ ...connect, connection }, limit] }];
      }
      case 'query':
        return [
          this.#stand(),
          { ...step, label: this.#label(wordsOf(step.sql)), connection, sql: this.send(step.sql) },
        ];
      case 'close':
        return [{ do: 'query', label: this.#label(step.do), connection, sql: 'ROLLBACK' }];
    }
  }

  #stand(): Extract<Step, { do: 'wait' }> {
    return { do: 'wait', label: this.#label('turn'), gate: this.gate, through: 'green' };
  }

  /** An event says which step it is of by its label alone. */
  #label(words: string): string {
    const base = words.slice(0, 34);
    const number = (this.#labels.get(base) ?? 0) + 1;
    this.#labels.set(base, number);
    return number === 1 ? base : `${base}-${number}`;
  }
}

/** What it would say is of no concern here. */
function silent(step: Step): Step {
  const { label: _, ...rest } = step;
  return rest as Step;
}

/** What a program that `gatedProgram` wrote is made of: its first round tells; what it has besides stands in none of its steps. */
export function readGated(program: Program, { rows = {}, wanted = {} }: Beside = {}, keys: Gated['keys'] = []): Gated {
  const { main: _, ...others } = program.threads;
  const first = Object.entries(others).filter(([name]) => FIRST.test(name));
  const threads = first.map(([name, { steps }]) => ({ name: joined(shared(name)), steps: steps.map(common) }));
  const variables = Object.entries(program.variables ?? {}).filter(([name]) => FIRST.test(name));
  return {
    program,
    small: {
      threads,
      variables: Object.fromEntries(variables.map(([name, value]) => [shared(name), value])),
      rows,
      wanted,
      things: collectThings(threads),
    },
    keys,
    rounds: Object.keys(others).length / Math.max(1, first.length),
    meanings: threads.map(({ steps }) => new Map(meaningsOf(steps, undefined))),
  };
}

const FIRST = /\.1$/;

function shared(name: string): string {
  return name.replace(FIRST, '');
}

function common(step: Step): Step {
  const named = 'name' in step ? { ...step, name: shared(step.name) } : { ...step };
  if ('variable' in named) named.variable = shared(named.variable);
  if ('thread' in named) named.thread = shared(named.thread);
  if ('steps' in named) named.steps = named.steps.map(common);
  return named;
}

function meaningsOf(steps: readonly Step[], because: string | undefined): [string, Meaning][] {
  return steps.flatMap((step) => {
    const meaning = meaningOf(step, because);
    const own: [string, Meaning][] = step.label === undefined || meaning === undefined ? [] : [[step.label, meaning]];
    const inner = 'steps' in step ? meaningsOf(step.steps, step.do === 'when' ? step.local : because) : [];
    return [...own, ...inner];
  });
}

function meaningOf(step: Step, because: string | undefined): Meaning | undefined {
  switch (step.do) {
    case 'call':
      return { says: step.label === LIFE ? 'life' : 'connect' };
    case 'wait':
      return { says: 'stand' };
    case 'get':
      return { says: 'read', variable: step.variable, into: step.into };
    case 'set':
      return {
        says: 'write',
        variable: step.variable,
        basis: step.from ?? because,
        because: step.from === undefined,
      };
    case 'synchronized':
      return { says: 'lock', lock: step.name };
    case 'join':
      return { says: 'join', thread: step.thread };
    case 'query':
      return { says: 'query' };
    default:
      return undefined;
  }
}
