import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Fault } from '../fault/fault';
import { type Plan, type PlanFacts, POOL } from '../program/plan';
import type { Program } from '../program/program';
import { PROTOCOL } from '../protocol/limits';
import { InitializeResult, type RunParams } from '../protocol/messages';
import { kernelOf } from '../runtime/adapter-kernel';
import { AdapterProcess } from '../runtime/adapter-process';
import type { AdapterCommand } from '../runtime/command';
import { TURNING } from '../runtime/impasse';
import type { ReadyAdapter } from '../runtime/pool';
import { LOOKS } from '../runtime/quiescence';
import type { RunFolders } from '../runtime/run-folders';
import { type Bench, runPlan } from '../runtime/run-plan';
import type { RunRecord } from '../trace/record';
import type { GateServer } from '../witness/gates';
import { Complaint } from './complaint';
import { Conversation } from './conversation';
import { Transcript } from './transcript';

/** What checks are made with, but for what each makes for itself. */
export interface Equipment {
  readonly command: AdapterCommand;
  readonly gates: GateServer;
  readonly folders: RunFolders;
  /** Milliseconds after which nothing more is hoped for. */
  readonly patience: number;
  readonly procfs: string;
}

/** What is known of an adapter once it has introduced itself. */
export interface Known {
  readonly identity: InitializeResult;
  /** The modes that it can be started in, the one that its services run in first. */
  readonly modes: readonly [boolean, ...boolean[]];
}

/** Where checks are made: conversations with processes of their own, and programs on a process that is kept for many. */
export class Lab {
  readonly equipment: Equipment;
  /** A server; or why there is none, though one was looked for. */
  database: Bench['database'] | undefined;
  #transcript = new Transcript();
  #known: Known | undefined;
  #introduction: readonly string[] = [];
  #conversations: Conversation[] = [];
  #kept: ReadyAdapter | undefined;
  #runs = 0;

  constructor(equipment: Equipment) {
    this.equipment = equipment;
  }

  get known(): Known {
    if (this.#known === undefined) throw new Error('the adapter has not introduced itself');
    return this.#known;
  }

  /** What was said since the check at hand began. */
  get transcript(): Transcript {
    return this.#transcript;
  }

  get server(): Exclude<Bench['database'], Fault> | undefined {
    return this.database instanceof Fault ? undefined : this.database;
  }

  beginCheck(): void {
    this.#transcript = new Transcript();
  }

  introduced(known: Known): void {
    this.#known = known;
    this.#introduction = this.#transcript.excerpt();
  }

  /** What was said in the check at hand; where nothing was, it is about what the adapter said of itself. */
  get exchange(): readonly string[] {
    const lines = this.#transcript.excerpt();
    return lines.length > 0 ? lines : this.#introduction;
  }

  /** A process of the check's own, to which nothing was said yet; it ends with the check. */
  open(): Conversation {
    const { command, patience, procfs } = this.equipment;
    this.transcript.noted(`started: ${[command.command, ...command.args].join(' ')}`);
    const conversation = new Conversation(command, this.transcript, patience, procfs);
    this.#conversations.push(conversation);
    return conversation;
  }

  /** A process of the check's own that has answered `initialize`. */
  async ready(): Promise<Conversation> {
    const conversation = this.open();
    await this.greet(conversation, this.known.modes[0]);
    return conversation;
  }

  async greet(conversation: Conversation, patch: boolean): Promise<InitializeResult> {
    const id = conversation.request('initialize', { protocol: PROTOCOL, patch, pool: POOL });
    const identity = this.parsed(InitializeResult, 'initialize', await conversation.result(id, 'initialize'));
    conversation.introduced(identity);
    return identity;
  }

  parsed<T>(schema: z.ZodType<T>, method: string, result: unknown): T {
    const parsed = schema.safeParse(result);
    if (parsed.success) return parsed.data;
    throw new Complaint({
      what: `answered ${method} with a result that does not fit`,
      expected: 'the fields and types of src/protocol/messages.schema.json',
      came: z.prettifyError(parsed.error).replaceAll('\n', '; '),
      advice: 'correct these fields',
    });
  }

  /** The parameters of a run, with a folder of its own. */
  params(program: Program): RunParams {
    const { folders, gates } = this.equipment;
    const nonce = randomBytes(8).toString('hex');
    const { path: folder } = folders.make(nonce, []);
    this.#runs += 1;
    return { run: `c${this.#runs}`, nonce, program, gates: gates.address, folder };
  }

  /** Runs a program on the process that is kept for that, with the witnesses looking on. */
  async run(makePlan: (facts: PlanFacts) => Plan): Promise<RunRecord> {
    this.#kept ??= await this.#start();
    const record = await runPlan(this.#bench(), this.#kept, makePlan);
    if (!this.#kept.process.alive) this.#kept = undefined;
    return record;
  }

  /** Ends what the check at hand has started. The kept process goes on, unless the check has found something. */
  async clear(keep: boolean): Promise<void> {
    await Promise.all(this.#conversations.splice(0).map((conversation) => conversation.kill()));
    if (keep) return;
    await this.#kept?.process.kill();
    this.#kept = undefined;
  }

  #bench(): Omit<Bench, 'pool'> {
    const { command, gates, folders, patience, procfs } = this.equipment;
    const database = this.database ?? new Fault({ party: 'environment', what: 'no server was looked for' });
    return { name: command.name, gates, folders, database, deadline: patience, looks: LOOKS, turning: TURNING, procfs };
  }

  async #start(): Promise<ReadyAdapter> {
    const { command, patience, procfs } = this.equipment;
    const tap = {
      sent: (line: string) => this.transcript.sent(line),
      received: (line: string) => this.transcript.received(line),
    };
    const process = AdapterProcess.launch(command, tap);
    const identity = await process.initialize(this.known.modes[0], patience).catch(async (error: unknown) => {
      await process.kill();
      throw error;
    });
    if (identity === undefined) throw new Complaint({ what: 'refused a mode that it had granted before' });
    return { process, kernel: await kernelOf(process, identity, procfs), identity };
  }
}
