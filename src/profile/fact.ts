import type { Plan, PlanFacts } from '../program/plan';
import { doubts } from '../trace/doubts';
import type { RunRecord } from '../trace/record';

/** What was observed: one of a fact's answers, or a number in words; and what more there is to say of it. */
export interface Answer {
  readonly answer: string;
  readonly detail?: string;
}

/**
 * A property of a runtime on which the document is silent: neither pass nor fail. It is observed by a program of its own, and its answer
 * is a pure function of the record of that program's run.
 */
export interface Fact {
  /** Stable: what stands side by side in reports. */
  readonly id: string;
  readonly question: string;
  /** How it is observed, and what shows that the observer would have seen it otherwise. */
  readonly observed: string;
  /** Every answer that there can be, with what it means to code that was written for eventlet. */
  readonly answers: Readonly<Record<string, string>>;
  readonly plan: (facts: PlanFacts) => Plan;
  /** Undefined where what would tell was not seen. */
  readonly answer: (record: RunRecord) => Answer | undefined;
}

/** What stands in the place of an answer where there is none; the detail says why. */
export const UNKNOWN = 'unknown';
export const NOT_APPLICABLE = 'not-applicable';

/** The answer that a record gives; unknown where the adapter's word is in doubt, the run was cut, or what would tell did not come. */
export function answerOf(fact: Fact, record: RunRecord): Answer {
  const [doubt] = doubts(record);
  if (doubt !== undefined) return { answer: UNKNOWN, detail: doubt };
  if (record.end.kind === 'cut') return { answer: UNKNOWN, detail: record.end.fault.what };
  return fact.answer(record) ?? { answer: UNKNOWN, detail: missing(record) };
}

function missing({ end }: RunRecord): string {
  if (end.kind !== 'stuck') return 'the program ended, and what would have told did not happen';
  return `the program was stuck at ${end.at.map(({ thread, label }) => `${label} of ${thread}`).join(', ')}`;
}
