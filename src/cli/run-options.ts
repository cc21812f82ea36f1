/** The options of `run` and `conformance`. */
export interface RunOptions {
  readonly mysql?: string;
  readonly mysqlImage?: string;
  readonly tags: string;
  readonly reports: string;
  /** Seconds. */
  readonly deadline?: number;
  /** How many scenarios are run at a time. */
  readonly parallel?: number;
  readonly verbose: boolean;
}
