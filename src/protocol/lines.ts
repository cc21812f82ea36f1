import type { Readable } from 'node:stream';

export interface LineHandlers {
  readonly line: (line: string) => void;
  /** More than `limit` bytes came without an end of line; nothing is read after that. */
  readonly tooLong: (bytes: number) => void;
  readonly end: (rest: string) => void;
}

const LF = 0x0a;

/** Splits a stream into lines, never holding more than `limit` bytes of one. */
export function readLines(stream: Readable, limit: number, handlers: LineHandlers): void {
  let held: Buffer[] = [];
  let size = 0;
  let over = false;

  const take = (piece: Buffer): void => {
    held.push(piece);
    size += piece.length;
  };
  const give = (): string => {
    const line = held.length === 1 ? String(held[0]) : Buffer.concat(held).toString('utf8');
    held = [];
    size = 0;
    return line;
  };

  stream.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let to = chunk.indexOf(LF); to >= 0 && !over; to = chunk.indexOf(LF, from)) {
      take(chunk.subarray(from, to));
      from = to + 1;
      check();
      if (!over) handlers.line(give());
    }
    if (over) return;
    if (from < chunk.length) take(chunk.subarray(from));
    check();
  });
  stream.on('end', () => {
    if (!over) handlers.end(give());
  });

  function check(): void {
    if (size <= limit) return;
    over = true;
    held = [];
    handlers.tooLong(size);
  }
}
