import { Fault } from '../fault/fault';
import type { Section } from './sections';

/** What is wrong with an adapter, and what its author is to do. */
export interface ComplaintFacts {
  /** What it did: `answered run with error -32602`. */
  readonly what: string;
  readonly expected?: string | undefined;
  readonly came?: string | undefined;
  readonly advice?: string | undefined;
  /** The last lines of its standard error, where they may tell why. */
  readonly log?: readonly string[] | undefined;
  /** Where it is said, if elsewhere than the check's own section. */
  readonly section?: Section | undefined;
}

/** An adapter does not do what the protocol says. */
export class Complaint extends Error {
  override readonly name = 'Complaint';
  readonly facts: ComplaintFacts;

  constructor(facts: ComplaintFacts) {
    super(facts.what);
    this.facts = facts;
  }
}

/** It cannot be told whether an adapter is sound: nobody may take that for a yes. */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}

/** A program that goes on and on: nobody can tell that it never ends. */
const TIMED_OUT = /^the program had not ended after/;

/** What a fault means for the adapter: its own faults are complaints, those of others leave it open. */
export function complaintOf({ facts }: Fault): Complaint | Undecided {
  const { party, expected, came } = facts;
  const what = facts.what.replace(/^the adapter( of \S+)? /, '');
  // The check's own advice says more than that of a fault, which is for whoever tests a runtime.
  if ((party === 'adapter' || party === 'runtime') && !TIMED_OUT.test(what))
    return new Complaint({ what, expected, came });
  return new Undecided(came === undefined ? what : `${what}: ${came}`);
}

/** The same for anything that was thrown; what the user is to correct, and a defect of ours, is thrown on. */
export function problemOf(error: unknown): Complaint | Undecided {
  if (error instanceof Complaint || error instanceof Undecided) return error;
  if (error instanceof Fault && error.facts.party !== 'user') return complaintOf(error);
  throw error;
}
