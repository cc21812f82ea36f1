import type { Value } from '../program/names';
import type { RunParams } from '../protocol/messages';
import type { Connections } from './connections';
import type { Events } from './events';
import type { Op, Runtime } from './runtime';

/** What the green threads of a program that runs have in common. */
export interface Shared<Y> {
  readonly runtime: Runtime<Y>;
  readonly params: RunParams;
  readonly events: Events;
  readonly variables: Map<string, Value>;
  readonly connections: Connections<Y>;
  spawn(thread: string, count?: number, inPool?: boolean): Op<Y, null>;
  kill(thread: string): Op<Y, null>;
  join(thread: string): Op<Y, Value>;
}

/** An instance of a green thread of the program. */
export interface Instance<Y> {
  readonly run: Shared<Y>;
  readonly name: string;
  readonly locals: Map<string, Value>;
}
