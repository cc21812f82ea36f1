import type { Verdict } from '../verdict/judge';
import type { ScenarioResult } from '../verdict/result';

/** How a result is told: by its verdict, or as the difference that was expected. */
export type Mark = Verdict | 'known' | 'flaky';

/** All marks, in the order in which they are counted. */
export const MARKS: readonly Mark[] = ['pass', 'known', 'flaky', 'fail', 'inconclusive', 'not-applicable'];

export function markOf({ verdict, expected }: Pick<ScenarioResult, 'verdict' | 'expected'>): Mark {
  return expected?.list ?? verdict;
}

/** What the marks of a clause come to: what was not expected goes first, and what differs is never told as a pass. */
export function combineMarks(marks: readonly Mark[]): Mark {
  const order: readonly Mark[] = ['fail', 'inconclusive', 'known', 'flaky', 'pass'];
  return order.find((mark) => marks.includes(mark)) ?? 'not-applicable';
}
