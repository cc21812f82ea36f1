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
  /** A server, or the reason why there is none. */
  readonly database: Database | Fault | Promise<Database | Fault>;
  readonly clauses: readonly Clause[];
  readonly tags: string;
  readonly parallel?: number | undefined;
  /** Feature files other than the suite's own. */
  readonly features?: readonly string[];
  readonly reports: string;
  readonly session: SessionOptions;
  /** By what it is judged, besides the document: what is known to differ. */
  readonly judging?: Judging | undefined;
  readonly summary: SummaryOptions;
  readonly write: (line: string) => void;
}
