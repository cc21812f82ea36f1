import type { Lab } from './lab';
import type { Section } from './sections';

/** What is checked of an adapter. One that does not do it throws a Complaint; where nobody can tell, Undecided. */
export interface Check {
  /** What a sound adapter does, as a sentence. */
  readonly says: string;
  readonly section: Section;
  /** The capabilities that must be declared for it to apply. */
  readonly needs?: readonly string[];
  /** What its author is to do where it is not so. */
  readonly advice: string;
  /** Gives what is worth knowing of how a sound adapter took it. */
  make(lab: Lab): Promise<string | undefined>;
}

/** Checks of one kind, under a heading. */
export interface Group {
  readonly heading: string;
  readonly checks: readonly Check[];
}
