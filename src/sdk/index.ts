/** What an adapter is written with in TypeScript: `import { serve } from 'greenspec/adapter'`. docs/adapters.md is the way in. */
export type { Value } from '../program/names';
export type { Driver, Step } from '../program/step';
export type { DatabaseAddress, RuntimeIdentity } from '../protocol/messages';
export { ProgramError } from './failure';
export { type Awaits, runAsync } from './promises';
export type { Body, Connection, Conversation, Op, Prepared, Runtime, Spawned } from './runtime';
export { serve } from './serve';
