import { constants } from 'node:os';

type Cleanup = () => Promise<void>;

const cleanups = new Set<Cleanup>();

/** Has something ended by `endAll`. Gives what to call once it has ended by itself. */
export function onExit(cleanup: Cleanup): () => void {
  cleanups.add(cleanup);
  return () => void cleanups.delete(cleanup);
}

/** Ends everything that is registered, the newest first, each once; one that fails keeps none from its turn. */
export async function endAll(): Promise<void> {
  const errors: unknown[] = [];
  for (let cleanup = newest(); cleanup !== undefined; cleanup = newest()) {
    cleanups.delete(cleanup);
    try {
      await cleanup();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} of the things to end could not be ended`);
}

function newest(): Cleanup | undefined {
  return [...cleanups].at(-1);
}

/**
 * From here on a first SIGINT, SIGTERM or SIGHUP ends everything in order and then exits (130 for Ctrl-C); a second one exits
 * at once and leaves the rest to the guardian. `tell` is given what a person should read.
 */
export function endOnSignals(tell: (line: string) => void): void {
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const code = 128 + constants.signals[signal];
    process.on(signal, () => {
      if (ending) process.exit(code);
      ending = true;
      tell(`${signal}: ending what was started; once more to leave at once`);
      endAll()
        .catch((error: unknown) => tell(error instanceof AggregateError ? error.errors.join('\n') : String(error)))
        .finally(() => process.exit(code));
    });
  }
}
