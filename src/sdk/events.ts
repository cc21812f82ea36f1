import { readlinkSync } from 'node:fs';
import type { Value } from '../program/names';
import { EVENT_LIMIT } from '../protocol/limits';
import type { EventParams, Failure } from '../protocol/messages';
import type { Channel } from './channel';

/** What came of a step. */
export type Outcome = { readonly value: Value } | { readonly error: Failure };

/** The events of one run, numbered from 1 in the order in which they are written. */
export class Events {
  readonly #channel: Channel;
  readonly #run: string;
  #last = 0;
  #over = false;

  constructor(channel: Channel, run: string) {
    this.#channel = channel;
    this.#run = run;
  }

  /** The number of the last event; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Writes an event at once. */
  report(thread: string, label: string, phase: EventParams['phase'], outcome?: Outcome): void {
    if (this.#over) return;
    const n = ++this.#last;
    const event = { run: this.#run, n, thread, os: osThread(), at: performance.now(), label, phase, ...outcome };
    this.#channel.write(fitted(event));
  }

  /** The run is over: what green threads that it left behind still do belongs to no run. */
  end(): void {
    this.#over = true;
  }
}

/** The id of the OS thread that runs this, asked of the operating system now; where it does not tell, the process's id. */
export function osThread(): number {
  try {
    // PID/task/TID
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  } catch {
    return process.pid;
  }
}

/** An event's line, its value cut to a string that ends in … where it would be too long. */
function fitted(event: EventParams): Buffer {
  const whole = line(event);
  if (whole.length <= EVENT_LIMIT) return whole;
  const text = typeof event.value === 'string' ? event.value : JSON.stringify(event.value);
  const cut = (length: number): Buffer => line({ ...event, value: `${text.slice(0, length)}…` });
  let length = EVENT_LIMIT;
  while (cut(length).length > EVENT_LIMIT) length = Math.floor(length * 0.9);
  return cut(length);
}

function line(params: EventParams): Buffer {
  return Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', method: 'event', params })}\n`);
}
