import type { Schedule, Search, Stop, Walk } from '../program/search';
import type { SmallProgram } from '../program/small-program';
import { Findings, type Found } from './findings';
import type { Inside } from './inside';
import { Round } from './round';

/** Is told of each schedule that came to its end: how it came out, and how many orders it stands for. */
export type Tell = (found: Found, schedule: Schedule, orders: bigint) => void;

/** Follows a search to its end in a runtime in this process: one schedule after the other, none of which is kept. */
export function exploreInside(program: SmallProgram, inside: Inside, search: Search, tell?: Tell): Findings {
  const findings = new Findings();
  while (tryNext(program, inside, search, findings, tell));
  return findings;
}

/** Tries the next schedule; false if there is none. */
export function tryNext(
  program: SmallProgram,
  inside: Inside,
  search: Search,
  findings: Findings,
  tell: Tell = () => {},
): boolean {
  const walk = search.begin();
  if (walk === undefined) return false;
  const round = new Round(program, inside);
  const how = follow(round, walk);
  const { schedule, switches } = walk;
  const orders = walk.end(how);
  if (how === 'asleep' || how === 'strayed') findings.dropped += 1;
  else {
    const found = findings.take(round.tracker.outcome(round.ready(), how === 'cut'), orders, schedule, switches);
    tell(found, schedule, orders);
  }
  if (!round.finish()) inside.forget();
  return true;
}

function follow(round: Round, walk: Walk): 'over' | Stop {
  for (let ready = round.ready(); ready.length > 0; ready = round.ready()) {
    const next = walk.choose(ready);
    if (typeof next !== 'number') return next;
    round.letGo(next);
    walk.did(round.tracker.reads, round.tracker.writes);
  }
  return 'over';
}
