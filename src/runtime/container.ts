import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { guard } from '../guardian/guardian';

/** What `docker rm` may take; then it is left to the guardian. */
const PATIENCE_MS = 20_000;

/** How long a client that is to end is waited for to have made its container: it may be at the download of an image. */
const CREATION_MS = 5000;

/**
 * The container that a `docker run`, or the like, makes under a name of ours. The end of its client does not end it: whoever hangs in
 * it, or is killed with it, is ended by name. Create it in the same tick as the client is started.
 */
export class AdapterContainer {
  readonly name: string;
  readonly #client: string;
  readonly #unguard: () => void;
  #removed = false;

  /** @param client the program that was started: `docker`, or one like it */
  constructor(name: string, client: string) {
    this.name = name;
    this.#client = client;
    this.#unguard = guard({ kind: 'container', id: name, client });
  }

  /**
   * Ends and removes it while its client runs. A client that is killed may have asked for a container that is not there yet, and that
   * nobody would end: so it is to live until there is one.
   *
   * @param running whether the client does
   */
  async removeBefore(running: () => boolean): Promise<void> {
    const deadline = performance.now() + CREATION_MS;
    while (running() && !this.#removed && performance.now() < deadline)
      if ((await this.#tryToRemove()) !== 'removed') await pause(10);
  }

  /**
   * Ends and removes it, whatever runs in it, once its client has ended.
   *
   * @param finished whether the client ended by itself: then there is nothing more to come. What one that was killed from outside had
   * asked for may be yet to come: the guardian ends it with greenspec.
   */
  async remove(finished: boolean): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    let outcome = this.#removed ? 'removed' : await this.#tryToRemove();
    const wasThere = outcome !== 'not there';
    // With `--rm` the engine removes it by itself once it has ended, and it is there until that is done.
    while (outcome === 'under way' && performance.now() < deadline) {
      await pause(10);
      outcome = await this.#tryToRemove();
    }
    if (outcome === 'removed' || (outcome === 'not there' && (wasThere || finished))) this.#unguard();
  }

  #tryToRemove(): Promise<'removed' | 'under way' | 'not there' | 'failed'> {
    return new Promise((resolve) =>
      execFile(
        this.#client,
        ['rm', '--force', '--volumes', this.name],
        { timeout: PATIENCE_MS },
        (error, output, complaint) => {
          this.#removed ||= output.includes(this.name);
          if (this.#removed) resolve('removed');
          else if (/in progress/i.test(complaint)) resolve('under way');
          // Newer engines find nothing wrong with a container that is not there.
          else resolve(error === null || /no such container/i.test(complaint) ? 'not there' : 'failed');
        },
      ),
    );
  }
}
