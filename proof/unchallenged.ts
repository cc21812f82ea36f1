import { type Challenge, challengesOf } from '../src/program/challenges';
import { compose, PENDING, READY, TIMER } from '../src/program/compose';
import { MESSENGER, NO_FACTS } from '../src/program/plan';
import type { Case } from './cases';

/** Those who are there beside the ones that a scenario is about: what they do is reported, and not challenged but for the messenger. */
const COMPANY: ReadonlySet<string> = new Set([READY, PENDING, TIMER, MESSENGER.thread]);

/** What outside of the process can show that the green threads of a scenario did what is reported of them. */
export function challengesIn({ cast }: Case): ReadonlySet<Challenge> {
  const plan = compose({ ...cast, showsMode: true, readsKernel: true }, NO_FACTS);
  const actors = [...challengesOf(plan)].filter(([name]) => !COMPANY.has(name));
  return new Set(actors.flatMap(([, challenges]) => challenges));
}

/** The scenarios (an outline once) of which that is nothing, or nothing but gates. */
export function unchallenged(cases: readonly Case[]): {
  readonly nothing: readonly string[];
  readonly gates: readonly string[];
} {
  const names = (of: (challenges: ReadonlySet<Challenge>) => boolean): string[] => [
    ...new Set(
      cases
        .filter((one) => of(challengesIn(one)))
        .map(({ clause, claims, name }) => `${clause}: ${claims[0]?.scenario ?? name}`),
    ),
  ];
  return {
    nothing: names((challenges) => challenges.size === 0),
    gates: names((challenges) => challenges.size === 1 && challenges.has('gate')),
  };
}
