import type { Schedule, Search, Stop } from '../program/search';
import type { SmallProgram } from '../program/small-program';
import { Findings, type Found } from './findings';
import type { Inside } from './inside';
import { Round } from './round';

/**
 * Follows a search to its end in a runtime in this process: one schedule after the other, none of which is kept.
 *
 * @param tell is told of each schedule as it ends
 */
export function exploreInside(
  program: SmallProgram,
  inside: Inside,
  search: Search,
  tell?: (found: Found, schedule: Schedule, orders: bigint) => void,
): Findings {
  const findings = new Findings();
  while (search.begin()) {
    const round = new Round(program, inside);
    const how = follow(round, search);
    const { schedule, switches } = search;
    const orders = search.end(how);
    if (how === 'asleep' || how === 'strayed') findings.dropped += 1;
    else {
      const found = findings.take(round.tracker.outcome(round.ready(), how === 'cut'), orders, schedule, switches);
      tell?.(found, schedule, orders);
    }
    if (!round.finish()) inside.forget();
  }
  return findings;
}

function follow(round: Round, search: Search): 'over' | Stop {
  for (let ready = round.ready(); ready.length > 0; ready = round.ready()) {
    const next = search.choose(ready);
    if (typeof next !== 'number') return next;
    round.letGo(next);
    search.did(round.tracker.reads, round.tracker.writes);
  }
  return 'over';
}
