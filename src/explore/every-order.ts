import { Fault } from '../fault/fault';
import type { Cast } from '../program/compose';
import type { Crowd } from '../program/crowds';
import { gatedProgram, mostRounds, readGated } from '../program/gated';
import { NO_FACTS, type Plan } from '../program/plan';
import { type SmallProgram, smallProgram } from '../program/small-program';
import { exploreInside } from './explore';
import { Model } from './model';
import { Enumeration } from './search';

/** What the shared variables of crowds hold at first. */
const SHARED = { number: 0, thing: null };

/**
 * A plan that leads a crowd through each of its orders: as many rounds as there are orders in the model.
 *
 * @throws Fault of the user, where its orders cannot be explored, or are too many for one run
 */
export function everyOrder({ threads }: Crowd): Plan {
  const small = smallProgram(threads, SHARED);
  const most = mostRounds(small);
  const search = new Enumeration({ reduce: false, schedules: most });
  const { schedules } = exploreInside(small, new Model(), search);
  if (search.bounds.size > 0)
    throw new Fault({ party: 'user', what: 'there are too many orders for one run', expected: `at most ${most}` });
  const program = gatedProgram(small, schedules);
  const act = {
    act: 'explore',
    gated: readGated(program),
    search: new Enumeration({ reduce: false }),
    atOnce: 1,
  } as const;
  return { program, acts: [act], declaredWait: 0 };
}

/**
 * The small program of a scenario's cast.
 *
 * @throws Fault of the user, where its orders cannot be explored
 */
export function smallProgramOfCast(cast: Cast): SmallProgram {
  const crowd = cast.crowd?.(NO_FACTS);
  if (crowd === undefined)
    throw new Fault({
      party: 'user',
      what: 'the orders of this scenario cannot be explored',
      expected: 'several green threads, each of which does a task',
      came: 'none of that kind',
    });
  return smallProgram(crowd.threads, SHARED);
}
