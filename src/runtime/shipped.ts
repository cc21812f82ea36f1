import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../project';
import type { AdapterCommand } from './command';

/** A runtime that greenspec brings an adapter for. */
export interface ShippedRuntime {
  readonly command: AdapterCommand;
  /** Why it cannot be tested on this machine, with the line to type. */
  readonly missing?: string;
}

const python = join(ROOT, '.venv', 'bin', 'python');

/** The shipped runtimes, the model first. */
export function shippedRuntimes(): readonly ShippedRuntime[] {
  return [reference(), pythonRuntime('eventlet', 'eventlet_adapter.py'), node()];
}

function reference(): ShippedRuntime {
  return { command: typescript('reference', join('reference-impl', 'adapter.ts')) };
}

function node(): ShippedRuntime {
  return { command: typescript('node', join('adapters', 'node', 'adapter.ts')) };
}

function typescript(name: string, file: string): AdapterCommand {
  return { name, command: process.execPath, args: ['--require', join(ROOT, 'bin', 'register.js'), file], cwd: ROOT };
}

function pythonRuntime(name: string, file: string): ShippedRuntime {
  const command: AdapterCommand = { name, command: python, args: [join('adapters', 'python', file)], cwd: ROOT };
  return existsSync(python) ? { command } : { command, missing: 'no Python environment: run ./setup' };
}
