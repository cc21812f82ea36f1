import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { OutputPipe } from '../witness/output-pipe';

/** Milliseconds after which a mark is hoped for no more. */
const PATIENCE = 10_000;

/**
 * What an adapter in a container writes is handed on by several processes before it comes here, so that it may sleep while its last words
 * are still on their way. A mark that is written into its output behind them comes here behind them, too.
 */
export class Relay {
  readonly #pipe: OutputPipe;
  readonly #mark = `greenspec-${randomBytes(16).toString('hex')}-`;
  readonly #waiting = new Map<number, (came: boolean) => void>();
  #last = 0;
  #half = '';

  constructor(pipe: OutputPipe) {
    this.#pipe = pipe;
  }

  /** Comes once all has come that was written before the call; false where that cannot be known. */
  async flush(): Promise<boolean> {
    const number = ++this.#last;
    const came = new Promise<boolean>((resolve) => this.#waiting.set(number, resolve));
    const late = setTimeout(() => this.#settle(number, false), PATIENCE).unref();
    const written = await this.#write(`${this.#mark}${number}\n`, number);
    if (!written) this.#settle(number, false);
    return came.finally(() => clearTimeout(late));
  }

  /** A pipe that is full is being read. */
  async #write(text: string, number: number): Promise<boolean> {
    for (;;) {
      const outcome = this.#pipe.write(text);
      if (outcome !== 'full' || !this.#waiting.has(number)) return outcome === 'written';
      await pause(1);
    }
  }

  /** Takes a line; gives what of it is the adapter's. A mark may stand behind half a line of its, whose rest comes with the next. */
  take(line: string): string | undefined {
    const at = line.lastIndexOf(this.#mark);
    if (at < 0) {
      const whole = this.#half + line;
      this.#half = '';
      return whole;
    }
    this.#half += line.slice(0, at);
    const number = Number(line.slice(at + this.#mark.length));
    this.#settle(number, true);
    return undefined;
  }

  /** Nothing comes any more, and nobody is to wait for it. */
  end(): void {
    for (const number of [...this.#waiting.keys()]) this.#settle(number, false);
  }

  #settle(number: number, came: boolean): void {
    this.#waiting.get(number)?.(came);
    this.#waiting.delete(number);
  }
}
