import type { Entry } from '../../trace/record';
import { laneFinder } from './bars';
import type { Lane } from './lanes';

/** What happens in a lane at one moment. */
export interface Mark {
  readonly lane: number;
  /** The place of its entry. */
  readonly at: number;
  readonly kind: 'raised' | 'entered' | 'arrived' | 'opened' | 'told' | 'seen';
  /** The lane of the green thread that it is done to. */
  readonly to?: number;
}

export function marksOf(entries: readonly Entry[], lanes: readonly Lane[]): Mark[] {
  const laneOf = laneFinder(lanes);
  const lane = (kind: Lane['kind']): number => lanes.findIndex((one) => one.kind === kind);
  return entries.flatMap((entry, at) => {
    const mark = markOf(entry, laneOf, lane);
    return mark === undefined ? [] : [{ ...mark, at }];
  });
}

function markOf(
  entry: Entry,
  laneOf: (thread: string) => number,
  lane: (kind: Lane['kind']) => number,
): Omit<Mark, 'at'> | undefined {
  switch (entry.kind) {
    case 'event': {
      const { phase, thread } = entry.event;
      return phase === 'raised' || phase === 'entered' ? { lane: laneOf(thread), kind: phase } : undefined;
    }
    case 'arrived':
    case 'opened':
      return { lane: lane('suite'), kind: entry.kind, to: laneOf(entry.thread) };
    case 'flag':
    case 'filled':
    case 'called-off':
    case 'outlasted':
      return { lane: lane('suite'), kind: 'told' };
    case 'kernel':
    case 'quiescent':
      return { lane: lane('os'), kind: 'seen' };
    case 'watched':
      return entry.sight.outcome === 'over' ? { lane: lane('os'), kind: 'seen' } : undefined;
    case 'server':
      return entry.sight.outcome === 'over' ? { lane: lane('mysql'), kind: 'seen' } : undefined;
    case 'row-waits':
    case 'rows':
      return { lane: lane('mysql'), kind: 'seen' };
    case 'held':
    case 'released':
      return undefined;
  }
}
