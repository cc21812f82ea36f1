import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Named pipes that are made at a time: to start what makes them takes far longer than to make them. */
const PIPES = 16;

/** Where one run and its program meet in files. */
export interface RunFolder {
  readonly path: string;
  /** What the program finds in readable.txt. */
  readonly text: string;
  /** The lines that the program has logged so far. */
  log(): string[];
}

/** The folders of a session's runs, which go when the session's own goes. */
export class RunFolders {
  readonly #parent: string;
  readonly #spare: string[] = [];
  #made = 0;

  constructor(parent: string) {
    this.#parent = parent;
  }

  /** @param pipes the gates at which the program reads from a named pipe */
  make(nonce: string, pipes: readonly string[]): RunFolder {
    const path = join(this.#parent, nonce);
    const text = randomBytes(16).toString('hex');
    mkdirSync(path);
    writeFileSync(join(path, 'readable.txt'), text);
    for (const gate of pipes) renameSync(this.#sparePipe(), join(path, `pipe-${gate}`));
    return { path, text, log: () => readLog(join(path, 'log.txt')) };
  }

  #sparePipe(): string {
    if (this.#spare.length === 0) this.#makePipes();
    return this.#spare.pop() ?? '';
  }

  /** Node has no call of its own for it. */
  #makePipes(): void {
    const pipes = Array.from({ length: PIPES }, () => join(this.#parent, `spare-pipe-${++this.#made}`));
    execFileSync('mkfifo', pipes);
    this.#spare.push(...pipes);
  }
}

function readLog(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return [];
  }
}
