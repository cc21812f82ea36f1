import { text } from 'node:stream/consumers';
import { Fault } from '../fault/fault';
import { excerpt } from './log-excerpt';

/** A container as the engine knows it, by its name: there from before it is started until after it has ended. */
export class EngineContainer {
  readonly name: string;
  readonly #watching = new AbortController();

  constructor(name: string) {
    this.name = name;
  }

  /** Waits until it ends, from before it is started, and then says what it wrote last. */
  async watch(image: string): Promise<never> {
    const { client, container } = await this.#find();
    const { StatusCode: code } = await container.wait({
      condition: 'next-exit',
      abortSignal: this.#watching.signal,
    });
    const log = await text(await client.logs(container, { tail: 12 })).catch(String);
    const came = `exit code ${code}${excerpt(log)}`;
    throw new Fault({ party: 'database', what: `the container of ${image} ended before it answered`, came });
  }

  /** From here on whoever uses the server will notice; an open watch would keep this process from ending. */
  unwatch(): void {
    this.#watching.abort();
  }

  async remove(): Promise<void> {
    const { container } = await this.#find();
    await container.remove({ force: true, v: true }).catch((error: { statusCode?: number }) => {
      if (error.statusCode !== 404) throw error;
    });
  }

  async #find() {
    // Slow to load, so only here.
    const { getContainerRuntimeClient } = await import('testcontainers');
    const client = (await getContainerRuntimeClient()).container;
    return { client, container: client.getById(this.name) };
  }
}
