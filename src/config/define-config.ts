import type { Config } from './schema';

export type { Config };

/** A configuration as it is: so that TypeScript checks it, and an editor completes it, in `greenspec.config.ts`. */
export function defineConfig(config: Config): Config {
  return config;
}
