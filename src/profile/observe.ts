import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { modeOf, needsOf } from '../program/needs';
import { NO_FACTS } from '../program/plan';
import { type Bench, runPlan } from '../runtime/run-plan';
import type { RunRecord } from '../trace/record';
import { type Answer, answerOf, type Fact, NOT_APPLICABLE, UNKNOWN } from './fact';

/** A fact of one runtime, as the result file keeps it. */
export interface ObservedFact extends Answer {
  readonly id: string;
  readonly question: string;
  /** From which the answer can be found again; absent where there was no run. */
  readonly record?: RunRecord;
}

/**
 * Runs a fact's program on a process of the runtime in the mode that its services run in. Whatever keeps it from being observed is its
 * detail, and keeps nobody from the next.
 */
export async function observe(bench: Bench, fact: Fact): Promise<ObservedFact> {
  const { id, question } = fact;
  try {
    return { id, question, ...(await runFact(bench, fact)) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { id, question, answer: UNKNOWN, detail: explain(error) };
  }
}

async function runFact(bench: Bench, fact: Fact): Promise<Answer & { readonly record?: RunRecord }> {
  const plan = fact.plan(NO_FACTS);
  const adapter = await bench.pool.take(plan.patched);
  if (adapter === undefined) return lacking([modeOf(plan)]);
  const missing = needsOf(plan).filter((need) => !adapter.identity.capabilities.includes(need));
  if (missing.length > 0) return lacking(missing);
  const record = await runPlan(bench, adapter, fact.plan);
  return { ...answerOf(fact, record), record };
}

function lacking(words: readonly string[]): Answer {
  return { answer: NOT_APPLICABLE, detail: `the runtime does not declare ${words.join(', ')}` };
}
