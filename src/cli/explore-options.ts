/** The options of `explore`, as the command line has them. */
export interface ExploreOptions {
  readonly runtime: string;
  readonly program?: string;
  readonly replay?: string;
  readonly bound?: number;
  readonly limit?: number;
  readonly seed?: number;
  readonly reduce: boolean;
  readonly gates: boolean;
  readonly json: boolean;
  readonly config?: string;
  readonly mysql?: string;
  readonly mysqlImage?: string;
  readonly reports: string;
  /** Seconds. */
  readonly deadline?: number;
}
