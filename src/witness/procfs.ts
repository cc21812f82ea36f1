import { closeSync, openSync, readlinkSync, readSync } from 'node:fs';

/** Where the kernel tells of processes, unless it is said to be elsewhere: proc(5). */
export const PROCFS = '/proc';

/** Whether there is a procfs that tells of other processes. */
export function kernelAvailable(procfs = PROCFS): boolean {
  return tryRead(`${procfs}/self/stat`) !== undefined;
}

/**
 * The number that a process, or an OS thread, has for itself, by its `status`: the last of a line `NSpid: 4711 7`, which has one for
 * each namespace from outside in. Undefined where the kernel has no namespaces.
 */
export function ownNumber(status = ''): number | undefined {
  const last = /^NSpid:.*?(\d+)\s*$/m.exec(status)?.[1];
  return last === undefined ? undefined : Number(last);
}

/** One buffer for all reading: hundreds of small ones a second would have the collector run all the time. */
const page = Buffer.allocUnsafe(64 * 1024);

/** A file of procfs, whose size is not known before it is read; undefined where it cannot be. */
export function tryRead(path: string): string | undefined {
  try {
    return [...chunksOf(path)].join('');
  } catch {
    return undefined;
  }
}

/** Bytes of a file of procfs from somewhere on, a process's memory, say; undefined where they cannot be had. */
export function tryReadAt(path: string, position: bigint, size: number): Buffer | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(size);
      return readSync(file, bytes, 0, size, position) === size ? bytes : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** What a link of procfs leads to; undefined where that is not told. */
export function tryReadLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** The lines of a file of procfs, which is read no further than they are asked for; none where it cannot be read. */
export function* linesOf(path: string): Generator<string> {
  let rest = '';
  try {
    for (const chunk of chunksOf(path)) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch {
    // What was read until then is all that there is.
  }
}

function* chunksOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    for (let size = readSync(file, page); size > 0; size = readSync(file, page)) yield page.toString('latin1', 0, size);
  } finally {
    closeSync(file);
  }
}

/** A small file of procfs that is kept open, since to open it takes longer than to read it. It goes on telling of the same process, and of no other after that. */
export class KeptFile {
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** What it says now; undefined once what it tells of is gone. */
  read(): string | undefined {
    try {
      this.#file ??= openSync(this.#path, 'r');
      return page.toString('latin1', 0, readSync(this.#file, page, 0, page.length, 0));
    } catch {
      return undefined;
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
