/** How a runtime's adapter is started. */
export interface AdapterCommand {
  /** The runtime's name on the command line: `eventlet`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}
