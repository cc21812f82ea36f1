/** Why a runtime cannot be tested on this machine. */
export interface Missing {
  readonly what: string;
  /** The line that installs it, to be typed in the project's folder. */
  readonly install: string;
}

/** How a runtime's adapter is started. */
export interface AdapterCommand {
  /** The runtime's name on the command line: `eventlet`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}
