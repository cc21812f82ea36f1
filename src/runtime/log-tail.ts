import type { Readable } from 'node:stream';

const LINES = 20;
/** Characters of a line that are kept. */
const WIDTH = 500;

/** The last lines of what a process writes to its log. */
export class LogTail {
  readonly #lines: string[] = [];
  #begun = '';

  constructor(stream: Readable) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => this.#take(text));
  }

  get lines(): readonly string[] {
    return this.#begun === '' ? this.#lines : [...this.#lines, this.#begun];
  }

  #take(text: string): void {
    const [first = '', ...rest] = text.split('\n');
    // What a line has beyond its width is forgotten at once: it may never end.
    this.#begun = (this.#begun + first).slice(0, WIDTH);
    for (const line of rest) {
      if (this.#begun !== '') this.#lines.push(this.#begun);
      this.#begun = line.slice(0, WIDTH);
    }
    this.#lines.splice(0, this.#lines.length - LINES);
  }
}
