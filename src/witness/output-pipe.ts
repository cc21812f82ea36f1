import { closeSync, constants, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { tryRead } from './procfs';

/** Bits of a descriptor's flags, open(2): whether it is open for reading, for writing, or for both. */
const ACCESS = 0o3;

interface Descriptor {
  readonly path: string;
  readonly pipe: string;
  readonly access: number;
}

/** The pipe that a process writes its standard output to, whichever descriptor it keeps it at; others read it, and hand on what comes. */
export class OutputPipe {
  readonly #path: string;
  readonly #pipe: string;

  private constructor({ path, pipe }: Descriptor) {
    this.#path = path;
    this.#pipe = pipe;
  }

  /**
   * A pipe that the process only writes to and that is not its standard error. What it keeps for itself has both ends in it, and what
   * it has inherited from the harness is the harness's, too. Undefined where that is not one and only one.
   */
  static of(pid: number, procfs: string): OutputPipe | undefined {
    const descriptors = pipesOf(pid, procfs);
    const readHere = descriptors.filter(({ access }) => access !== constants.O_WRONLY);
    const others = new Set([...readHere, ...pipesOf('self', procfs)].map(({ pipe }) => pipe));
    const error = pipeAt(`${procfs}/${pid}/fd/2`);
    const candidates = descriptors.filter(({ pipe }) => pipe !== error && !others.has(pipe));
    const [first] = candidates;
    return first !== undefined && candidates.every(({ pipe }) => pipe === first.pipe)
      ? new OutputPipe(first)
      : undefined;
  }

  /** Writes a line, of 4096 bytes at most, after all that the process has written so far. */
  write(line: string): 'written' | 'full' | 'gone' {
    try {
      const file = openSync(this.#path, constants.O_WRONLY | constants.O_NONBLOCK);
      try {
        // The descriptor may be another file's by now.
        if (pipeAt(this.#path) !== this.#pipe) return 'gone';
        // Of so few bytes a pipe takes all or none.
        writeSync(file, line);
        return 'written';
      } finally {
        closeSync(file);
      }
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 'full' : 'gone';
    }
  }
}

function pipesOf(pid: number | 'self', procfs: string): Descriptor[] {
  const folder = `${procfs}/${pid}/fd`;
  return namesIn(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    const pipe = pipeAt(path);
    const flags = /^flags:\s*(\d+)/m.exec(tryRead(`${procfs}/${pid}/fdinfo/${name}`) ?? '')?.[1];
    return pipe === undefined || flags === undefined
      ? []
      : [{ path, pipe, access: Number.parseInt(flags, 8) & ACCESS }];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What tells a pipe from others; undefined for what is none. */
function pipeAt(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFIFO() ? `${stat.dev}:${stat.ino}` : undefined;
  } catch {
    return undefined;
  }
}
