import assert from 'node:assert/strict';
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { after } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { POOL } from '../../src/program/plan';
import type { Program } from '../../src/program/program';
import type { Step } from '../../src/program/step';
import {
  type EventParams,
  InitializeResult,
  Notification,
  Response,
  type RunParams,
  RunResult,
} from '../../src/protocol/messages';

/** A test that failed leaves its process to this. */
const children = new Set<ChildProcessByStdio<Writable, Readable, Readable>>();
after(() => {
  for (const child of children) child.kill('SIGKILL');
});

const REFERENCE = join(__dirname, '../../reference-impl/adapter.ts');

type Message = {
  readonly id?: number | null;
  readonly result?: unknown;
  readonly error?: { code: number; message: string };
};

export interface Ran {
  readonly events: EventParams[];
  readonly result: RunResult;
}

/** An adapter as a real process over pipes, driven by hand. */
export class Client {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly folder = mkdtempSync(join(tmpdir(), 'greenspec-sdk-'));
  /** All lines that came, as they came. */
  readonly lines: string[] = [];
  readonly exited: Promise<number | null>;
  stderr = '';
  #id = 0;
  #events: EventParams[] = [];
  #onEvent: ((event: EventParams) => void) | undefined;
  readonly #waiting = new Map<number | null, (message: Message) => void>();

  /** @param adapter a file in TypeScript, or a command */
  constructor(adapter: string | readonly [string, ...string[]] = REFERENCE) {
    const [command, ...args] =
      typeof adapter === 'string' ? [process.execPath, '--require', 'ts-node/register', adapter] : adapter;
    this.child = spawn(command, args, {
      cwd: join(__dirname, '../..'),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.add(this.child);
    this.child.stdin.on('error', () => {});
    this.child.stderr.setEncoding('utf8').on('data', (text) => {
      this.stderr += text;
    });
    createInterface({ input: this.child.stdout }).on('line', (line) => this.#take(line));
    this.exited = new Promise((resolve) => this.child.once('close', resolve));
    void this.exited.then(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  static async ready(patch = true, adapter?: string | readonly [string, ...string[]]): Promise<Client> {
    const client = new Client(adapter);
    InitializeResult.parse((await client.request('initialize', { protocol: 1, patch, pool: POOL })).result);
    return client;
  }

  async end(): Promise<void> {
    this.child.stdin.end();
    assert.equal(await this.exited, 0);
  }

  write(text: string): void {
    this.child.stdin.write(text);
  }

  /** The next answer under an id; null for what the adapter could not make out. */
  answer(id: number | null): Promise<Message> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  request(method: string, params?: unknown): Promise<Message> {
    const id = ++this.#id;
    const answer = this.answer(id);
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return answer;
  }

  /** Runs a program: `main`'s steps, and other green threads. */
  async run(
    main: Step[],
    others: Program['threads'] = {},
    more: Partial<RunParams> = {},
    variables = {},
  ): Promise<Ran> {
    const program = { threads: { main: { steps: main }, ...others }, variables };
    this.#events = [];
    const { result, error } = await this.request('run', { ...this.params(program), ...more });
    assert.equal(error, undefined);
    return { events: this.#events, result: RunResult.parse(result) };
  }

  params(program: Program): RunParams {
    const nonce = randomBytes(8).toString('hex');
    return { run: 'r1', nonce, program, gates: { host: '127.0.0.1', port: 9 }, folder: this.folder };
  }

  flag(name: string): void {
    writeFileSync(join(this.folder, `flag-${name}`), '');
  }

  /** Makes the named pipe of a gate. */
  pipe(gate: string): void {
    execFileSync('mkfifo', [join(this.folder, `pipe-${gate}`)]);
  }

  /** Waits until the adapter has opened a gate's pipe, then writes to it and closes it. */
  async feed(gate: string, text: string): Promise<void> {
    let end = openToWrite(join(this.folder, `pipe-${gate}`));
    for (; end === undefined && this.child.exitCode === null; end = openToWrite(join(this.folder, `pipe-${gate}`)))
      await turn();
    assert.ok(end !== undefined, this.stderr);
    writeSync(end, text);
    closeSync(end);
  }

  /** Resolves when an event of that label and phase comes. */
  until(label: string, phase: EventParams['phase']): Promise<EventParams> {
    return new Promise((resolve) => {
      this.#onEvent = (event) => {
        if (event.label === label && event.phase === phase) resolve(event);
      };
    });
  }

  #take(line: string): void {
    this.lines.push(line);
    const message = JSON.parse(line) as Message;
    const event = Notification.safeParse(message);
    if (event.success) {
      this.#events.push(event.data.params);
      this.#onEvent?.(event.data.params);
      return;
    }
    Response.parse(message);
    this.#waiting.get(message.id ?? null)?.(message);
  }
}

/** Undefined while nobody has the pipe open to read. */
function openToWrite(pipe: string): number | undefined {
  try {
    return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENXIO') return undefined;
    throw error;
  }
}

/** A gate server whose connections a test answers itself. */
export async function gateServer(
  arrived: (hello: string, socket: Socket) => void,
): Promise<RunParams['gates'] & { close(): void }> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    createInterface({ input: socket })
      .on('line', (hello) => arrived(hello, socket))
      .on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** `thread label phase value`, for comparing at a glance. */
export function told(events: readonly EventParams[]): string[] {
  return events.map(({ thread, label, phase, value, error }) => {
    const outcome = error ? ` ${error.code}` : value === undefined || value === null ? '' : ` ${JSON.stringify(value)}`;
    return `${thread} ${label} ${phase}${outcome}`;
  });
}
