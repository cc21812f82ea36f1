import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../project';
import type { Missing } from './command';

/** Go's module that holds the SDK in Go and the adapter for goroutines. */
export const GO_MODULE = join(ROOT, 'adapters', 'go');
/** The adapter as `./setup` builds it. */
export const GO_ADAPTER = join(GO_MODULE, 'bin', 'adapter');
/** Where Go's own archive puts it, which many a PATH does not name. */
const USUAL = '/usr/local/go/bin';

/** The `go` command of this machine. */
export function findGo(path = process.env.PATH ?? '', usual = USUAL): string | undefined {
  return [...path.split(delimiter), usual].map((folder) => join(folder, 'go')).find(canRun);
}

/** What the adapter for goroutines lacks. */
export function missingGo(adapter = GO_ADAPTER, go = findGo()): Missing | undefined {
  if (canRun(adapter)) return undefined;
  return go === undefined
    ? { what: 'no Go 1.19 or newer', install: 'sudo apt-get install golang-go && ./setup' }
    : { what: 'its adapter is not built', install: './setup' };
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
