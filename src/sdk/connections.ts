import { ProgramError } from './failure';
import type { Connection, Op } from './runtime';

interface Open<Y> {
  readonly instance: string;
  readonly name: string;
  readonly connection: Connection<Y>;
}

/** The open connections of a run. A name means the one that this instance opened, else the last that any opened. */
export class Connections<Y> {
  #open: Open<Y>[] = [];

  add(instance: string, name: string, connection: Connection<Y>): void {
    this.#open.push({ instance, name, connection });
  }

  /** @throws ProgramError `no-connection` */
  find(instance: string, name: string): Connection<Y> {
    const named = this.#open.filter((open) => open.name === name);
    const found = named.findLast((open) => open.instance === instance) ?? named.at(-1);
    if (found === undefined) throw new ProgramError('no-connection', `no connection named ${name} is open`);
    return found.connection;
  }

  /** @throws ProgramError `no-connection` */
  *close(instance: string, name: string): Op<Y, null> {
    const connection = this.find(instance, name);
    this.#open = this.#open.filter((open) => open.connection !== connection);
    yield* connection.close();
    return null;
  }

  /** Closes what the program left open. */
  *closeAll(): Op<Y> {
    for (const { connection } of this.#open) {
      try {
        yield* connection.close();
      } catch {
        // It ended before: the server may have killed it.
      }
    }
  }
}
