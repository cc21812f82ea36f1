import type { FaultFacts } from '../fault/fault';
import type { LockKind } from '../program/plan';
import type { Program } from '../program/program';
import type { EventParams, RuntimeIdentity } from '../protocol/messages';

/**
 * All that is known of one run: what the runtime said, what the witnesses saw, and what the harness did, in the order in
 * which the harness came to know it. Claims are pure functions of a record.
 */
export interface RunRecord {
  readonly run: string;
  readonly nonce: string;
  readonly pid: number;
  readonly runtime: RuntimeIdentity;
  readonly patched: boolean;
  readonly program: Program;
  readonly entries: readonly Entry[];
  readonly challenges: Challenges;
  /** Files mapped into the process that bear the name of the C driver's library, as the kernel shows them; absent where it was not asked. */
  readonly mapped?: readonly string[];
  readonly end: End;
}

/** One thing that came to be known, `at` milliseconds after the run began: for drawing, never for a verdict's order. */
export type Entry = { readonly at: number } & EntryBody;

export type EntryBody =
  | { readonly kind: 'event'; readonly event: EventParams }
  /** A green thread came to a gate; `n` is the number of the last event that it had reported. */
  | { readonly kind: 'arrived'; readonly gate: string; readonly thread: string; readonly n: number }
  /** The harness let it go; the token is what its wait must give. */
  | { readonly kind: 'opened'; readonly gate: string; readonly thread: string; readonly token: string }
  | { readonly kind: 'flag'; readonly flag: string }
  /** Nobody but the green threads that go on and on came to run any more, and they were told to end; `starved`: one to whom nothing was owed. */
  | { readonly kind: 'called-off'; readonly starved?: OpenStep | undefined }
  /** A token was written to a pipe, at which somebody read. */
  | { readonly kind: 'filled'; readonly pipe: string; readonly token: string }
  /** So many seconds passed while a step went on; not the whole of them, if it ended before. */
  | { readonly kind: 'outlasted'; readonly seconds: number; readonly whole: boolean }
  | { readonly kind: 'kernel'; readonly as: string; readonly reading: ProcessReading }
  | { readonly kind: 'watched'; readonly sight: Sight }
  | { readonly kind: 'quiescent'; readonly awaiting: string }
  | { readonly kind: 'server'; readonly sight: ServerSight }
  /** The server showed these green threads waiting for rows that others of the program have locked, and not for each other. */
  | { readonly kind: 'row-waits'; readonly threads: readonly string[] }
  /** What the rows of a round held at the server when it was over. */
  | { readonly kind: 'rows'; readonly round: number; readonly rows: Readonly<Record<string, string>> }
  | { readonly kind: 'held' | 'released'; readonly lock: LockKind };

export type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** What the harness chose at random, and must find again where only the effect can have brought it. */
export interface Challenges {
  /** Rows at the server, and the values that only it knew. */
  readonly rows?: readonly Row[];
  readonly file?: string;
  /** The lines that the run's log held at its end. */
  readonly log?: readonly string[];
}

export interface Row {
  readonly id: number;
  readonly value: string;
}

/** One reading of a process in procfs: proc(5). */
export interface ProcessReading {
  readonly pid: number;
  readonly threads: readonly ThreadReading[];
}

export interface ThreadReading {
  readonly tid: number;
  readonly name: string;
  /** R running or ready, S asleep, D asleep and not to be disturbed, … */
  readonly state: string;
  /** How often it gave the processor up of its own accord. */
  readonly voluntarySwitches: number;
  /** Processor time used, nanoseconds. */
  readonly cpu: number;
}

/**
 * What became of a byte that the harness sent to a waiting green thread while another was at its step:
 * `served`: that green thread got it meanwhile; `blocked`: it lay unread, and the whole process slept;
 * `busy`: it lay unread, and one OS thread alone was burning processor time; `over`: the step ended before either was seen.
 */
export type Sight =
  | { readonly outcome: 'served' }
  | { readonly outcome: 'over' }
  | { readonly outcome: 'blocked' | 'busy'; readonly reading: ProcessReading; readonly unread: number };

/** What the MySQL server showed of a query of this run. */
export type ServerSight =
  | { readonly outcome: 'waiting'; readonly lock: LockKind; readonly queries: number; readonly state: string }
  | { readonly outcome: 'over'; readonly lock: LockKind };

export type End =
  | { readonly kind: 'completed'; readonly events: number; readonly unfinished: number }
  /** Everything that the harness owed was given, nothing is due, and nothing moves. */
  | { readonly kind: 'stuck'; readonly at: readonly OpenStep[] }
  | { readonly kind: 'cut'; readonly fault: FaultFacts };

/** A step that was begun and not ended. */
export interface OpenStep {
  readonly thread: string;
  readonly label: string;
}
