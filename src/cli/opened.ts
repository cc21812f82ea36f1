import type { Database, DatabaseChoice } from '../database/database';
import { Fault } from '../fault/fault';
import type { AdapterCommand } from '../runtime/command';
import { openSession, type Session } from '../session/session';

/** The adapter, and the server where there is to be one, are started when they are needed, once. */
export class OpenedWhenNeeded {
  readonly #command: AdapterCommand;
  readonly #choice: DatabaseChoice | undefined;
  readonly #deadline: number | undefined;
  #database: Promise<Database> | undefined;
  #session: Promise<Session> | undefined;

  /**
   * @param choice the server; undefined where none is wanted
   * @param deadline seconds
   */
  constructor(command: AdapterCommand, choice: DatabaseChoice | undefined, deadline: number | undefined) {
    this.#command = command;
    this.#choice = choice;
    this.#deadline = deadline === undefined ? undefined : deadline * 1000;
  }

  get(): Promise<Session> {
    this.#session ??= this.#open();
    return this.#session;
  }

  /** The server; undefined where none is wanted. */
  database(): Promise<Database> | undefined {
    return this.#database;
  }

  async close(): Promise<void> {
    await (await this.#session?.catch(() => undefined))?.close();
    await (await this.#database?.catch(() => undefined))?.close();
  }

  async #open(): Promise<Session> {
    const command = this.#command;
    const options = { deadline: this.#deadline };
    if (this.#choice === undefined)
      return openSession(command, new Fault({ party: 'user', what: 'no database is wanted' }), options);
    const { openDatabase } = await import('../database/open');
    this.#database = openDatabase(this.#choice);
    return openSession(
      command,
      this.#database.then(({ address }) => address),
      options,
    );
  }
}
