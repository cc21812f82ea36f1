import type { InitializeResult } from '../protocol/messages';
import { AdapterProcess } from './adapter-process';
import type { AdapterCommand } from './command';

/** Milliseconds that an adapter has for its start. */
const START = 60_000;

/** An adapter process that has answered `initialize`. */
export interface ReadyAdapter {
  readonly process: AdapterProcess;
  readonly identity: InitializeResult;
}

/** The adapter processes of one runtime: one for each mode, kept for many programs, replaced when one has ended. */
export class AdapterPool {
  readonly #command: AdapterCommand;
  readonly #processes = new Map<boolean, Promise<ReadyAdapter | undefined>>();

  constructor(command: AdapterCommand) {
    this.#command = command;
  }

  /** Starts the process of a mode ahead of its use. */
  warm(patched: boolean): void {
    // Whoever takes it hears of its failure.
    this.take(patched).catch(() => {});
  }

  /** The process in a mode, or in the one that the runtime's services run in: patched where there is patching. */
  async take(patched?: boolean): Promise<ReadyAdapter | undefined> {
    if (patched !== undefined) return this.#takeIn(patched);
    return (await this.#takeIn(true)) ?? this.#takeIn(false);
  }

  /**
   * The process of a mode, undefined where the runtime does not have it. One whose start failed is not started again: it would fail as before, and every scenario is to
   * say the same.
   */
  async #takeIn(patched: boolean): Promise<ReadyAdapter | undefined> {
    const present = this.#processes.get(patched);
    if (present !== undefined) {
      const adapter = await present;
      if (adapter === undefined || adapter.process.alive) return adapter;
    }
    const started = this.#start(patched);
    this.#processes.set(patched, started);
    return started;
  }

  /** Ends every process in good order. */
  async close(): Promise<void> {
    const started = await Promise.allSettled(this.#processes.values());
    this.#processes.clear();
    await Promise.all(
      started.map((result) => (result.status === 'fulfilled' ? result.value?.process.end() : undefined)),
    );
  }

  async #start(patched: boolean): Promise<ReadyAdapter | undefined> {
    const process = AdapterProcess.launch(this.#command);
    try {
      const identity = await process.initialize(patched, START);
      if (identity !== undefined) return { process, identity };
      await process.end();
      return undefined;
    } catch (error) {
      await process.kill();
      throw error;
    }
  }
}
