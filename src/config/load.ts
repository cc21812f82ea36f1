import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { Fault } from '../fault/fault';
import { Config } from './schema';

/** A configuration, and the folder that its paths start from. */
export interface LoadedConfig {
  readonly folder: string;
  readonly config: z.output<typeof Config>;
}

/** @throws Fault of the user, with the file and each key that does not fit */
export function loadConfig(file: string): LoadedConfig {
  const path = resolve(file);
  const parsed = Config.safeParse(path.endsWith('.json') ? readJson(path) : execute(path));
  if (parsed.success) return { folder: dirname(path), config: parsed.data };
  throw new Fault({
    party: 'user',
    what: `${file} is no configuration`,
    expected: 'what docs/configuration.md says',
    came: `\n${z.prettifyError(parsed.error)}`,
  });
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const what = `${path} ${cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read'}`;
    throw new Fault({ party: 'user', what }, { cause });
  }
}

/** What the module exports: as its default, or as a whole. TypeScript is loaded as greenspec's own is. */
function execute(path: string): unknown {
  try {
    const exported = require(path) as { default?: unknown };
    return exported.default ?? exported;
  } catch (cause) {
    throw new Fault({ party: 'user', what: `${path} cannot be loaded` }, { cause });
  }
}
