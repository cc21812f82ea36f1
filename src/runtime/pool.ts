import type { Fault } from '../fault/fault';
import type { InitializeResult } from '../protocol/messages';
import type { KernelWitness } from '../witness/kernel';
import { PROCFS } from '../witness/procfs';
import { interrupted } from './adapter-faults';
import { kernelOf } from './adapter-kernel';
import { AdapterProcess } from './adapter-process';
import type { AdapterCommand } from './command';
import { checkConditions } from './conditions';

/** An adapter process that has answered `initialize`, and what the kernel knows of it. */
export interface ReadyAdapter {
  readonly process: AdapterProcess;
  readonly kernel: KernelWitness;
  readonly identity: InitializeResult;
}

/** The adapter processes of one runtime: one for each mode, kept for many programs, replaced when one has ended. */
export class AdapterPool {
  readonly #command: AdapterCommand;
  readonly #patience: number;
  readonly #procfs: string;
  readonly #ready = new Map<boolean, Promise<ReadyAdapter | undefined>>();
  readonly #processes = new Set<AdapterProcess>();
  #closed: Promise<Fault[]> | undefined;

  /**
   * @param patience milliseconds that an adapter has for its start
   * @param procfs where the kernel tells of processes
   */
  constructor(command: AdapterCommand, patience: number, procfs = PROCFS) {
    this.#command = command;
    this.#patience = patience;
    this.#procfs = procfs;
  }

  /** Starts the processes of two modes ahead of their use: the second when the first is there, so that it takes no processor from it. */
  warm(first: boolean, second: boolean): void {
    // Whoever takes one hears of its failure.
    this.take(first)
      .then(() => this.take(second))
      .catch(() => {});
  }

  /** The process in a mode, or in the one that the runtime's services run in: patched where there is patching. */
  async take(patched?: boolean): Promise<ReadyAdapter | undefined> {
    if (patched !== undefined) return this.#takeIn(patched);
    return (await this.#takeIn(true)) ?? this.#takeIn(false);
  }

  /**
   * The process of a mode, undefined where the runtime does not have it. One whose start failed is not started again: it would
   * fail as before, and every scenario is to say the same.
   */
  async #takeIn(patched: boolean): Promise<ReadyAdapter | undefined> {
    const present = this.#ready.get(patched);
    if (present === undefined) return this.#startFor(patched);
    const adapter = await present;
    if (adapter === undefined || adapter.process.alive) return adapter;
    const started = this.#startFor(patched);
    const untold = adapter.process.takeUntold();
    if (untold === undefined) return started;
    // Whoever takes the new one hears of its failure.
    started.catch(() => {});
    throw untold;
  }

  /** Starts the successor of a process that has ended, if it is the one in use: what comes next in the other mode goes on meanwhile. */
  async renew(gone: ReadyAdapter): Promise<void> {
    if (gone.process.alive || gone.process.hasUntold) return;
    for (const [patched, ready] of this.#ready) {
      // Whoever takes the new one hears of its failure.
      if ((await ready.catch(() => undefined)) === gone) this.#startFor(patched).catch(() => {});
    }
  }

  #startFor(patched: boolean): Promise<ReadyAdapter | undefined> {
    const started = this.#start(patched);
    this.#ready.set(patched, started);
    return started;
  }

  /** Ends every process: in good order, or at once where it still owes an answer. Gives what they did wrong in that. */
  close(): Promise<Fault[]> {
    this.#closed ??= Promise.all([...this.#processes].map(endOne)).then((faults) =>
      faults.filter((fault) => fault !== undefined),
    );
    return this.#closed;
  }

  async #start(patched: boolean): Promise<ReadyAdapter | undefined> {
    if (this.#closed !== undefined) throw interrupted();
    const process = AdapterProcess.launch(this.#command);
    this.#processes.add(process);
    try {
      const identity = await process.initialize(patched, this.#patience);
      if (identity !== undefined) {
        const kernel = await kernelOf(process, identity, this.#procfs);
        checkConditions(identity, patched, kernel);
        return { process, kernel, identity };
      }
      await process.end();
      return undefined;
    } catch (error) {
      await process.kill();
      throw error;
    }
  }
}

async function endOne(process: AdapterProcess): Promise<Fault | undefined> {
  if (!process.busy) return process.end();
  await process.kill(interrupted());
  return undefined;
}
