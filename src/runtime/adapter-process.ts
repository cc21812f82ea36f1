import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { Fault, type FaultFacts } from '../fault/fault';
import { guard } from '../guardian/guardian';
import { readLines } from '../protocol/lines';
import {
  type EventParams,
  InitializeResult,
  MESSAGE_LIMIT,
  Notification,
  PROTOCOL,
  Response,
  type RunParams,
  RunResult,
} from '../protocol/messages';
import type { AdapterCommand } from './command';

const LOG_LINES = 20;

interface Pending {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The answer to `initialize` of a runtime that cannot be patched, or not be left unpatched. */
const CANNOT_PATCH = -32002;

/** An answer that is an error, with its code. */
class Refusal extends Fault {
  readonly code: number;

  constructor(code: number, facts: FaultFacts) {
    super(facts);
    this.code = code;
  }
}

/**
 * One adapter process: a child in a process group of its own, spoken to in JSON-RPC over its standard input and output.
 * A process that breaks the protocol is killed at once, and every request that it still owes fails with that one reason.
 */
export class AdapterProcess {
  readonly #child: ChildProcess;
  readonly #command: AdapterCommand;
  readonly #pending = new Map<number, Pending>();
  readonly #exited: Promise<void>;
  readonly #log: string[] = [];
  readonly #unguard: () => void;
  #lastId = 0;
  #fault: Fault | undefined;
  #onEvent: ((event: EventParams) => void) | undefined;

  private constructor(command: AdapterCommand) {
    this.#command = command;
    this.#child = spawn(command.command, command.args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.#unguard = this.#child.pid === undefined ? () => {} : guard({ kind: 'group', pid: this.#child.pid });
    this.#exited = new Promise((resolve) => {
      this.#child.once('error', (error) => {
        this.#fail(this.#cannotStart(error));
        resolve();
      });
      this.#child.once('close', (code, signal) => {
        this.#fail(this.#ended(code, signal));
        resolve();
      });
    });
    this.#read();
  }

  static launch(command: AdapterCommand): AdapterProcess {
    return new AdapterProcess(command);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Whether a request can still be answered. */
  get alive(): boolean {
    return this.#fault === undefined;
  }

  /** The last lines of the adapter's standard error. */
  get log(): readonly string[] {
    return this.#log;
  }

  /**
   * @param patience milliseconds after which an adapter that has not answered is at fault
   * @returns undefined where the runtime cannot be brought into that mode
   * @throws Fault of the adapter: it ended, answered with an error or with something else, or speaks no version that we do.
   */
  async initialize(patch: boolean, patience: number): Promise<InitializeResult | undefined> {
    const timer = setTimeout(() => this.#fail(this.#silent('initialize', patience)), patience);
    const answer = await this.#request('initialize', { protocol: PROTOCOL, patch })
      .catch((error: unknown) =>
        error instanceof Refusal && error.code === CANNOT_PATCH ? undefined : Promise.reject(error),
      )
      .finally(() => clearTimeout(timer));
    if (answer === undefined) return undefined;
    const result = this.#parse(InitializeResult, 'initialize', answer);
    if (result.protocol !== PROTOCOL) {
      throw this.#fail(
        new Fault({
          party: 'adapter',
          what: `${this.#command.name} speaks another version of the protocol`,
          expected: `version ${PROTOCOL}`,
          came: `version ${result.protocol}`,
          advice: 'use a greenspec and an adapter of the same protocol version',
        }),
      );
    }
    return result;
  }

  /** Runs one program; events are handed on while it runs. */
  async run(params: RunParams, onEvent: (event: EventParams) => void): Promise<RunResult> {
    this.#onEvent = (event) => {
      if (event.run === params.run) onEvent(event);
      else
        this.#fail(this.#broken('an event of another run', `an event of run ${params.run}`, `one of run ${event.run}`));
    };
    try {
      return this.#parse(RunResult, 'run', await this.#request('run', params));
    } finally {
      this.#onEvent = undefined;
    }
  }

  /** Asks the adapter to end and waits for it; after `patience` milliseconds its whole group is killed. */
  async end(patience = 2000): Promise<void> {
    const timer = setTimeout(() => this.#killGroup(), patience);
    await this.#request('shutdown').catch(() => {});
    this.#child.stdin?.end();
    await this.#exited;
    clearTimeout(timer);
    this.#killGroup();
    this.#unguard();
  }

  /** Ends the process and all that it started, now. */
  async kill(): Promise<void> {
    this.#killGroup();
    await this.#exited;
    this.#unguard();
  }

  #read(): void {
    const { stdin, stdout, stderr } = this.#child as { stdin: Writable; stdout: Readable; stderr: Readable };
    // A write to a process that has ended shows in its exit, which is where it is dealt with.
    stdin.on('error', () => {});
    readLines(stdout, MESSAGE_LIMIT, {
      line: (line) => this.#take(line),
      tooLong: (bytes) =>
        this.#fail(
          this.#broken('a message that is too long', `at most ${MESSAGE_LIMIT} bytes`, `more than ${bytes} bytes`),
        ),
      end: (rest) => {
        if (rest !== '')
          this.#fail(this.#broken('half a line, then the end of its output', 'whole lines', excerpt(rest)));
      },
    });
    stderr.setEncoding('utf8');
    stderr.on('data', (text: string) => {
      this.#log.push(
        ...text
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => line.slice(0, 500)),
      );
      this.#log.splice(0, this.#log.length - LOG_LINES);
    });
  }

  #take(line: string): void {
    if (this.#fault !== undefined) return;
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      this.#fail(this.#broken('a line that is not JSON', 'one JSON-RPC message a line', excerpt(line)));
      return;
    }
    const event = Notification.safeParse(message);
    if (event.success) this.#event(event.data.params);
    else this.#answer(message, line);
  }

  #event(event: EventParams): void {
    if (this.#onEvent === undefined)
      this.#fail(this.#broken('an event while nothing runs', 'no event', excerpt(JSON.stringify(event))));
    else this.#onEvent(event);
  }

  #answer(message: unknown, line: string): void {
    const response = Response.safeParse(message);
    if (!response.success) {
      this.#fail(this.#broken('a message that is none of the protocol', 'an event or an answer', excerpt(line)));
      return;
    }
    const pending = response.data.id === null ? undefined : this.#pending.get(response.data.id);
    if (pending === undefined) {
      this.#fail(this.#broken('an answer to nobody', 'an answer to a request that is open', excerpt(line)));
      return;
    }
    this.#pending.delete(response.data.id as number);
    if ('result' in response.data) pending.resolve(response.data.result);
    else pending.reject(this.#refused(pending.method, response.data.error));
  }

  #request(method: string, params?: unknown): Promise<unknown> {
    if (this.#fault !== undefined) return Promise.reject(this.#fault);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      // Registered before it is written, so that no answer can come too early.
      this.#pending.set(id, { method, resolve, reject });
      this.#child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  }

  #parse<T>(schema: z.ZodType<T>, method: string, result: unknown): T {
    const parsed = schema.safeParse(result);
    if (parsed.success) return parsed.data;
    throw this.#fail(
      this.#broken(
        `an answer to ${method} that does not fit`,
        'what docs/protocol.md says',
        z.prettifyError(parsed.error),
      ),
    );
  }

  /** The first fault is the one that counts: it fails all that is open and ends the process. */
  #fail(fault: Fault): Fault {
    if (this.#fault !== undefined) return this.#fault;
    this.#fault = fault;
    for (const pending of this.#pending.values()) pending.reject(fault);
    this.#pending.clear();
    this.#killGroup();
    return fault;
  }

  #killGroup(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // The group has ended already.
    }
  }

  #cannotStart(cause: Error): Fault {
    const { command, args, name } = this.#command;
    return new Fault(
      {
        party: 'user',
        what: `the adapter of ${name} cannot be started`,
        expected: 'a command that runs',
        came: [command, ...args].join(' '),
        advice: 'check the command, and that ./setup has installed what it needs',
      },
      { cause },
    );
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): Fault {
    const open = [...this.#pending.values()].map((pending) => pending.method);
    return new Fault({
      party: 'adapter',
      what: `the adapter of ${this.#command.name} ended${open.length > 0 ? ` before it answered ${open.join(', ')}` : ''}`,
      came: `${signal === null ? `exit code ${code}` : `signal ${signal}`}${this.#logTail()}`,
    });
  }

  #broken(what: string, expected: string, came: string): Fault {
    return new Fault({
      party: 'adapter',
      what: `the adapter of ${this.#command.name} sent ${what}`,
      expected,
      came: `${came}${this.#logTail()}`,
      advice: 'docs/protocol.md says what an adapter sends',
    });
  }

  #silent(method: string, patience: number): Fault {
    return new Fault({
      party: 'adapter',
      what: `the adapter of ${this.#command.name} did not answer ${method}`,
      expected: `an answer within ${patience / 1000} s`,
      came: `nothing${this.#logTail()}`,
    });
  }

  #refused(method: string, error: { code: number; message: string }): Refusal {
    const what = `the adapter of ${this.#command.name} answered ${method} with an error`;
    return new Refusal(error.code, {
      party: 'adapter',
      what,
      came: `${error.code} ${excerpt(error.message)}${this.#logTail()}`,
    });
  }

  #logTail(): string {
    return this.#log.length === 0 ? '' : `\n  its log ends with:\n${this.#log.map((line) => `    ${line}`).join('\n')}`;
  }
}

function excerpt(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}… (${text.length} characters)`;
}
