import { MESSAGE_LIMIT, PROTOCOL } from '../protocol/limits';
import { readLines } from '../protocol/lines';
import type { InitializeResult, RunParams } from '../protocol/messages';
import { capabilities, unmet } from './capabilities';
import { Channel } from './channel';
import { readInitialize, readRequest } from './requests';
import { Run } from './run';
import type { Runtime } from './runtime';

/** The errors of docs/protocol.md, and JSON-RPC's own. */
const NOT_JSON = -32700;
const NO_REQUEST = -32600;
const NO_METHOD = -32601;
const WRONG_PARAMS = -32602;
const WRONG_VERSION = -32001;
const CANNOT_PREPARE = -32002;
const RUN_FAILED = -32003;

/** A request that is answered with an error. */
class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Serves a runtime to the harness, over standard input and output, until `shutdown` or the end of input ends the
 * process. Does all that is in docs/protocol.md; the runtime states only how it does what steps ask for.
 */
export function serve<Y>(runtime: Runtime<Y>): void {
  const adapter = new Adapter(runtime);
  readLines(process.stdin, MESSAGE_LIMIT, {
    line: (line) => adapter.take(line),
    tooLong: () => adapter.giveUp(`a message is at most ${MESSAGE_LIMIT} bytes`),
    end: () => process.exit(0),
  });
}

class Adapter<Y> {
  readonly #runtime: Runtime<Y>;
  readonly #channel = new Channel();
  readonly #capabilities: ReadonlySet<string>;
  #state: 'new' | 'busy' | 'idle' = 'new';

  constructor(runtime: Runtime<Y>) {
    this.#runtime = runtime;
    this.#capabilities = new Set(capabilities(runtime));
  }

  take(line: string): void {
    let id: number | null = null;
    try {
      const request = orRefuse(readRequest(json(line)), NO_REQUEST);
      id = request.id;
      this.#handle(request.id, request.method, request.params);
    } catch (error) {
      this.#refuse(id, error);
    }
  }

  giveUp(reason: string): void {
    this.#refuse(null, new Refusal(NO_REQUEST, reason));
    process.exit(1);
  }

  #handle(id: number, method: string, params: unknown): void {
    switch (method) {
      case 'initialize':
        this.#initialize(id, params);
        break;
      case 'run':
        this.#run(id, params);
        break;
      case 'shutdown':
        this.#answer(id, {});
        process.exit(0);
        break;
      default:
        throw new Refusal(NO_METHOD, `there is no method ${method.slice(0, 100)}`);
    }
  }

  #initialize(id: number, params: unknown): void {
    if (this.#state !== 'new') throw new Refusal(NO_REQUEST, 'initialize comes once, first');
    const { protocol, patch, pool } = orRefuse(readInitialize(params), WRONG_PARAMS);
    if (protocol < PROTOCOL) throw new Refusal(WRONG_VERSION, `this adapter knows version ${PROTOCOL} of the protocol`);
    this.#state = 'busy';
    this.#prepare(patch, pool).then(
      (result) => {
        this.#state = 'idle';
        this.#answer(id, result);
        // While the harness makes the first program ready.
        setImmediate(loadSchemas);
      },
      (error: unknown) => {
        this.#state = 'new';
        this.#refuse(id, new Refusal(CANNOT_PREPARE, message(error)));
      },
    );
  }

  async #prepare(patch: boolean, pool: number): Promise<InitializeResult> {
    if (!this.#runtime.patches.includes(patch)) throw new Error(`this runtime has no patch/${patch ? 'on' : 'off'}`);
    const prepared = await this.#runtime.prepare(patch, pool);
    return { protocol: PROTOCOL, ...prepared, pid: process.pid, capabilities: [...this.#capabilities] };
  }

  #run(id: number, params: unknown): void {
    if (this.#state !== 'idle') throw new Refusal(NO_REQUEST, 'a run comes after initialize, one at a time');
    this.#state = 'busy';
    loadSchemas()
      .then(({ readRun }) => this.#start(id, orRefuse(readRun(params), WRONG_PARAMS)))
      .catch((error: unknown) => {
        this.#state = 'idle';
        this.#refuse(id, error);
      });
  }

  #start(id: number, asked: RunParams): void {
    const missing = unmet(asked, this.#capabilities);
    if (missing !== undefined) throw new Refusal(WRONG_PARAMS, missing);
    const run = new Run(this.#runtime, asked, this.#channel);
    run.start((result) => {
      this.#state = 'idle';
      this.#answer(id, result);
    });
  }

  #answer(id: number, result: object): void {
    this.#channel.send({ id, result });
  }

  #refuse(id: number | null, error: unknown): void {
    const code = error instanceof Refusal ? error.code : RUN_FAILED;
    this.#channel.send({ id, error: { code, message: message(error) } });
  }
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Refusal(NOT_JSON, `the line is not JSON: ${message(error)}`);
  }
}

/** What was read; words say what of it did not fit. */
function orRefuse<T extends object>(read: T | string, code: number): T {
  if (typeof read === 'string') throw new Refusal(code, read);
  return read;
}

/** The schema of programs, which takes its time to load. */
function loadSchemas(): Promise<typeof import('./run-params')> {
  return import('./run-params');
}

function message(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 1000);
}
