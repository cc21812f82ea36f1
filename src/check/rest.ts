import { readFileSync } from 'node:fs';
import { Stillness, wakesSoon } from '../runtime/stillness';
import { KernelWitness } from '../witness/kernel';

/**
 * Whether a process and all that it has started sleep, and nothing will wake them: then what has not come will never come. A command
 * that starts the adapter as a child of its own (`npx`, a shell) sleeps all the time, so the whole family is looked at.
 */
export class Rest {
  readonly #pid: number;
  readonly #procfs: string;
  readonly #began = performance.now();
  #stillness = new Stillness();
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

  /** Those that were looked at, where they have slept through enough looks. */
  #look(): KernelWitness[] | undefined {
    const witnesses = [this.#pid, ...descendants(this.#pid, this.#procfs)].map(
      (pid) => new KernelWitness(pid, this.#procfs),
    );
    const family = witnesses.map(({ pid }) => pid).join();
    if (family !== this.#family) this.#stillness.reset();
    this.#family = family;
    const threads = witnesses.flatMap((witness) => [...witness.read().threads]);
    return this.#stillness.observe({ pid: this.#pid, threads }) ? witnesses : undefined;
  }

  #nothingDue(witness: KernelWitness): boolean {
    const elapsed = performance.now() - this.#began;
    return witness.read().threads.every(({ tid }) => !wakesSoon(witness.wakeUp(tid), elapsed));
  }
}

/** The processes that a process has started, and those that these have started. */
export function descendants(pid: number, procfs: string): number[] {
  return children(pid, procfs).flatMap((child) => [child, ...descendants(child, procfs)]);
}

function children(pid: number, procfs: string): number[] {
  const threads = new KernelWitness(pid, procfs).read().threads;
  return threads.flatMap(({ tid }) => {
    const text = tryRead(`${procfs}/${pid}/task/${tid}/children`);
    return text.split(' ').filter(Boolean).map(Number);
  });
}

/** Whether a process is there and runs, and is not merely a corpse that nobody has taken notice of. */
export function runs(pid: number, procfs: string): boolean {
  return /^State:\s*[^ZX\s]/m.test(tryRead(`${procfs}/${pid}/status`));
}

function tryRead(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
