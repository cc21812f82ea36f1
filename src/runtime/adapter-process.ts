import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Fault } from '../fault/fault';
import { POOL } from '../program/plan';
import { MESSAGE_LIMIT, PROTOCOL } from '../protocol/limits';
import { readLines } from '../protocol/lines';
import { type EventParams, InitializeResult, type Response, type RunParams, RunResult } from '../protocol/messages';
import { AdapterFaults, Refusal } from './adapter-faults';
import { takeAhead } from './ahead';
import { ChildGroup, type Ending } from './child-group';
import type { AdapterCommand } from './command';
import { readIncoming } from './incoming';
import type { Relay } from './relay';
import { Stray } from './stray';

/** The answer to `initialize` of a runtime that cannot be patched, or not be left unpatched. */
const CANNOT_PATCH = -32002;

/** Milliseconds that an adapter may live on after it has closed its output. */
const MUTE = 1000;

/** Is told of every line that goes to an adapter and that comes from it. */
export interface Tap {
  sent(line: string): void;
  received(line: string): void;
}

interface Pending {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One adapter process: a child in a process group of its own, spoken to in JSON-RPC over its standard input and output.
 * A process that breaks the protocol is killed at once, and every request that it still owes fails with that one reason.
 */
export class AdapterProcess {
  /** Comes once it has ended, and never fails. */
  readonly ended: Promise<Ending>;
  readonly #group: ChildGroup;
  readonly #faults: AdapterFaults;
  readonly #tap: Tap | undefined;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #rest = '';
  #mute = false;
  #fault: Fault | undefined;
  #untold: Fault | undefined;
  #ending: Promise<Fault | undefined> | undefined;
  #onEvent: ((event: EventParams) => void) | undefined;
  #relay: Relay | undefined;
  #stray: Stray | undefined;
  #told: number | undefined;

  private constructor(command: AdapterCommand, group: ChildGroup, tap: Tap | undefined) {
    this.#group = group;
    this.#tap = tap;
    this.#faults = new AdapterFaults(command, () => group.log);
    this.ended = group.ended.then((ending) => {
      this.#fail(this.#explain(ending));
      this.#relay?.end();
      this.#stray?.end();
      return ending;
    });
    if (group.output !== undefined) this.#read(group.output);
  }

  /** @throws Fault of the user, where there can be no such command */
  static launch(command: AdapterCommand, tap?: Tap): AdapterProcess {
    try {
      return new AdapterProcess(command, takeAhead(command) ?? new ChildGroup(command), tap);
    } catch (error) {
      throw new AdapterFaults(command, () => []).cannotStart(error);
    }
  }

  /** The process that was started: the adapter, or what starts it elsewhere. */
  get pid(): number {
    return this.#group.pid;
  }

  /** The number that the adapter has for itself. */
  get ownPid(): number {
    return this.#told ?? this.pid;
  }

  /** What its process alone has in its environment. */
  get mark(): string {
    return this.#group.mark;
  }

  /** Whether a request can still be answered. */
  get alive(): boolean {
    return this.#fault === undefined;
  }

  /** Whether an answer is still owed. */
  get busy(): boolean {
    return this.#pending.size > 0;
  }

  /** Whether it has closed its output: it can answer nothing any more, and fails for that before long. */
  get mute(): boolean {
    return this.#mute;
  }

  /** Whether it broke the protocol while nobody waited for it, of which nobody has been told. */
  get hasUntold(): boolean {
    return this.#untold !== undefined;
  }

  /** Waits until all is heard that it has said so far, false where that cannot be known; undefined where what it says is heard at once. */
  get waitToHear(): (() => Promise<boolean>) | undefined {
    const relay = this.#relay;
    return relay && (() => relay.flush());
  }

  /** From here on its output is known to be handed on by others. */
  relayThrough(relay: Relay): void {
    this.#relay = relay;
  }

  /** From here on it is known to run in a process that the end of the one that was started does not end. */
  straysTo(pid: number): void {
    this.#stray = new Stray(pid, this.mark);
  }

  /** How it broke the protocol while nobody waited for it: given once, so that it is told once. */
  takeUntold(): Fault | undefined {
    const untold = this.#untold;
    this.#untold = undefined;
    return untold;
  }

  /**
   * @param patience milliseconds after which an adapter that has not answered is at fault
   * @returns undefined where the runtime cannot be brought into that mode
   * @throws Fault of the adapter: it ended, answered with an error or with something else, or speaks no version that we do.
   */
  async initialize(patch: boolean, patience: number): Promise<InitializeResult | undefined> {
    const timer = setTimeout(() => this.#fail(this.#faults.silent('initialize', patience)), patience);
    const answer = await this.#request('initialize', { protocol: PROTOCOL, patch, pool: POOL })
      .catch((error: unknown) =>
        error instanceof Refusal && error.code === CANNOT_PATCH ? undefined : Promise.reject(error),
      )
      .finally(() => clearTimeout(timer));
    if (answer === undefined) return undefined;
    const result = this.#parse(InitializeResult, 'initialize', answer);
    if (result.protocol !== PROTOCOL) throw this.#fail(this.#faults.version(result.protocol));
    this.#told = result.pid;
    return result;
  }

  /** Runs one program; events are handed on while it runs. */
  async run(params: RunParams, onEvent: (event: EventParams) => void): Promise<RunResult> {
    this.#onEvent = (event) => {
      if (event.run === params.run) onEvent(event);
      else this.#broken('an event of another run', `an event of run ${params.run}`, `one of run ${event.run}`);
    };
    try {
      return this.#parse(RunResult, 'run', await this.#request('run', params));
    } finally {
      this.#onEvent = undefined;
    }
  }

  /**
   * Asks the adapter to end and waits for it; after `patience` milliseconds its whole group is killed.
   *
   * @returns what it did wrong in that, or before, that nobody has been told
   */
  end(patience = 2000): Promise<Fault | undefined> {
    if (!this.alive) return this.ended.then(() => this.takeUntold());
    this.#ending ??= this.#end(patience);
    return this.#ending;
  }

  async #end(patience: number): Promise<Fault | undefined> {
    const timer = setTimeout(() => this.#fail(this.#faults.stays(patience)), patience);
    const refused = await this.#request('shutdown').then(
      () => undefined,
      (error: Fault) => error,
    );
    this.#group.endInput();
    const ending = await this.ended;
    clearTimeout(timer);
    return refused ?? ('code' in ending && ending.code === 0 ? this.takeUntold() : this.#fault);
  }

  /** Ends the process and all that it started, now; requests that are open fail for that reason. */
  async kill(reason?: Fault): Promise<void> {
    if (reason !== undefined) this.#fail(reason);
    this.#group.kill();
    await this.ended;
  }

  /** It sleeps, owes an answer, and is at no step that could keep it from giving one. */
  blameForSilence(): Fault {
    return this.#fail(this.#faults.idle());
  }

  #read(output: Readable): void {
    readLines(output, MESSAGE_LIMIT, {
      line: (line) => this.#take(line),
      tooLong: (bytes) => this.#fail(this.#faults.tooLong(bytes)),
      end: (rest) => {
        this.#rest = rest;
        this.#mute = true;
        // Mostly its end follows at once, and says more.
        setTimeout(() => this.#fail(this.#faults.mute(rest)), MUTE).unref();
      },
    });
  }

  #take(text: string): void {
    const line = this.#relay === undefined ? text : this.#relay.take(text);
    if (line === undefined) return;
    this.#tap?.received(line);
    if (this.#fault !== undefined) return;
    const incoming = readIncoming(line);
    switch (incoming.kind) {
      case 'event':
        if (this.#onEvent === undefined) this.#broken('an event while nothing runs', 'no event', line);
        else this.#onEvent(incoming.event);
        return;
      case 'answer':
        this.#answer(incoming.answer, line);
        return;
      case 'broken':
        this.#broken(incoming.what, incoming.expected, incoming.came);
        return;
    }
  }

  #answer(answer: z.infer<typeof Response>, line: string): void {
    const pending = answer.id === null ? undefined : this.#pending.get(answer.id);
    if (pending === undefined) {
      this.#broken('an answer to nobody', 'an answer to a request that is open', line);
      return;
    }
    this.#pending.delete(answer.id as number);
    if ('result' in answer) pending.resolve(answer.result);
    else pending.reject(this.#faults.refused(pending.method, answer.error));
  }

  #request(method: string, params?: unknown): Promise<unknown> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      // Registered before it is written, so that no answer can come too early.
      this.#pending.set(id, { method, resolve, reject });
      const line = JSON.stringify({ jsonrpc: '2.0', id, method, params });
      this.#tap?.sent(line);
      this.#group.write(`${line}\n`);
    });
  }

  #parse<T>(schema: z.ZodType<T>, method: string, result: unknown): T {
    const parsed = schema.safeParse(result);
    if (parsed.success) return parsed.data;
    const why = z.prettifyError(parsed.error);
    throw this.#fail(
      this.#faults.broken(`an answer to ${method} that does not fit`, 'what docs/protocol.md says', why),
    );
  }

  #broken(what: string, expected: string, came: string): void {
    const idle = this.alive && !this.busy;
    const fault = this.#fail(this.#faults.broken(what, expected, came));
    if (idle) this.#untold = fault;
  }

  #explain(ending: Ending): Fault {
    if ('error' in ending) return this.#faults.cannotStart(ending.error);
    const open = [...this.#pending.values()].map(({ method }) => method);
    const how = ending.signal === null ? `exit code ${ending.code}` : `signal ${ending.signal}`;
    return this.#faults.ended(how, open, this.#rest);
  }

  /** The first fault is the one that counts: it fails all that is open and ends the process. */
  #fail(fault: Fault): Fault {
    if (this.#fault !== undefined) return this.#fault;
    this.#fault = fault;
    for (const pending of this.#pending.values()) pending.reject(fault);
    this.#pending.clear();
    this.#group.kill();
    return fault;
  }
}
