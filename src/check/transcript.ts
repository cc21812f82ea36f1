/** The most lines of an exchange that are shown: its beginning, and its end, where what went wrong stands. */
const HEAD = 4;
const TAIL = 10;

/** Characters of a line that are shown. A program is worth more of them than an answer. */
const SENT_WIDTH = 700;
const RECEIVED_WIDTH = 260;

type Direction = 'sent' | 'received' | 'noted';

const ARROWS: Record<Direction, string> = { sent: '→', received: '←', noted: '·' };

/** All that was said between harness and adapter while one check was made. */
export class Transcript {
  readonly #lines: { readonly direction: Direction; readonly text: string }[] = [];

  sent(text: string): void {
    this.#lines.push({ direction: 'sent', text: text.replace(/\n$/, '') });
  }

  received(text: string): void {
    this.#lines.push({ direction: 'received', text });
  }

  /** What happened beside the lines: a process was started, a gate was opened. */
  noted(text: string): void {
    this.#lines.push({ direction: 'noted', text });
  }

  /** As people read it: an arrow a line, long lines and long exchanges cut, and without what is no business of a reader. */
  excerpt(): string[] {
    const lines = this.#lines.map(({ direction, text }) => `${ARROWS[direction]} ${shown(direction, text)}`);
    const left = lines.length - HEAD - TAIL;
    if (left <= 1) return lines;
    return [...lines.slice(0, HEAD), `… ${left} more lines`, ...lines.slice(-TAIL)];
  }
}

function shown(direction: Direction, text: string): string {
  const plain = text
    .replace(/"database":\{[^}]*\}/, '"database":{…}')
    .replace(/"folder":"[^"]*"/, '"folder":"…"')
    .replaceAll('\n', '⏎');
  return shortened(plain, direction === 'sent' ? SENT_WIDTH : RECEIVED_WIDTH);
}

/** Its beginning and its end, where there is too much of it. */
export function shortened(text: string, width = RECEIVED_WIDTH): string {
  if (text.length <= width) return text;
  const tail = Math.floor(width / 4);
  return `${text.slice(0, width - tail)} … ${text.slice(-tail)} (${text.length} characters)`;
}
