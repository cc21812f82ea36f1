import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Value } from '../program/names';
import type { Step } from '../program/step';
import { codeOf, failureOf, isUncatchable, ProgramError } from './failure';
import type { Instance } from './instance';
import { readLineOf } from './pipe';
import { computeRound, flagRaised, same, sum } from './plain';
import type { Op } from './runtime';

/** What a `return` makes of the steps around it: they end too, and no `attempt` holds it up. */
export class Returned {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** Which steps must not switch, other than those for which the runtime answers itself: `preempt` is told of them. */
function mustNotSwitch(step: Step): boolean {
  switch (step.do) {
    case 'compute':
    case 'call':
    case 'raise':
    case 'attempt':
    case 'touch':
    case 'get':
    case 'set':
      return true;
    case 'wait':
      return step.through === 'raw-pipe';
    default:
      return false;
  }
}

type StepOf<Do extends Step['do']> = Extract<Step, { do: Do }>;

/** Runs steps in the green thread that calls it. Gives what a `return` among them returned, if there was one. */
export function* interpret<Y>(steps: readonly Step[], self: Instance<Y>): Op<Y, Returned | null> {
  for (const step of steps) {
    const came = yield* step.label === undefined ? perform(step, self) : report(step, step.label, self);
    if (came instanceof Returned) return came;
    if ('into' in step && step.into !== undefined) self.locals.set(step.into, came);
  }
  return null;
}

/** A step with a label says that it started, and how it ended. */
function* report<Y>(step: Step, label: string, self: Instance<Y>): Op<Y, Value | Returned> {
  const { events } = self.run;
  events.report(self.name, label, 'started');
  let came: Value | Returned;
  try {
    came = yield* perform(step, self);
  } catch (error) {
    events.report(self.name, label, 'raised', { error: failureOf(error) });
    throw error;
  }
  events.report(self.name, label, 'finished', { value: came instanceof Returned ? null : came });
  return came;
}

function* perform<Y>(step: Step, self: Instance<Y>): Op<Y, Value | Returned> {
  const { run, locals } = self;
  if (run.runtime.preempt && mustNotSwitch(step)) yield* run.runtime.preempt(step);
  switch (step.do) {
    case 'spawn':
      return yield* run.spawn(step.thread, step.count, step.through === 'pool');
    case 'join':
      return yield* run.join(step.thread);
    case 'kill':
      return yield* run.kill(step.thread);
    case 'return':
      return new Returned(step.value);
    case 'raise':
      throw new ProgramError(step.error);
    case 'attempt':
      return yield* attempt(step, self);
    case 'timeout':
      return yield* timeout(step, self);
    case 'sleep':
      return yield* sleep(step, self);
    case 'yield':
      yield* present(run.runtime.yieldNow?.bind(run.runtime))();
      return null;
    case 'compute':
      return yield* compute(step, self);
    case 'wait':
      return yield* wait(step, self);
    case 'call':
      return yield* call(step.depth, step.steps, self);
    case 'touch':
      return yield* touch(step, self);
    case 'get':
      return run.variables.get(step.variable) ?? null;
    case 'set':
      return set(step, self);
    case 'when':
      return same(locals.get(step.local) ?? null, step.is) ? yield* interpret(step.steps, self) : null;
    case 'synchronized':
      return yield* synchronized(step, self);
    case 'hold':
      return yield* hold(step, self);
    case 'connect':
      return yield* connect(step, self);
    case 'query':
      return yield* query(step, self);
    case 'close':
      return yield* run.connections.close(self.name, step.connection);
    case 'repeat':
      return yield* repeat(step, self);
    case 'until':
      return yield* until(step, self);
  }
}

function* attempt<Y>(step: StepOf<'attempt'>, self: Instance<Y>): Op<Y, Value | Returned> {
  try {
    return yield* interpret(step.steps, self);
  } catch (error) {
    if (isUncatchable(error)) throw error;
    return codeOf(error);
  }
}

function* timeout<Y>({ seconds, steps }: StepOf<'timeout'>, self: Instance<Y>): Op<Y, Returned | null> {
  const { runtime } = self.run;
  return yield* present(runtime.timeout?.bind(runtime))(seconds, () => interpret(steps, self));
}

function* hold<Y>({ lock, steps }: StepOf<'hold'>, self: Instance<Y>): Op<Y, Returned | null> {
  return yield* present(self.run.runtime.hold?.[lock])(() => interpret(steps, self));
}

function* sleep<Y>({ through, seconds }: StepOf<'sleep'>, { run }: Instance<Y>): Op<Y, null> {
  const asleep = present(run.runtime.sleep[through]);
  yield* seconds === undefined ? asleep() : asleep(seconds);
  return null;
}

function* compute<Y>(step: StepOf<'compute'>, { run }: Instance<Y>): Op<Y, null> {
  while (!computeRound(run.params.folder, step.until)) {
    if (run.runtime.preempt) yield* run.runtime.preempt(step);
  }
  return null;
}

function* wait<Y>({ gate, through }: StepOf<'wait'>, self: Instance<Y>): Op<Y, Value> {
  const { folder } = self.run.params;
  const token = through === 'raw-pipe' ? readLineOf(join(folder, `pipe-${gate}`)) : yield* waitGreen(gate, self);
  if (token === null) throw new ProgramError('gate-lost', `gate ${gate} was lost before a token came`);
  return token;
}

/** The hello carries the number of this step's own `started`, also when others have reported while it connected. */
function* waitGreen<Y>(gate: string, { run, name }: Instance<Y>): Op<Y, string | null> {
  const { gates, nonce } = run.params;
  const hello = `${nonce} ${gate} ${name} ${run.events.last}`;
  const conversation = yield* present(run.runtime.wait.green)(gates.host, gates.port);
  try {
    yield* conversation.send(hello);
    return yield* conversation.receive();
  } finally {
    yield* conversation.close();
  }
}

/** As deep as the program says, in calls of the language's own. From inside a callback no generator can yield: nobody declares that here. */
function* call<Y>(depth: number, steps: readonly Step[], self: Instance<Y>): Op<Y, Returned | null> {
  return yield* depth === 0 ? interpret(steps, self) : call(depth - 1, steps, self);
}

function* touch<Y>({ what }: StepOf<'touch'>, { run, name }: Instance<Y>): Op<Y, string | null> {
  const { folder, nonce } = run.params;
  if (what === 'file') return readFileSync(join(folder, 'readable.txt'), 'utf8');
  if (run.runtime.log) yield* run.runtime.log(join(folder, 'log.txt'), `${nonce} ${name}`);
  return null;
}

function set<Y>(step: StepOf<'set'>, { run, locals }: Instance<Y>): Value {
  const value = (step.from === undefined ? step.value : locals.get(step.from)) ?? null;
  const written = step.plus === undefined ? value : sum(value, step.plus);
  run.variables.set(step.variable, written);
  return written;
}

function* synchronized<Y>(step: StepOf<'synchronized'>, self: Instance<Y>): Op<Y, Returned | null> {
  const { runtime, events } = self.run;
  return yield* present(runtime.synchronized?.bind(runtime))(step.name, function* (): Op<Y, Returned | null> {
    if (step.label !== undefined) events.report(self.name, step.label, 'entered');
    return yield* interpret(step.steps, self);
  });
}

function* connect<Y>(step: StepOf<'connect'>, { run, name }: Instance<Y>): Op<Y, null> {
  const connection = yield* present(run.runtime.drivers[step.driver])(present(run.params.database));
  run.connections.add(name, step.connection, connection);
  return null;
}

function* query<Y>(step: StepOf<'query'>, { run, name }: Instance<Y>): Op<Y, Value> {
  const comment = `/* greenspec ${run.params.nonce} ${name} ${run.events.last} */`;
  return yield* run.connections.find(name, step.connection).query(`${comment} ${step.sql}`);
}

function* repeat<Y>(step: StepOf<'repeat'>, self: Instance<Y>): Op<Y, Returned | null> {
  for (let time = 0; time < step.times; time++) {
    const returned = yield* interpret(step.steps, self);
    if (returned) return returned;
  }
  return null;
}

function* until<Y>(step: StepOf<'until'>, self: Instance<Y>): Op<Y, Returned | null> {
  const { variables, params } = self.run;
  const calledOff = (): boolean => step.unless !== undefined && flagRaised(params.folder, step.unless);
  while (!same(variables.get(step.variable) ?? null, step.is) && !calledOff()) {
    const returned = yield* interpret(step.steps, self);
    if (returned) return returned;
  }
  return null;
}

/** A part of the runtime that a program asks for. `unmet` has refused programs that ask for what is not there. */
function present<T>(part: T | undefined): T {
  if (part === undefined) throw new ProgramError('not-there', 'the runtime has no such part');
  return part;
}
