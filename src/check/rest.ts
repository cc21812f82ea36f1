import { Stillness, wakesSoon } from '../runtime/stillness';
import type { ThreadReading } from '../trace/record';
import { childrenOf } from '../witness/find-process';
import { KernelWitness } from '../witness/kernel';
import { tryRead } from '../witness/procfs';

/**
 * Whether a process and all that it has started sleep, and nothing will wake them: then what has not come will never come. A command
 * that starts the adapter as a child of its own (`npx`, a shell) sleeps all the time, so the whole family is looked at.
 */
export class Rest {
  readonly #pid: number;
  readonly #procfs: string;
  readonly #began = performance.now();
  readonly #stillness = new Stillness();
  readonly #witnesses = new Map<number, KernelWitness>();
  #family = '';

  constructor(pid: number, procfs: string) {
    this.#pid = pid;
    this.#procfs = procfs;
  }

  /** Something was heard, or given: what was seen before counts no more. */
  reset(): void {
    this.#stillness.reset();
  }

  /** Looks once more; true once it was so often enough in a row. */
  reached(): boolean {
    const witnesses = this.#look();
    return witnesses?.every((witness) => this.#nothingDue(witness)) ?? false;
  }

  /** Looks once more, whatever may wake them: true once they slept often enough in a row. */
  asleep(): boolean {
    return this.#look() !== undefined;
  }

  /** Nothing is looked at any more. */
  close(): void {
    for (const witness of this.#witnesses.values()) witness.close();
    this.#witnesses.clear();
  }

  /** Those that were looked at, where they have slept through enough looks. */
  #look(): readonly KernelWitness[] | undefined {
    const pids = [this.#pid, ...descendants(this.#pid, this.#procfs)];
    const family = pids.join();
    if (family !== this.#family) this.#stillness.reset();
    this.#family = family;
    const witnesses = pids.map((pid) => this.#witnessOf(pid));
    const threads = witnesses.flatMap((witness) => [...witness.read().threads]);
    return this.#stillness.observe({ pid: this.#pid, threads }) ? witnesses : undefined;
  }

  #witnessOf(pid: number): KernelWitness {
    const witness = this.#witnesses.get(pid) ?? new KernelWitness(pid, this.#procfs);
    this.#witnesses.set(pid, witness);
    return witness;
  }

  #nothingDue(witness: KernelWitness): boolean {
    const elapsed = performance.now() - this.#began;
    return witness.read().threads.every(({ tid }) => !wakesSoon(witness.wakeUp(tid), elapsed));
  }
}

/** The processes that a process has started, and those that these have started. */
export function descendants(pid: number, procfs: string): number[] {
  return childrenOf(pid, procfs).flatMap((child) => [child, ...descendants(child, procfs)]);
}

/** The OS threads of a process. */
export function threadsOf(pid: number, procfs: string): readonly ThreadReading[] {
  return lookAt(new KernelWitness(pid, procfs), (witness) => witness.read().threads);
}

/** One look at a process. */
export function lookAt<T>(witness: KernelWitness, look: (witness: KernelWitness) => T): T {
  try {
    return look(witness);
  } finally {
    witness.close();
  }
}

/** Whether a process is there and runs, and is not merely a corpse that nobody has taken notice of. */
export function runs(pid: number, procfs: string): boolean {
  return /^State:\s*[^ZX\s]/m.test(tryRead(`${procfs}/${pid}/status`) ?? '');
}
