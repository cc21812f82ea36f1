import { openSync, writeSync } from 'node:fs';

/**
 * The way out to the harness: whole lines, each in one write, none held back.
 *
 * `process.stdout` is of no use for that, since it keeps output in its own memory; and from here on it is standard
 * error, so that a stray print harms nothing.
 */
export class Channel {
  readonly #descriptor = duplicateOfStdout();

  constructor() {
    Object.defineProperty(process, 'stdout', { get: () => process.stderr, configurable: true });
  }

  /** Writes one JSON-RPC message; blocks the OS thread until the harness has room for it. */
  send(message: object): void {
    this.write(Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`));
  }

  write(line: Uint8Array): void {
    for (let written = 0; written < line.length; ) written += this.#writeSome(line.subarray(written));
  }

  #writeSome(bytes: Uint8Array): number {
    try {
      return writeSync(this.#descriptor, bytes);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      pause();
      return 0;
    }
  }
}

/**
 * Node cannot duplicate a descriptor. A pipe can be opened anew, which gives it a blocking mode of its own; a socket,
 * which is what Node gives its child processes, cannot (ENXIO), so there it is descriptor 1 itself, whose mode others
 * may have set to non-blocking.
 */
function duplicateOfStdout(): number {
  try {
    return openSync('/dev/fd/1', 'w');
  } catch {
    return 1;
  }
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the OS thread for a millisecond, as a write to a full blocking descriptor would for longer. */
function pause(): void {
  Atomics.wait(never, 0, 0, 1);
}
