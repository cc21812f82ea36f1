import type { EntryBody } from '../trace/record';
import type { Impasse } from './impasse';
import { instanceOf } from './open-steps';

/** Those in a program who go on and on until they are told to end: once nobody but them comes to run any more, they are called off (ADR 4). */
export class Company {
  readonly #names: readonly string[];
  readonly #impasse: Impasse;
  #callOff: (() => void) | undefined;
  /** In this turn of the event loop. */
  #hasSpoken = false;

  /** @param callOff tells them to end; called at most once */
  constructor(names: readonly string[], impasse: Impasse, callOff: () => void) {
    this.#names = names;
    this.#impasse = impasse;
    this.#callOff = callOff;
  }

  /** @param connecting whether a connection to the database is being made */
  hear(entry: EntryBody, connecting: () => boolean): void {
    if (entry.kind === 'event') this.#impasse.hear(entry.event);
    if (entry.kind === 'event' && this.#names.some((name) => instanceOf(entry.event.thread, name)))
      this.#speak(connecting);
    else this.#impasse.news();
  }

  /** What comes in together is one voice: whoever was kept from listening finds many at once, and has not yet let others go on. */
  #speak(connecting: () => boolean): void {
    if (this.#hasSpoken) return;
    this.#hasSpoken = true;
    setImmediate(() => {
      this.#hasSpoken = false;
    });
    if (this.#impasse.voice(connecting())) this.#callThemOff();
  }

  /** The process is looked at, and nothing has been heard of it for some looks. @param used gives the milliseconds of processor time that it has used */
  look(used: () => number, connecting: () => boolean): void {
    if (this.#callOff !== undefined && this.#impasse.look(used, connecting())) this.#callThemOff();
  }

  #callThemOff(): void {
    const callOff = this.#callOff;
    this.#callOff = undefined;
    callOff?.();
  }
}
