import type { Step } from '../program/step';
import type { Runtime } from './runtime';

/** Steps that the SDK does by itself, or that every runtime has. */
const ALWAYS = [
  ...['spawn', 'join', 'return', 'raise', 'attempt', 'compute', 'call', 'touch/file'],
  ...['get', 'set', 'when', 'repeat', 'until'],
];

/** What a runtime has, in the words of docs/protocol.md: what its parts show, never what it claims. */
export function capabilities<Y>(runtime: Runtime<Y>): string[] {
  const connects = words('connect', runtime.drivers);
  return [
    ...ALWAYS,
    ...words('sleep', runtime.sleep),
    ...words('wait', runtime.wait),
    ...(runtime.log ? ['touch/log'] : []),
    ...(runtime.synchronized ? ['synchronized'] : []),
    ...connects,
    ...(connects.length > 0 ? ['query', 'close'] : []),
    ...runtime.patches.map((patch) => (patch ? 'patch/on' : 'patch/off')),
  ];
}

/** The capability that a step needs. */
export function word(step: Step): string {
  if ('through' in step) return `${step.do}/${step.through}`;
  if ('driver' in step) return `${step.do}/${step.driver}`;
  if ('what' in step) return `${step.do}/${step.what}`;
  return step.do;
}

function words(kind: string, ways: object): string[] {
  return Object.entries(ways).flatMap(([name, way]) => (way === undefined ? [] : [`${kind}/${name}`]));
}
