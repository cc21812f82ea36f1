import { type Cast, compose } from '../program/compose';
import { modeOf, needsOf } from '../program/needs';
import { NO_FACTS } from '../program/plan';
import { type Bench, runPlan } from '../runtime/run-plan';
import type { RunRecord } from '../trace/record';

/** What came of a scenario's program: the record of its run, or what of it the runtime does not declare. */
export type Attempt =
  | { readonly kind: 'ran'; readonly record: RunRecord; readonly milliseconds: number }
  | { readonly kind: 'not-applicable'; readonly missing: readonly string[] };

/**
 * Runs the program of a cast on a process in the mode that it takes.
 *
 * @throws Fault where no run could be made at all: no adapter, no server to prepare
 */
export async function runScenario(bench: Bench, cast: Cast): Promise<Attempt> {
  const plan = compose(cast, NO_FACTS);
  const adapter = await bench.pool.take(plan.patched);
  if (adapter === undefined) return { kind: 'not-applicable', missing: [modeOf(plan)] };
  const has = (word: string): boolean => adapter.identity.capabilities.includes(word);
  const missing = needsOf(plan).filter((need) => !has(need));
  if (missing.length > 0) return { kind: 'not-applicable', missing };
  const seen: Cast = {
    ...cast,
    readsKernel: adapter.kernel.blindness === undefined,
    showsMode: ['patch/on', 'sleep/standard'].every(has),
    yields: has('yield'),
  };
  const began = performance.now();
  const record = await runPlan(bench, adapter, (facts) => compose(seen, facts));
  const milliseconds = performance.now() - began;
  void bench.pool.renew(adapter);
  return { kind: 'ran', record, milliseconds };
}
