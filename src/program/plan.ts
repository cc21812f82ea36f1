import type { Outcome } from '../explore/outcome';
import type { Gated } from './gated';
import type { Program } from './program';
import type { Schedule, Search, Stop, Walk } from './search';

/** A lock at the MySQL server: by name, or of a row in an InnoDB table. */
export type LockKind = 'advisory' | 'row';

/** What the harness does while a program runs, one act after the other. An act that waits also ends with the program. */
export type Act =
  /** Waits until a step's event has come `count` times. */
  | {
      readonly act: 'await';
      readonly step: StepName;
      readonly phase: 'started' | 'finished';
      readonly count: number;
    }
  /** Waits until `count` green threads stand at a gate, or nobody else can come. */
  | { readonly act: 'gather'; readonly gate: string; readonly count: number }
  | { readonly act: 'open'; readonly gate: string }
  /** Sends a byte to the messenger, and looks what becomes of it while a step is going on. */
  | { readonly act: 'watch'; readonly step: StepName }
  | { readonly act: 'raise'; readonly flag: string }
  /** Waits until the whole process sleeps, whatever may be about to wake it; that reading of the kernel is kept. */
  | { readonly act: 'rest'; readonly as: string }
  /** A reading of the kernel; `settled`: once the whole process is quiescent. */
  | { readonly act: 'measure'; readonly as: string; readonly settled: boolean }
  /**
   * Looks until the server shows `count` queries of the run waiting for a lock, as long as the step goes on; or until
   * the process rests, since then nobody else can ask.
   */
  | {
      readonly act: 'see';
      readonly lock: LockKind;
      readonly count: number;
      readonly step: StepName;
    }
  /** Lets time pass until something that was to happen within so many seconds is due, as long as the step goes on. */
  | { readonly act: 'outlast'; readonly seconds: number; readonly step: StepName }
  /** Writes a token to a pipe, once somebody reads there. */
  | { readonly act: 'fill'; readonly pipe: string }
  /** Leads the rounds of a gated program through one order after the other, as a search says, until it has no more or there is no further round. */
  | {
      readonly act: 'explore';
      readonly gated: Gated;
      readonly search: Search;
      readonly atOnce: number;
      readonly tell?: Teller;
    }
  /** Lets go of the lock that is held at the server. */
  | { readonly act: 'release'; readonly lock: LockKind };

/** Is told of each round of a gated program how it ended, and how many orders it stands for. */
export type Teller = (led: Led) => void;

export interface Led {
  readonly walk: Walk;
  readonly how: 'over' | Stop;
  readonly orders: bigint;
  readonly schedule: Schedule;
  readonly switches: number;
  readonly outcome: Outcome;
}

/** A step by its label, of one green thread of the program or of any. */
export interface StepName {
  readonly thread?: string;
  readonly label: string;
}

/**
 * How the green threads end that go on and on as company of those that a scenario is about. Where nobody but them comes to run any more they would
 * go on for ever: then the harness calls them off by a flag, so that the program comes to its end, or to a standstill, and can be judged.
 */
export interface CallOff {
  readonly flag: string;
  /** The names in the program of those who report again and again: what is heard of them is no news. */
  readonly company: readonly string[];
}

/** A program, and what the harness owes it. */
export interface Plan {
  readonly program: Program;
  /** Absent: patched where the runtime has patching. */
  readonly patched?: boolean;
  readonly acts: readonly Act[];
  /** Absent where no green thread goes on until it is told to end. */
  readonly callOff?: CallOff;
  /** The lock at the server that the harness takes before the program starts. */
  readonly hold?: LockKind;
  /** The values of the rows that it takes; absent where some are taken whose values only the server knows. */
  readonly rows?: readonly string[];
  /** Seconds that the program asks to be waited, one after the other: counted apart in measurements. */
  readonly declaredWait: number;
}

/** The flag that calls company off. */
export const CALLED_OFF = 'called-off';

/** The label of every step that connects to the server. */
export const CONNECT = 'connect';

/** The green thread that waits for the byte of `watch`, its gate and its step. */
export const MESSENGER = { thread: 'messenger', gate: 'inbox', label: 'inbox' } as const;

/** What a plan is built from: what only the session knows. */
export interface PlanFacts {
  readonly lockName: string;
  readonly table: string;
  /** Rows of the table, each with a value that only the server knows. The first is the one that the harness can hold. */
  readonly rows: readonly [number, ...number[]];
}

/** The size of a runtime's pools while it is tested: small, so that they can be filled. */
export const POOL = 4;

/** How many rows a run has: one for each green thread that asks for its own. */
export const ROWS = 12;

/** Facts that stand in where a plan is only looked at, not carried out. */
export const NO_FACTS: PlanFacts = { lockName: 'none', table: 'none', rows: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] };
