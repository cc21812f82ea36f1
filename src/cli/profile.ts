import { join } from 'node:path';
import { profileLines } from '../report/profile';
import type { Session } from '../session/session';
import type { FactResult } from '../verdict/result';
import type { RuntimeRun } from './runtime-run';

/** Where the facts of a run are kept; undefined where they are not asked for. */
export function placeForFacts({ facts }: RuntimeRun): FactResult[] | undefined {
  return facts ? [] : undefined;
}

/** Observes one fact after the other, and puts each to the others as soon as it is there; tells what came of them. */
export async function takeProfile(
  { command, reports, summary, write }: RuntimeRun,
  { bench }: Session,
  facts: FactResult[] | undefined,
  stopped: () => boolean,
): Promise<void> {
  if (facts === undefined) return;
  const { FACTS } = await import('../profile/catalogue');
  const { observe } = await import('../profile/observe');
  for (const fact of FACTS) {
    const observed = await observe(bench, fact);
    if (stopped()) return;
    facts.push(observed);
  }
  for (const line of profileLines(facts, join(reports, `${command.name}.json`), summary.verbose)) write(line);
}
