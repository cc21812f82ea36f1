import type { DatabaseAddress } from '../protocol/messages';

/** A MySQL server for one run: where it is, which it is, and how to end what was started for it. */
export interface Database {
  readonly address: DatabaseAddress;
  readonly server: ServerIdentity;
  /** Where it comes from, in words for the result: `container mysql:8.4`. */
  readonly provider: string;
  /** Ends and removes all that was started for it. Once or more often, it is the same. */
  close(): Promise<void>;
}

export interface ServerIdentity {
  readonly name: 'MySQL' | 'MariaDB';
  readonly version: string;
}

/** What the user says about the database; nothing is fine. */
export interface DatabaseChoice {
  /** `mysql://user:password@host:port/database`: only this one is tried. */
  readonly url?: string | undefined;
  /** A container image: only a container of it is tried. */
  readonly image?: string | undefined;
  /** Told what is tried, and why it failed if it did. */
  readonly log?: ((line: string) => void) | undefined;
}

/** One place that a server can come from. */
export interface Provider {
  readonly name: string;
  /** Gives a server that answers, or throws a Fault that says why there is none; then nothing is left behind. */
  open(choice: DatabaseChoice): Promise<Database>;
}
