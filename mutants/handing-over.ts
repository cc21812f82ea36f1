import { Hub } from '../reference-impl/hub';

/** A hub that can let those run who are ready in the midst of a green thread's slice: no timer, and no I/O. */
export class HandingOver extends Hub {
  readonly #ready = new Set<() => void>();

  override schedule(seconds: number, callback: () => void): void {
    if (seconds > 0) super.schedule(seconds, callback);
    else {
      const once = (): void => {
        if (this.#ready.delete(once)) callback();
      };
      this.#ready.add(once);
      super.schedule(0, once);
    }
  }

  letReadyRun(): void {
    for (const run of [...this.#ready]) run();
  }
}
