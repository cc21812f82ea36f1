import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Reads one line of a named pipe by plain calls: each blocks the OS thread, the opening until somebody has opened the other
 * end. Null if the pipe ended before the line did.
 */
export function readLineOf(pipe: string): string | null {
  const descriptor = openSync(pipe, 'r');
  try {
    const chunk = Buffer.alloc(4096);
    let received = Buffer.alloc(0);
    while (!received.includes('\n')) {
      const size = readSync(descriptor, chunk);
      if (size === 0) return null;
      received = Buffer.concat([received, chunk.subarray(0, size)]);
    }
    return received.toString('utf8', 0, received.indexOf('\n'));
  } finally {
    closeSync(descriptor);
  }
}
