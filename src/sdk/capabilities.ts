import { capabilityOf } from '../program/needs';
import { everyStep } from '../program/walk';
import type { RunParams } from '../protocol/messages';
import type { Runtime } from './runtime';

/** Steps that the SDK does by itself, or that every runtime has. */
const ALWAYS = [
  ...['spawn', 'join', 'return', 'raise', 'attempt', 'compute', 'call', 'touch/file', 'wait/raw-pipe'],
  ...['get', 'set', 'when', 'repeat', 'until'],
];

/** What a runtime has, in the words of docs/protocol.md: what its parts show, never what it claims. */
export function capabilities<Y>(runtime: Runtime<Y>): string[] {
  const connects = words('connect', runtime.drivers);
  return [
    ...ALWAYS,
    ...words('sleep', runtime.sleep),
    ...(runtime.sleep.library ? ['sleep/negative'] : []),
    ...(runtime.yieldNow ? ['yield'] : []),
    ...words('wait', runtime.wait),
    ...(runtime.log ? ['touch/log'] : []),
    ...(runtime.synchronized ? ['synchronized'] : []),
    ...(runtime.spawnInPool ? ['spawn/pool'] : []),
    ...(runtime.kill ? ['kill'] : []),
    ...(runtime.timeout ? ['timeout'] : []),
    ...words('hold', runtime.hold ?? {}),
    ...connects,
    ...(connects.length > 0 ? ['query', 'close'] : []),
    ...runtime.patches.map((patch) => (patch ? 'patch/on' : 'patch/off')),
  ];
}

/** What a program asks for that is not there, beyond what its schema says; undefined if all is well. */
export function unmet({ program, database }: RunParams, capabilities: ReadonlySet<string>): string | undefined {
  for (const { step } of everyStep(program)) {
    if ('thread' in step && !Object.hasOwn(program.threads, step.thread)) return `no green thread named ${step.thread}`;
    if (!capabilities.has(capabilityOf(step))) return `this runtime has no ${capabilityOf(step)}`;
    if (step.do === 'connect' && database === undefined) return 'a step connects, and there is no database';
  }
  return undefined;
}

function words(kind: string, ways: object): string[] {
  return Object.entries(ways).flatMap(([name, way]) => (way === undefined ? [] : [`${kind}/${name}`]));
}
