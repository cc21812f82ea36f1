import { kill } from 'node:process';
import { guard } from '../guardian/guardian';
import { bears } from '../witness/find-process';
import { PROCFS } from '../witness/procfs';

/**
 * The process of an adapter that the end of what was started does not end: a container engine's client is not its parent. Its number
 * may be another's once it has ended, so that its mark is looked at before it is killed.
 */
export class Stray {
  readonly #pid: number;
  readonly #mark: string;
  readonly #unguard: () => void;

  /** @param pid as this machine's /proc has it */
  constructor(pid: number, mark: string) {
    this.#pid = pid;
    this.#mark = mark;
    this.#unguard = guard({ kind: 'marked', pid, mark });
  }

  end(): void {
    try {
      if (bears(this.#pid, this.#mark, PROCFS)) kill(this.#pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
    this.#unguard();
  }
}
