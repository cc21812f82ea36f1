import type { Value } from '../program/names';
import { joined } from '../program/small-program';
import type { Step } from '../program/step';
import { codeOf, ProgramError } from '../sdk/failure';
import { same, sum } from '../sdk/plain';
import type { Op } from '../sdk/runtime';
import type { Tracker } from './tracker';

/** What a green thread of a small program works with, wherever it runs. */
export interface Hands {
  readonly tracker: Tracker;
  /** Stands until it is let go. */
  stand(thread: number): Op<void>;
  synchronized<T>(name: string, body: () => Op<void, T>): Op<void, T>;
  /** Waits for the end of an instance. */
  join(name: string): Op<void, Value>;
}

interface Self {
  readonly thread: number;
  readonly hands: Hands;
  readonly locals: Map<string, Value>;
  /** The local because of which it does what it does, inside a `when`. */
  because: string | undefined;
}

class Returned {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** The life of a green thread: it stands before its first step, wherever it could be switched away from, and inside each lock. */
export function* live(thread: number, steps: readonly Step[], hands: Hands): Op<void, Value> {
  try {
    yield* hands.stand(thread);
    const returned = yield* perform(steps, { thread, hands, locals: new Map(), because: undefined });
    hands.tracker.ended(thread);
    return returned?.value ?? null;
  } catch (error) {
    hands.tracker.ended(thread, String(codeOf(error)));
    throw error;
  }
}

function* perform(steps: readonly Step[], self: Self): Op<void, Returned | undefined> {
  const { thread, hands, locals } = self;
  for (const step of steps) {
    let value: Value = null;
    switch (step.do) {
      case 'sleep':
      case 'wait':
        yield* hands.stand(thread);
        break;
      case 'get':
        value = hands.tracker.value(step.variable);
        hands.tracker.read(thread, step.variable, step.into);
        break;
      case 'set':
        set(step, self);
        break;
      case 'return':
        return new Returned(step.value);
      case 'raise':
        throw new ProgramError(step.error);
      case 'join':
        value = yield* join(step.thread, self);
        break;
      default: {
        const came: Returned | Value | undefined = yield* nesting(step, self);
        if (came instanceof Returned) return came;
        value = came ?? null;
      }
    }
    if ('into' in step && step.into !== undefined) locals.set(step.into, value);
  }
  return undefined;
}

function* nesting(step: Step, self: Self): Op<void, Returned | Value | undefined> {
  switch (step.do) {
    case 'call':
      return yield* perform(step.steps, self);
    case 'when':
      return same(self.locals.get(step.local) ?? null, step.is) ? yield* because(step.local, step.steps, self) : null;
    case 'synchronized':
      return yield* section(step.name, step.steps, self);
    case 'attempt':
      return yield* attempt(step.steps, self);
    case 'repeat':
      for (let time = 0; time < step.times; time++) {
        const returned = yield* perform(step.steps, self);
        if (returned) return returned;
      }
      return undefined;
    case 'until':
      while (!isNow(step.variable, step.is, self)) {
        const returned = yield* perform(step.steps, self);
        if (returned) return returned;
      }
      return undefined;
    default:
      throw new Error(`a small program has no step ${step.do}`);
  }
}

function* because(local: string, steps: readonly Step[], self: Self): Op<void, Returned | undefined> {
  const before = self.because;
  self.because = local;
  try {
    return yield* perform(steps, self);
  } finally {
    self.because = before;
  }
}

function* section(name: string, steps: readonly Step[], self: Self): Op<void, Returned | undefined> {
  const { thread, hands } = self;
  hands.tracker.asks(thread, name);
  return yield* hands.synchronized(name, function* () {
    hands.tracker.entered(thread, name);
    try {
      yield* hands.stand(thread);
      return yield* perform(steps, self);
    } finally {
      hands.tracker.left(thread, name);
    }
  });
}

function* attempt(steps: readonly Step[], self: Self): Op<void, Returned | Value> {
  const { because } = self;
  try {
    return (yield* perform(steps, self)) ?? null;
  } catch (error) {
    self.because = because;
    return codeOf(error);
  }
}

function* join(name: string, { thread, hands }: Self): Op<void, Value> {
  hands.tracker.joins(thread, name);
  const value = yield* hands.join(joined(name));
  hands.tracker.joined(thread, name);
  yield* hands.stand(thread);
  return value;
}

function set(step: Extract<Step, { do: 'set' }>, { thread, hands, locals, because }: Self): void {
  const value = (step.from === undefined ? step.value : locals.get(step.from)) ?? null;
  const written = step.plus === undefined ? value : sum(value, step.plus);
  hands.tracker.write(thread, step.variable, written, step.from ?? because, step.from === undefined);
}

function isNow(variable: string, is: Value, { hands }: Self): boolean {
  return same(hands.tracker.value(variable), is);
}
