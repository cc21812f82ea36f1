/** The options of `run` and `conformance`, as the command line has them. */
export interface RunOptions {
  readonly config?: string;
  readonly mysql?: string;
  readonly mysqlImage?: string;
  readonly tags: string;
  /** Single scenarios, as FILE:LINE. */
  readonly scenario?: readonly string[];
  readonly reports?: string;
  /** Seconds. */
  readonly deadline?: number;
  /** How many scenarios are run at a time. */
  readonly parallel?: number;
  /** How many runtimes are tested at a time. */
  readonly jobs?: number;
  /** Whether the runtime's profile is taken; absent: where all scenarios are run. */
  readonly facts?: boolean;
  readonly verbose: boolean;
  /** Whether the report is made of it, too. */
  readonly report: boolean;
  /** A file; false: runtimes are judged without. */
  readonly expectations?: string | boolean;
  readonly updateExpectations?: boolean;
}
