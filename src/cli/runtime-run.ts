import type { Clause } from '../clauses/catalogue';
import type { Database } from '../database/database';
import type { Fault } from '../fault/fault';
import type { SummaryOptions } from '../report/summary';
import type { AdapterCommand } from '../runtime/command';
import type { SessionOptions } from '../session/session';
import type { Judging } from './expectations';

/** What the test of one runtime is made with. */
export interface RuntimeRun {
  readonly command: AdapterCommand;
  /** Whether the name alone says how it is started. */
  readonly named: boolean;
  /** A server, or the reason why there is none. */
  readonly database: Database | Fault | Promise<Database | Fault>;
  readonly clauses: readonly Clause[];
  readonly tags: string;
  readonly parallel?: number | undefined;
  /** Feature files, or single scenarios as FILE:LINE; all of the suite's own, where none are named. */
  readonly features?: readonly string[] | undefined;
  /** Whether its profile is taken, too. */
  readonly facts: boolean;
  readonly reports: string;
  readonly session: SessionOptions;
  /** By what it is judged, besides the document: what is known to differ. */
  readonly judging?: Judging | undefined;
  readonly summary: SummaryOptions;
  readonly write: (line: string) => void;
}
