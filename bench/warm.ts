import { planCases } from '../proof/cases';
import { readCatalogue } from '../src/clauses/catalogue';
import { parseUrl } from '../src/database/address';
import { compose } from '../src/program/compose';
import { NO_FACTS } from '../src/program/plan';
import { ROOT } from '../src/project';
import type { AdapterCommand } from '../src/runtime/command';
import { runScenario } from '../src/session/run-scenario';
import { openSession } from '../src/session/session';
import { median } from './measure';

/** Rounds before the one that counts: what is compiled as it runs is compiled by then, in the adapter and here. */
const WARMING = 2;

/** Milliseconds of the median scenario, declared waits aside, on processes that have run all of them before. */
export async function warmMedian(command: AdapterCommand, url: string): Promise<number> {
  const cases = await planCases(readCatalogue(ROOT).clauses);
  const session = await openSession(command, parseUrl(url));
  try {
    let costs: number[] = [];
    for (let round = 0; round <= WARMING; round++) {
      costs = [];
      for (const { cast } of cases) {
        const attempt = await runScenario(session.bench, cast);
        if (attempt.kind === 'ran') costs.push(attempt.milliseconds - compose(cast, NO_FACTS).declaredWait * 1000);
      }
    }
    return median(costs);
  } finally {
    await session.close();
  }
}
