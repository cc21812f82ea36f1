import type { z } from 'zod';
import * as messages from '../../src/protocol/messages';

const event = { run: 'r1', n: 1, thread: 'subject#1', os: 7, label: 'it', phase: 'finished', value: [[1, 'x', null]] };
const versioned = { name: 'eventlet', version: '0.41' };
const identity = {
  ...versioned,
  language: versioned,
  lock: { name: 'lockutils', standIn: false },
  drivers: { native: { ...versioned, model: true } },
  components: { greenlet: '3' },
};
const run = {
  run: 'r1',
  nonce: '0123456789abcdef',
  program: { threads: { main: { steps: [] } } },
  gates: { host: '127.0.0.1', port: 4711 },
  folder: '/tmp/x',
};
const database = { host: 'h', port: 3306, user: 'u', password: '', database: 'd' };
const rpc = { jsonrpc: '2.0' };
const initialize = { protocol: 1, patch: true, pool: 4 };

/** Of each message, what is taken and what is not. */
export const SAMPLES: Record<string, { zod: z.ZodType; right: unknown[]; wrong: unknown[] }> = {
  InitializeParams: {
    zod: messages.InitializeParams,
    right: [initialize],
    wrong: [{}, { ...initialize, protocol: '1' }, { ...initialize, protocol: 1.5 }, { ...initialize, patch: null }],
  },
  InitializeResult: {
    zod: messages.InitializeResult,
    right: [
      { protocol: 1, runtime: identity, patched: false, capabilities: [] },
      { protocol: 1, runtime: { ...identity, hub: 'epolls' }, patched: true, capabilities: ['get'], more: 1 },
    ],
    wrong: [
      { protocol: 1, runtime: identity, patched: true },
      { protocol: 1, runtime: { ...identity, name: '' }, patched: true, capabilities: [] },
      { protocol: 1, runtime: { ...identity, drivers: { odbc: versioned } }, patched: true, capabilities: [] },
      { protocol: 1, runtime: { ...identity, components: { a: 1 } }, patched: true, capabilities: [] },
      { protocol: 1, runtime: identity, patched: true, capabilities: ['x'.repeat(101)] },
    ],
  },
  RunParams: {
    zod: messages.RunParams,
    right: [run, { ...run, database }],
    wrong: [
      { ...run, nonce: '0123' },
      { ...run, run: 'two words' },
      { ...run, program: { threads: {} } },
      { ...run, gates: { host: 'h', port: 0 } },
      { ...run, database: { ...database, port: 65_536 } },
      { ...run, folder: undefined },
    ],
  },
  RunResult: {
    zod: messages.RunResult,
    right: [
      { events: 0, unfinished: 0 },
      { events: 3, unfinished: 1, more: null },
    ],
    wrong: [{ events: -1, unfinished: 0 }, { events: 1 }, { events: '1', unfinished: 0 }],
  },
  EventParams: {
    zod: messages.EventParams,
    right: [event, { ...event, value: undefined, phase: 'raised', error: { code: '1205', message: '' }, at: 0.5 }],
    wrong: [
      { ...event, n: 0 },
      { ...event, phase: 'ended' },
      { ...event, value: { an: 'object' } },
      { ...event, label: '1st' },
      { ...event, thread: 'x'.repeat(61) },
      { ...event, error: { code: 1205, message: '' } },
      { ...event, os: -1 },
    ],
  },
  Notification: {
    zod: messages.Notification,
    right: [{ ...rpc, method: 'event', params: event }],
    wrong: [
      { ...rpc, method: 'events', params: event },
      { method: 'event', params: event },
    ],
  },
  Response: {
    zod: messages.Response,
    right: [
      { ...rpc, id: 1, result: {} },
      { ...rpc, id: 1, result: null },
      { ...rpc, id: null, error: { code: -32_700, message: 'no JSON', data: [1] } },
    ],
    wrong: [
      { ...rpc, id: 1 },
      { ...rpc, id: null, result: {} },
      { ...rpc, id: 1, error: { code: 'x', message: '' } },
    ],
  },
  Request: {
    zod: messages.Request,
    right: [
      { ...rpc, id: 1, method: 'initialize', params: initialize },
      { ...rpc, id: 2, method: 'run', params: run },
      { ...rpc, id: 3, method: 'shutdown' },
    ],
    wrong: [
      { ...rpc, id: 1, method: 'initialize' },
      { ...rpc, id: 1, method: 'run', params: initialize },
      { ...rpc, method: 'shutdown' },
      { ...rpc, id: 1, method: 'stop' },
    ],
  },
};

/** What no line of the channel is, though it is part of one. */
export const NO_LINES: readonly unknown[] = [event, run, initialize, rpc, null];
