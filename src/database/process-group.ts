import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { guard } from '../guardian/guardian';
import type { Command } from './recipes';

interface Surroundings {
  readonly folder: string;
  /** A file that takes what it writes to either output. */
  readonly output: string;
  /** Whether it is a Node program that sends us something. */
  readonly channel?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A program in a process group of its own, guarded as long as it runs. */
export class ProcessGroup {
  /** Says how it ended, once it has: `exit code 1`. */
  readonly ended: Promise<string>;
  /** What it sends to its parent first, where it was given a channel. */
  readonly message: Promise<unknown>;
  readonly #child: ChildProcess;

  constructor([program, ...args]: Command, { folder, output, channel = false, env = {} }: Surroundings) {
    const file = openSync(output, 'a');
    const child = spawn(program, args, {
      cwd: folder,
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', file, file, ...(channel ? ['ipc' as const] : [])],
    });
    // In the same tick: a kill can come in between at no point that is in our hands.
    const release = child.pid === undefined ? undefined : guard({ kind: 'group', pid: child.pid });
    closeSync(file);
    this.#child = child;
    this.message = new Promise((resolve) => child.once('message', resolve));
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => {
        killGroup(child.pid); // What it may have started goes with it.
        release?.();
        resolve(signal ?? `exit code ${code}`);
      });
    });
  }

  /** From here on it keeps this process from ending no longer. */
  unref(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  /** At once: nothing that it holds is to be kept. */
  async kill(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    this.#child.ref();
    killGroup(pid);
    await this.ended;
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // There is nobody left in it.
  }
}
