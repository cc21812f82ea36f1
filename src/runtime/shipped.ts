import { join } from 'node:path';
import { CODE, ROOT } from '../project';
import type { AdapterCommand, Missing } from './command';
import { GO_ADAPTER, missingGo } from './go-toolchain';
import { findJdk, findMaven, JAVA_ADAPTER, JAVA_OPTIONS, javaOf, missingJava } from './jdk';
import { findLua, missingLua } from './lua-modules';
import { findPerl, missingPerl } from './perl-modules';
import { missingFrom, PYTHON } from './python-packages';
import { findRuby, missingRuby } from './ruby-gems';

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
    java(),
    rubyAsync(),
    perlCoro(),
    luaCqueues(),
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
  return orMissing(command, missingFrom(packages));
}

function go(): ShippedRuntime {
  return orMissing({ name: 'go', command: GO_ADAPTER, args: [], cwd: ROOT }, missingGo());
}

function java(): ShippedRuntime {
  const jdk = findJdk();
  const args = [`@${JAVA_OPTIONS}`, '-jar', JAVA_ADAPTER];
  const missing = missingJava(join(ROOT, JAVA_ADAPTER), jdk, findMaven());
  return orMissing({ name: 'java', command: jdk ? javaOf(jdk) : 'java', args, cwd: ROOT }, missing);
}

function rubyAsync(): ShippedRuntime {
  const args = [join('adapters', 'ruby', 'async_adapter.rb')];
  return orMissing({ name: 'ruby-async', command: findRuby() ?? 'ruby', args, cwd: ROOT }, missingRuby());
}

function perlCoro(): ShippedRuntime {
  const args = [join('adapters', 'perl', 'coro_adapter.pl')];
  return orMissing({ name: 'perl-coro', command: findPerl() ?? 'perl', args, cwd: ROOT }, missingPerl());
}

function luaCqueues(): ShippedRuntime {
  const args = [join('adapters', 'lua', 'cqueues_adapter.lua')];
  return orMissing({ name: 'lua-cqueues', command: findLua() ?? 'lua5.4', args, cwd: ROOT }, missingLua());
}

function orMissing(command: AdapterCommand, missing: Missing | undefined): ShippedRuntime {
  return missing === undefined ? { command } : { command, missing };
}
