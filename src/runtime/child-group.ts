import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { guard } from '../guardian/guardian';
import { MARK } from '../witness/find-process';
import type { AdapterCommand } from './command';
import { AdapterContainer } from './container';
import { named, runsContainer } from './container-command';
import { LogTail } from './log-tail';

/** Milliseconds between the end of a process and that of its output, which another that it started may hold open. */
const LINGER = 1000;

/** How a process ended: it could not be started, or with a code, or by a signal. */
export type Ending = { readonly error: unknown } | { readonly code: number | null; readonly signal: string | null };

/**
 * A child in a process group of its own, guarded as long as it runs; what it leaves behind in the group ends with it, and so does the
 * container that it was to run.
 */
export class ChildGroup {
  /** What its process alone has in its environment, wherever that runs: find-process.ts. */
  readonly mark = randomBytes(16).toString('hex');
  /** Comes once it has ended, with its container if it has one, and all that it wrote has been read. */
  readonly ended: Promise<Ending>;
  /** Its output; absent where it could not be started. */
  readonly output: Readable | undefined;
  readonly #child: ChildProcess;
  readonly #log: LogTail | undefined;
  readonly #container: AdapterContainer | undefined;

  /** @throws what `spawn` throws for a command that can be none */
  constructor(command: AdapterCommand) {
    const name = `greenspec-${this.mark}`;
    const { command: program, args, cwd, env } = named(command, name);
    const environment = { ...process.env, ...env, [MARK]: this.mark };
    const child = spawn(program, args, { cwd, env: environment, stdio: 'pipe', detached: true });
    this.#child = child;
    const unguard = child.pid === undefined ? () => {} : guard({ kind: 'group', pid: child.pid });
    const runs = child.pid !== undefined && runsContainer(command);
    this.#container = runs ? new AdapterContainer(name, program) : undefined;
    child.once('exit', () => {
      killGroup(child.pid);
      unguard();
      // What left the group may still hold the output open.
      setTimeout(() => this.#closeOutput(), LINGER).unref();
    });
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve({ error }));
      child.once('close', async (code, signal) => {
        await this.#container?.remove(signal === null);
        resolve({ code, signal });
      });
    });
    // A write to a process that has ended shows in its end, which is where it is dealt with.
    child.stdin?.on('error', () => {});
    if (child.pid === undefined) return;
    this.output = child.stdout;
    this.#log = new LogTail(child.stderr);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** The last lines that it wrote to its standard error. */
  get log(): readonly string[] {
    return this.#log?.lines ?? [];
  }

  write(text: string | Uint8Array): void {
    this.#child.stdin?.write(text);
  }

  endInput(): void {
    this.#child.stdin?.end();
  }

  /** With all that is in the group, at once, or once its container is gone. */
  kill(): void {
    if (this.#container === undefined) this.#kill();
    else void this.#container.removeBefore(() => this.#running).then(() => this.#kill());
  }

  get #running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Once the process has ended its number may be another's. */
  #kill(): void {
    if (this.#running) killGroup(this.#child.pid);
  }

  #closeOutput(): void {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // There is nobody left in it.
  }
}
