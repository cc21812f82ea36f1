import { join, resolve } from 'node:path';
import type { LoadedConfig } from '../config/load';
import { RUNTIME_NAME } from '../config/runtime-name';
import { Fault } from '../fault/fault';
import { ROOT } from '../project';
import type { AdapterCommand, Missing } from '../runtime/command';
import { containerCommand } from '../runtime/container-command';
import { type ShippedRuntime, shippedRuntimes } from '../runtime/shipped';

/** A runtime that is to be tested. */
export interface Target {
  readonly command: AdapterCommand;
  /** Whether the name alone says how it is started. */
  readonly named: boolean;
  /** Why it cannot be tested on this machine. */
  readonly missing?: Missing;
  /** Where its expectations stand. */
  readonly expectations?: { readonly path: string; readonly mayLack: boolean };
}

/** A runtime by the command that starts its adapter. */
export function ownTarget(name: string, [command = '', ...args]: readonly string[]): Target {
  if (RUNTIME_NAME.test(name)) return { command: { name, command, args, cwd: process.cwd() }, named: false };
  const expected = 'letters, digits, and _ . -';
  throw new Fault({ party: 'user', what: 'no name for a runtime', expected, came: name });
}

/** A runtime by its name: the configuration's goes before a shipped one of the same name. */
export function findTarget(name: string, loaded: LoadedConfig | undefined): Target {
  const targets = [...configured(loaded), ...shippedRuntimes().map(shipped)];
  const target = targets.find(({ command }) => command.name === name);
  const known = targets.map(({ command }) => command.name).join(', ');
  if (target === undefined)
    throw new Fault({ party: 'user', what: 'no such runtime', expected: `one of ${known}`, came: name });
  if (target.missing === undefined) return target;
  const what = `${name} is not installed`;
  throw new Fault({ party: 'environment', what, came: target.missing.what, advice: target.missing.install });
}

/** Whether a name is that of a runtime, whether or not it is installed. */
export function hasTarget(name: string, loaded: LoadedConfig | undefined): boolean {
  return [...configured(loaded), ...shippedRuntimes().map(shipped)].some(({ command }) => command.name === name);
}

/** All that the configuration names, or else the shipped ones. */
export function allTargets(loaded: LoadedConfig | undefined): readonly Target[] {
  const own = configured(loaded);
  return own.length > 0 ? own : shippedRuntimes().map(shipped);
}

function shipped(runtime: ShippedRuntime): Target {
  const path = join(ROOT, 'adapters', 'expectations', `${runtime.command.name}.yaml`);
  return { ...runtime, named: true, expectations: { path, mayLack: true } };
}

function configured(loaded: LoadedConfig | undefined): Target[] {
  return Object.entries(loaded?.config.runtimes ?? {}).map(([name, runtime]) => {
    const folder = loaded?.folder ?? '';
    const path = runtime.expectations === undefined ? undefined : resolve(folder, runtime.expectations);
    return {
      named: true,
      command: commandOf(name, runtime, resolve(folder, runtime.cwd ?? '.')),
      ...(path === undefined ? {} : { expectations: { path, mayLack: false } }),
    };
  });
}

type ConfiguredRuntime = NonNullable<LoadedConfig['config']['runtimes']>[string];

function commandOf(name: string, { command, container, env }: ConfiguredRuntime, cwd: string): AdapterCommand {
  if (container !== undefined) return containerCommand(name, { ...container, env }, cwd);
  const [program = '', ...args] = command ?? [];
  return { name, command: program, args, cwd, ...(env === undefined ? {} : { env }) };
}
