import type { Value } from '../program/names';
import type { Body, Op } from '../sdk/runtime';

/** A runtime in this very process, whose hub turns only when it is told to: nothing in it is real I/O, and nothing takes time. */
export interface Inside {
  /** Starts a green thread; gives how others wait for its end. */
  spawn(body: Body<void, Value>): () => Op<void, Value>;
  synchronized<T>(name: string, body: Body<void, T>): Op<void, T>;
  /** Lets the green thread that calls it stand until what it hands out is called. */
  stand(hand: (letGo: () => void) => void): Op<void>;
  /** Runs all that is ready, until nothing is. */
  turn(): void;
  /** Whoever is left behind is gone, and all locks are as new. */
  forget(): void;
}
