import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { MESSAGE_LIMIT } from '../protocol/limits';
import { readLines } from '../protocol/lines';
import type { EventParams, InitializeResult, Response } from '../protocol/messages';
import { AdapterFaults } from '../runtime/adapter-faults';
import { ChildGroup, type Ending } from '../runtime/child-group';
import type { AdapterCommand } from '../runtime/command';
import { type Incoming, readIncoming } from '../runtime/incoming';
import { findProcess, startsElsewhere } from '../witness/find-process';
import { type KernelWitness, witnessOf } from '../witness/kernel';
import { kernelAvailable, PROCFS } from '../witness/procfs';
import { Complaint, Undecided } from './complaint';
import { Rest } from './rest';
import { shortened, type Transcript } from './transcript';

type Answer = z.infer<typeof Response>;

/** Who may have something on its way to the process: a MySQL server that has much to do is slow, and a process that waits for it sleeps. */
type Owing = 'nobody' | 'server';

/** Milliseconds between two looks at a process of which nothing is heard. */
const LOOK = 2;

/** Ids of requests: not from 1, so that an adapter that counts by itself instead of echoing them shows. */
const FIRST_ID = 7;

const OF_EVENTS =
  'write the fields that are listed there, with these types, and cut a value that makes the line too long';
const OF_OUTPUT =
  'send nothing but answers and events to standard output: point descriptor 1 at standard error at the start';

/**
 * One adapter process, spoken to line by line: what is sent may be anything, and what comes is kept as it came. Unlike the process
 * that programs are run on for a verdict, it goes on after an error, and shows what was said.
 */
export class Conversation {
  readonly events: EventParams[] = [];
  readonly answers: Answer[] = [];
  readonly #command: AdapterCommand;
  readonly #group: ChildGroup;
  #transcript: Transcript;
  readonly #patience: number;
  readonly #procfs: string;
  #told: number | undefined;
  readonly #rest: Rest | undefined;
  #lastId = FIRST_ID - 1;
  #broken: Complaint | undefined;
  #ending: Ending | undefined;
  #half = '';
  #news = 0;

  /** @param patience milliseconds after which nothing more is hoped for of a process of which nothing can be shown */
  constructor(command: AdapterCommand, transcript: Transcript, patience: number, procfs = PROCFS) {
    this.#command = command;
    this.#group = new ChildGroup(command);
    this.#transcript = transcript;
    this.#patience = patience;
    this.#procfs = procfs;
    this.#rest = kernelAvailable(procfs) ? new Rest(this.#group.pid, procfs) : undefined;
    void this.#group.ended.then((ending) => {
      this.#ending = ending;
      this.#rest?.close();
      this.#transcript.noted(`the adapter ended: ${howItEnded(ending)}`);
    });
    const { output } = this.#group;
    if (output === undefined) return;
    readLines(output, MESSAGE_LIMIT, {
      line: (line) => this.#take(line),
      tooLong: (bytes) =>
        this.#break('sent a line that is too long', `at most ${MESSAGE_LIMIT} bytes`, `${bytes} bytes`),
      end: (rest) => {
        this.#half = rest;
        if (rest !== '') this.#transcript.received(`${rest} (no end of line)`);
      },
    });
  }

  get pid(): number {
    return this.#group.pid;
  }

  /** It has said by which number it knows itself. */
  introduced({ pid }: InitializeResult): void {
    this.#told = pid;
  }

  /** What the kernel knows of an adapter that has introduced itself, wherever its process runs. */
  look(): KernelWitness {
    const procfs = this.#procfs;
    return witnessOf(findProcess({ child: this.pid, told: this.#told, mark: this.#group.mark, procfs }), procfs);
  }

  /** How the process ended; undefined while it runs. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** What tells whether the adapter sleeps; nothing does, where it is no child of what was started: a container engine's client always sleeps. */
  get #family(): Rest | undefined {
    return this.#rest !== undefined && startsElsewhere(this.pid, this.#procfs) ? undefined : this.#rest;
  }

  /** From here on another transcript is told what is said. */
  tellInto(transcript: Transcript): void {
    this.#transcript = transcript;
  }

  /** Sends a request, and gives its id. */
  request(method: string, params?: unknown): number {
    const id = ++this.#lastId;
    this.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return id;
  }

  /** An id for a request that is written by hand. */
  nextId(): number {
    return ++this.#lastId;
  }

  write(text: string): void {
    this.#transcript.sent(text);
    this.#news += 1;
    this.#group.write(text);
  }

  /** Sends a part of a line. */
  piece(bytes: Buffer): void {
    this.#transcript.sent(`${bytes.toString('latin1')} (a piece of ${bytes.length} bytes)`);
    this.#news += 1;
    this.#group.write(bytes);
  }

  /** Something that the adapter may be waiting for was given to it by another way. */
  gave(what: string): void {
    this.#transcript.noted(what);
    this.#news += 1;
  }

  /** Reads nothing of what it writes, until `readOn`. */
  stopReading(): void {
    this.#transcript.noted('greenspec reads nothing for a while');
    this.#group.output?.pause();
  }

  readOn(): void {
    this.#transcript.noted('greenspec reads on');
    this.#news += 1;
    this.#group.output?.resume();
  }

  endInput(): void {
    this.#transcript.noted('greenspec ends the input');
    this.#news += 1;
    this.#group.endInput();
  }

  kill(): Promise<unknown> {
    this.#group.kill();
    return this.#group.ended;
  }

  /** The answer to a request. @throws Complaint where it does not come */
  async answer(id: number | null, what: string, owing: Owing = 'nobody'): Promise<Answer> {
    await this.until(`an answer to ${what}`, () => this.answers.some((answer) => answer.id === id), owing);
    return this.answers.find((answer) => answer.id === id) as Answer;
  }

  /** @throws Complaint where the answer is an error */
  async result(id: number, what: string, owing?: Owing): Promise<unknown> {
    const answer = await this.answer(id, what, owing);
    if ('result' in answer) return answer.result;
    const { code, message } = answer.error;
    throw new Complaint({
      what: `answered ${what} with an error`,
      expected: 'a result',
      came: `${code} ${shortened(message)}`,
      log: this.#logEnd(),
    });
  }

  /** @throws Complaint where the answer is no error of that code */
  async refusal(id: number | null, code: number, what: string): Promise<string> {
    const answer = await this.answer(id, what);
    if ('error' in answer && answer.error.code === code) return answer.error.message;
    const came = 'error' in answer ? `error ${answer.error.code} (${answer.error.message})` : 'a result';
    throw new Complaint({
      what: `answered ${what} with ${came}`,
      expected: `error ${code}`,
      came,
      advice: `answer it with {"jsonrpc":"2.0","id":${id},"error":{"code":${code},"message":"…"}}, and read on`,
    });
  }

  /** The process's own end. @throws Complaint where it does not come */
  async end(after: string): Promise<Ending> {
    while (this.#ending === undefined) {
      if (await this.#look(`its end after ${after}`)) this.#sleepsOn(`its end after ${after}`);
    }
    if (this.#broken !== undefined) throw this.#broken;
    return this.#ending;
  }

  /** Waits until something holds. @throws Complaint where the process ends, breaks the protocol or sleeps on before; Undecided where nobody can tell */
  async until(what: string, met: () => boolean, owing: Owing = 'nobody'): Promise<void> {
    for (;;) {
      if (this.#broken !== undefined) throw this.#broken;
      if (met()) return;
      if (this.#ending !== undefined) throw this.#endedBefore(what, this.#ending);
      if (await this.#look(what, owing)) this.#sleepsOn(what);
    }
  }

  /** Waits until the process sleeps, all of it, and nothing will wake it; or has ended. False where nobody can tell. */
  async rest(what: string): Promise<boolean> {
    while (this.#family !== undefined && this.#ending === undefined) if (await this.#look(what)) return true;
    return this.#ending !== undefined;
  }

  /** Lets some looks pass, or fewer where the process sleeps or ends before; nothing is made of it. */
  async pass(looks: number): Promise<void> {
    for (let look = 0; look < looks && this.#ending === undefined; look++) {
      await pause(LOOK);
      if (this.#family?.asleep()) return;
    }
  }

  #looked: { news: number; since: number } = { news: -1, since: 0 };

  /** Lets a while pass; true if the process was shown to sleep for good. @throws Undecided */
  async #look(what: string, owing: Owing = 'nobody'): Promise<boolean> {
    const news = this.#news + this.events.length + this.answers.length;
    if (news !== this.#looked.news) {
      this.#looked = { news, since: performance.now() };
      this.#family?.reset();
    }
    await pause(LOOK);
    if (this.#ending !== undefined || news !== this.#news + this.events.length + this.answers.length) return false;
    if (owing === 'nobody' && this.#family?.reached()) return true;
    if (performance.now() - this.#looked.since > this.#patience)
      throw new Undecided(
        `${what} had not come after ${this.#patience / 1000} s, and it could not be shown that it never will; try a longer --deadline`,
      );
    return false;
  }

  #sleepsOn(what: string): never {
    throw new Complaint({
      what: 'sleeps, and does not go on',
      expected: what,
      came: this.#half === '' ? 'nothing' : `half a line: ${shortened(this.#half)}`,
      advice: 'end each message with LF, and write it at once: no buffer of the language may hold it back',
    });
  }

  /** @throws Fault of the user, where there is no such command */
  #endedBefore(what: string, ending: Ending): Complaint {
    if ('error' in ending) throw new AdapterFaults(this.#command, () => []).cannotStart(ending.error);
    return new Complaint({
      what: 'ended',
      expected: what,
      came: [howItEnded(ending), ...(this.#half === '' ? [] : [`half a line: ${shortened(this.#half)}`])].join(
        ', after ',
      ),
      log: this.#logEnd(),
    });
  }

  #logEnd(): readonly string[] {
    return this.#group.log.slice(-8);
  }

  #take(line: string): void {
    this.#transcript.received(line);
    const incoming: Incoming = readIncoming(line);
    switch (incoming.kind) {
      case 'event':
        this.events.push(incoming.event);
        return;
      case 'answer':
        this.answers.push(incoming.answer);
        return;
      case 'broken':
        this.#break(`sent ${incoming.what}`, incoming.expected, incoming.came);
        return;
    }
  }

  #break(what: string, expected: string, came: string): void {
    this.#news += 1;
    const ofEvent = /\bevent\b/.test(what);
    this.#broken ??= new Complaint({
      what,
      expected,
      came: shortened(came),
      advice: ofEvent ? OF_EVENTS : OF_OUTPUT,
      section: ofEvent ? 'event' : 'channel',
    });
  }
}

export function howItEnded(ending: Ending): string {
  if ('error' in ending) return `it could not be started: ${String(ending.error)}`;
  return ending.signal === null ? `exit code ${ending.code}` : `signal ${ending.signal}`;
}
