/** Lets several write to one place at the same time as if they did one after the other: what a later one says is held back until those before it are done. */
export class Turns {
  readonly #write: (line: string) => void;
  readonly #held: string[][];
  readonly #done: boolean[];
  #turn = 0;

  constructor(count: number, write: (line: string) => void) {
    this.#write = write;
    this.#held = Array.from({ length: count }, () => []);
    this.#done = Array.from({ length: count }, () => false);
  }

  write(who: number, line: string): void {
    if (who === this.#turn) this.#write(line);
    else this.#held[who]?.push(line);
  }

  /** One has nothing more to say: those after it have their turn, as far as they have come. */
  done(who: number): void {
    this.#done[who] = true;
    while (this.#done[this.#turn] === true) {
      this.#turn += 1;
      for (const line of this.#held[this.#turn]?.splice(0) ?? []) this.#write(line);
    }
  }
}
