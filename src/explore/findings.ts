import type { Schedule } from '../program/search';
import { keyOf, type Mishap, mishapNames, mishapsOf, type Outcome } from './outcome';

/** One way in which orders of a small program come out. */
export interface Found {
  readonly outcome: Outcome;
  readonly mishaps: readonly Mishap[];
  /** How many orders come out so. */
  orders: bigint;
  schedules: number;
  /** Of the schedules that led to it, the one with the fewest switches. */
  example: Schedule;
  switches: number;
}

/** What orders come to: one entry for each way in which they come out, however many they are. */
export class Findings {
  readonly #found = new Map<string, Found>();
  orders = 0n;
  schedules = 0;
  /** Schedules that were begun, and left since all that could follow had been tried. */
  dropped = 0;

  take(outcome: Outcome, orders: bigint, schedule: Schedule, switches: number): Found {
    this.orders += orders;
    this.schedules += 1;
    const key = keyOf(outcome);
    const known = this.#found.get(key);
    if (known === undefined) return this.#add(key, outcome, orders, schedule, switches);
    known.orders += orders;
    known.schedules += 1;
    if (switches < known.switches || (switches === known.switches && comesBefore(schedule, known.example))) {
      known.switches = switches;
      known.example = schedule;
    }
    return known;
  }

  get ways(): readonly Found[] {
    return [...this.#found.values()];
  }

  /** In how many orders each mishap shows that shows at all. */
  get mishaps(): ReadonlyMap<Mishap, bigint> {
    const counts = mishapNames.map((name) => {
      const ways = this.ways.filter(({ mishaps }) => mishaps.includes(name));
      return [name, ways.reduce((sum, { orders }) => sum + orders, 0n)] as const;
    });
    return new Map(counts.filter(([, orders]) => orders > 0n));
  }

  #add(key: string, outcome: Outcome, orders: bigint, example: Schedule, switches: number): Found {
    const found = { outcome, mishaps: mishapsOf(outcome), orders, schedules: 1, example, switches };
    this.#found.set(key, found);
    return found;
  }
}

/** So that the example is the same, whichever of several is tried first. */
function comesBefore(one: Schedule, other: Schedule): boolean {
  const i = one.findIndex((thread, place) => thread !== other[place]);
  return i >= 0 && (one[i] ?? 0) < (other[i] ?? 0);
}
