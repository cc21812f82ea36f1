import type { z } from 'zod';
import { EVENT_LIMIT } from '../protocol/limits';
import { type EventParams, Notification, Response } from '../protocol/messages';
import { plainEvent } from '../protocol/plain-event';

/** What a line that an adapter sent is: an event, an answer, or nothing that the protocol knows. */
export type Incoming =
  | { readonly kind: 'event'; readonly event: EventParams }
  | { readonly kind: 'answer'; readonly answer: z.infer<typeof Response> }
  | { readonly kind: 'broken'; readonly what: string; readonly expected: string; readonly came: string };

export function readIncoming(line: string): Incoming {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return broken('a line that is not JSON', 'one JSON-RPC message a line', line);
  }
  if (isEvent(message)) return readEvent(message, line);
  const answer = Response.safeParse(message);
  if (answer.success) return { kind: 'answer', answer: answer.data };
  return broken('a message that is none of the protocol', 'an event or an answer', line);
}

function readEvent(message: object, line: string): Incoming {
  const bytes = Buffer.byteLength(line) + 1;
  if (bytes > EVENT_LIMIT)
    return broken('an event that is too long', `at most ${EVENT_LIMIT} bytes`, `${bytes} bytes: ${line}`);
  const event = plainEvent(message) ?? parseEvent(message);
  if (event !== undefined) return { kind: 'event', event };
  return broken('an event that does not fit', 'what docs/protocol.md says', line);
}

function broken(what: string, expected: string, came: string): Incoming {
  return { kind: 'broken', what, expected, came };
}

function isEvent(message: unknown): message is object {
  return typeof message === 'object' && message !== null && 'method' in message && message.method === 'event';
}

/** Undefined for what is none: what a schema cannot follow to its depth is none, either. */
function parseEvent(message: unknown): EventParams | undefined {
  try {
    return Notification.safeParse(message).data?.params;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
