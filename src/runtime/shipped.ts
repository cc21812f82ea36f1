import { join } from 'node:path';
import { CODE, ROOT } from '../project';
import type { AdapterCommand, Missing } from './command';
import { GO_ADAPTER, missingGo } from './go-toolchain';
import { missingFrom, PYTHON } from './python-packages';

/** A runtime that greenspec brings an adapter for. */
export interface ShippedRuntime {
  readonly command: AdapterCommand;
  readonly missing?: Missing;
}

/** The shipped runtimes, the model first. */
export function shippedRuntimes(): readonly ShippedRuntime[] {
  return [
    reference(),
    python('eventlet', ['eventlet', 'oslo.concurrency']),
    python('eventlet-asyncio', ['eventlet', 'oslo.concurrency']),
    python('gevent', ['gevent']),
    python('asyncio', []),
    python('threads', ['oslo.concurrency']),
    python('oslo-service-eventlet', ['eventlet', 'oslo.concurrency', 'oslo.service']),
    python('oslo-service-threading', ['oslo.concurrency', 'oslo.service', 'cotyledon', 'futurist']),
    node(),
    go(),
  ];
}

function reference(): ShippedRuntime {
  return { command: typescript('reference', join('reference-impl', `adapter${CODE}`)) };
}

function node(): ShippedRuntime {
  return { command: typescript('node', join('adapters', 'node', `adapter${CODE}`)) };
}

function typescript(name: string, file: string): AdapterCommand {
  return { name, command: process.execPath, args: ['--require', join(ROOT, 'bin', 'register.js'), file], cwd: ROOT };
}

/** @param packages what the adapter imports, as pip knows it; MySQL drivers are not needed */
function python(name: string, packages: readonly string[]): ShippedRuntime {
  const file = join('adapters', 'python', `${name.replaceAll('-', '_')}_adapter.py`);
  const command: AdapterCommand = { name, command: PYTHON, args: [file], cwd: ROOT };
  const missing = missingFrom(packages);
  return missing === undefined ? { command } : { command, missing };
}

function go(): ShippedRuntime {
  const command: AdapterCommand = { name: 'go', command: GO_ADAPTER, args: [], cwd: ROOT };
  const missing = missingGo();
  return missing === undefined ? { command } : { command, missing };
}
