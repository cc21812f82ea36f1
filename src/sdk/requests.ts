import type { InitializeParams } from '../protocol/messages';

/** A JSON-RPC request: what every line that comes in has to be. */
export interface Request {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

// These two are read by hand, and held against the schemas in a test: loading what reads schemas takes as long as all else that an
// adapter does before it can answer its first request.

/** Reads a request; gives what does not fit, where something does not. */
export function readRequest(input: unknown): Request | string {
  if (!isObject(input)) return 'a request is an object';
  const { jsonrpc, id, method, params } = input;
  if (jsonrpc !== '2.0') return 'jsonrpc: expected "2.0"';
  if (!isInteger(id)) return 'id: expected an integer';
  if (typeof method !== 'string') return 'method: expected a string';
  return { id, method, params };
}

/** Reads the parameters of `initialize`; gives what does not fit, where something does not. */
export function readInitialize(input: unknown): InitializeParams | string {
  if (!isObject(input)) return 'the parameters of initialize are an object';
  const { protocol, patch, pool } = input;
  if (!isInteger(protocol)) return 'protocol: expected an integer';
  if (typeof patch !== 'boolean') return 'patch: expected true or false';
  if (!isInteger(pool) || pool < 1 || pool > 1000) return 'pool: expected an integer from 1 to 1000';
  return { protocol, patch, pool };
}

function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

function isInteger(input: unknown): input is number {
  return Number.isSafeInteger(input);
}
