import { z } from 'zod';
import { RuntimeIdentity } from '../../protocol/messages';
import type { ResultFile } from '../../verdict/result';

const Identity = z.object({ runtime: RuntimeIdentity });

/** What a runtime was tested as, each with its name: versions, lock, drivers, server, machine. */
export function identityOf({ runtime, database, platform, date, greenspec }: ResultFile): [string, string][] {
  const { os, architecture, cores, node } = platform;
  return [
    ...runtimeLines(runtime.identity),
    ['MySQL', database === null ? 'none' : `${database.server} ${database.version} (${database.provider})`],
    ['machine', `${os}, ${architecture}, ${cores} cores, Node ${node}${platform.procfs ? '' : ', without procfs'}`],
    ['tested', `${date.slice(0, 10)}, by greenspec ${greenspec}`],
  ];
}

/** `eventlet 0.41.3 on python 3.11.7`. */
export function versionOf({ runtime }: ResultFile): string {
  const identity = Identity.safeParse(runtime.identity);
  if (!identity.success) return runtime.name;
  const { name, version, language } = identity.data.runtime;
  return `${name} ${version} on ${language.name} ${language.version}`;
}

/** The runtime and what it is made of, each with its version: itself, its language, its lock, its drivers, further components, and the server. */
export function versionsOf({ runtime, database }: ResultFile): { name: string; version: string | undefined }[] {
  const identity = Identity.safeParse(runtime.identity);
  if (!identity.success) return [];
  const { language, lock, drivers, components, ...itself } = identity.data.runtime;
  const server = database === null ? [] : [{ name: database.server, version: database.version }];
  const parts = Object.entries(components).map(([name, version]) => ({ name, version }));
  return [itself, language, lock, ...Object.values(drivers), ...parts, ...server].map(({ name, version }) => ({
    name,
    version,
  }));
}

function runtimeLines(given: unknown): [string, string][] {
  const identity = Identity.safeParse(given);
  if (!identity.success) return [['runtime', 'it never said what it is']];
  const { name, version, language, hub, lock, drivers, components = {} } = identity.data.runtime;
  return [
    ['runtime', `${name} ${version} on ${language.name} ${language.version}`],
    ...(hub === undefined ? [] : [['hub', hub] as [string, string]]),
    ['lock', `${lock.name} ${lock.version ?? ''}${lock.standIn ? ' (a stand-in for lockutils)' : ''}`],
    ...Object.entries(drivers).map(([kind, driver]): [string, string] => [
      kind.replace('-', ' '),
      `${driver?.name} ${driver?.version}${driver?.model === true ? ' (a model of one)' : ''}`,
    ]),
    ...Object.entries(components).map(([part, version]): [string, string] => [part, String(version)]),
  ];
}
