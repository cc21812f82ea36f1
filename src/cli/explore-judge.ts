import type { Mishap } from '../explore/outcome';
import { describe } from '../explore/outcome';
import { writeSchedule } from '../explore/schedule';
import { letterOf } from '../program/small-program';
import type { Explored } from '../session/explore';
import type { Subject } from './explore-scenario';

export interface Judged {
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly reason: string;
  /** A mishap that is not expected, or in more orders than it is expected; or else one that shows. */
  readonly mishap?: Mishap;
}

/** What was left out, in words. */
const BOUNDS = {
  switches: 'the number of switches',
  schedules: 'the number of schedules',
  turns: 'the number of turns in one schedule',
  seed: 'the lot: schedules were drawn by a seed',
} as const;

/** Holds what was found against what is expected; what was not tried to the end is no pass. */
export function judgeExploration({ findings, bounds, ...more }: Explored, { expected }: Subject): Judged {
  const { mishaps, orders } = findings;
  const complete = bounds.size === 0;
  const tooMany = [...mishaps].find(([mishap, count]) => count > (expected?.get(mishap)?.orders ?? 0n));
  const [shows] = mishaps.keys();
  const told = uncontrolled(more);
  if (told !== undefined) return { verdict: 'inconclusive', reason: told };
  if (tooMany !== undefined) {
    const [mishap, count] = tooMany;
    const wanted = expected === undefined ? '' : `, not in ${expected.get(mishap)?.orders ?? 0n}`;
    return { verdict: 'fail', reason: `${mishap} in ${count} of ${orders} orders${wanted}`, mishap };
  }
  const mishap = shows === undefined ? {} : { mishap: shows };
  if (!complete) {
    const by = [...bounds].map((bound) => BOUNDS[bound]).join(' and ');
    return { verdict: 'inconclusive', reason: `bounded by ${by}, ${findings.schedules} explored`, ...mishap };
  }
  for (const [name, { orders: wanted, all }] of expected ?? []) {
    const count = mishaps.get(name) ?? 0n;
    if (count !== wanted || orders !== all)
      return {
        verdict: 'fail',
        reason: `${name} in ${count} of ${orders} orders, not in ${wanted} of ${all}`,
        ...mishap,
      };
  }
  return {
    verdict: 'pass',
    reason: expected === undefined ? 'nothing goes wrong in any order' : 'as expected',
    ...mishap,
  };
}

/** Where something was at work that is not under control. */
export function uncontrolled({ strayed, unlike }: Pick<Explored, 'strayed' | 'unlike'>): string | undefined {
  const that = 'something is at work that is not under control:';
  if (strayed !== undefined) {
    const [before, now] = [strayed.before, strayed.now].map(
      (threads) => threads.map(letterOf).join(' or ') || 'nobody',
    );
    return `${that} after ${writeSchedule(strayed.schedule) || 'the start'} ${before} could go on the first time, and then ${now}`;
  }
  if (unlike === undefined) return undefined;
  const [before, now] = [unlike.before, unlike.now].map((outcome) => describe(outcome).join(', '));
  return `${that} ${writeSchedule(unlike.schedule)} came to "${before}" the first time, and then to "${now}"`;
}
