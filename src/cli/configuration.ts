import { findConfig } from '../config/find';
import type { LoadedConfig } from '../config/load';

/** The configuration that is named, or found from here; what reads it is loaded where there is one. */
export async function configuration(named?: string): Promise<LoadedConfig | undefined> {
  const file = named ?? findConfig(process.cwd());
  return file === undefined ? undefined : (await import('../config/load')).loadConfig(file);
}
