/** Who is at fault when something goes wrong that is not a verdict about a runtime. */
export type Party = 'adapter' | 'runtime' | 'database' | 'environment' | 'user';

/** What is known of a fault: facts, not sentences; `explain` turns them into words. */
export interface FaultFacts {
  readonly party: Party;
  /** What went wrong, in a few words: `the adapter ended before it answered initialize`. */
  readonly what: string;
  readonly expected?: string;
  readonly came?: string;
  /** What to do about it; a command to type where there is one. */
  readonly advice?: string;
  /** The words of the error underneath, where the facts travel without it. */
  readonly cause?: string;
}

/** The one error type of the project: it carries the facts, and the error underneath as `cause`. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly facts: FaultFacts;

  constructor(facts: FaultFacts, options?: { cause?: unknown }) {
    super(facts.what, options);
    this.facts = facts;
  }
}
