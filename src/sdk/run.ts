import type { Value } from '../program/names';
import type { RunParams, RunResult } from '../protocol/messages';
import type { Channel } from './channel';
import { Connections } from './connections';
import { Events } from './events';
import { codeOf, failureOf } from './failure';
import type { Shared } from './instance';
import { interpret, type Returned } from './interpreter';
import type { Op, Runtime, Spawned } from './runtime';

/** A program that is running. */
export class Run<Y> implements Shared<Y> {
  readonly runtime: Runtime<Y>;
  readonly params: RunParams;
  readonly events: Events;
  readonly variables: Map<string, Value>;
  readonly connections = new Connections<Y>();
  readonly #instances = new Map<string, { name: string; spawned: Spawned<Y> }[]>();
  readonly #begun = new Set<string>();
  readonly #unfinished = new Set<string>();

  constructor(runtime: Runtime<Y>, params: RunParams, channel: Channel) {
    this.runtime = runtime;
    this.params = params;
    this.events = new Events(channel, params.run);
    this.variables = new Map(Object.entries(params.program.variables ?? {}));
  }

  /** Runs `main`; `done` is called in its green thread, at its end, before anything else can run. */
  start(done: (result: RunResult) => void): void {
    this.runtime.start(() => this.#main(done));
  }

  *#main(done: (result: RunResult) => void): Op<Y> {
    try {
      yield* this.#interpret('main', 'main');
    } catch (error) {
      // The step has reported it if it has a label; if not, only this line tells. It is no error of the run.
      console.error(`main ended by ${codeOf(error)}: ${failureOf(error).message}`);
    }
    this.events.end();
    if (this.#unfinished.size === 0) yield* this.#letGo();
    done({ events: this.events.last, unfinished: this.#unfinished.size });
  }

  /** Leaves nothing behind, since this process will serve other runs. */
  *#letGo(): Op<Y> {
    yield* this.connections.closeAll();
    try {
      if (this.runtime.afterRun) yield* this.runtime.afterRun();
    } catch (error) {
      console.error(`after the run: ${failureOf(error).message}`);
    }
  }

  /** Starts `count` instances of a green thread; without, as many as the program says. */
  *spawn(thread: string, count = this.params.program.threads[thread]?.count ?? 1, inPool = false): Op<Y, null> {
    const instances = this.#instances.get(thread) ?? [];
    this.#instances.set(thread, instances);
    for (let i = 0; i < count; i++) {
      const name = `${thread}#${instances.length + 1}`;
      this.#unfinished.add(name);
      try {
        instances.push({ name, spawned: yield* this.#start(thread, name, inPool) });
      } catch (error) {
        this.#unfinished.delete(name);
        throw error;
      }
    }
    return null;
  }

  #start(thread: string, name: string, inPool: boolean): Op<Y, Spawned<Y>> {
    const { runtime } = this;
    const body = (): Op<Y, Value> => this.#body(thread, name);
    return inPool && runtime.spawnInPool ? runtime.spawnInPool(body) : runtime.spawn(body);
  }

  /** Ends every instance so far, one after the other. */
  *kill(thread: string): Op<Y, null> {
    for (const { name, spawned } of [...(this.#instances.get(thread) ?? [])]) {
      if (this.runtime.kill) yield* this.runtime.kill(spawned);
      // It will never begin.
      if (!this.#begun.has(name)) this.#unfinished.delete(name);
    }
    return null;
  }

  /** Waits for every instance so far; then raises what the first of them raised that did, or gives what they returned. */
  *join(thread: string): Op<Y, Value> {
    const values: Value[] = [];
    const errors: unknown[] = [];
    for (const { spawned } of [...(this.#instances.get(thread) ?? [])]) {
      try {
        values.push(yield* spawned.join());
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
    return values.length > 1 ? values : (values[0] ?? null);
  }

  *#body(thread: string, name: string): Op<Y, Value> {
    this.#begun.add(name);
    try {
      const returned = yield* this.#interpret(thread, name);
      return returned?.value ?? null;
    } finally {
      this.#unfinished.delete(name);
    }
  }

  #interpret(thread: string, name: string): Op<Y, Returned | null> {
    const steps = this.params.program.threads[thread]?.steps ?? [];
    return interpret(steps, { run: this, name, locals: new Map() });
  }
}
