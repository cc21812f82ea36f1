/** Whom to let go at each turn: green threads by their place in the order of starting. */
export type Schedule = readonly number[];

/** Chooses schedules; several may be under way at once, each by a walk of its own. */
export interface Search {
  /** Begins the next schedule; undefined if there is none to try, or none before one of those under way has come further. */
  begin(): Walk | undefined;
  /** What was left out; empty where every order has been tried, or is stood for by one that has. */
  readonly bounds: ReadonlySet<Bound>;
  /** Where it went another way under the same schedule than before: something is at work that is not under control. */
  readonly strayed: Strayed | undefined;
}

/** One schedule under way: it chooses whom to let go, is told of what each turn did, and need not know where it is done. */
export interface Walk {
  /** Whom to let go of those who can, or why this schedule is not followed any further. */
  choose(ready: readonly number[]): number | Stop;
  /** What the turn just chosen has read and written, a bit each. */
  did(reads: number, writes: number): void;
  /** The schedule has come to its end, or is not followed any further; gives how many orders it stands for. */
  end(how: 'over' | Stop): bigint;
  /** Who has been let go so far. */
  readonly schedule: Schedule;
  /** How often the turn went to another although the one before could have gone on. */
  readonly switches: number;
}

/**
 * Why a schedule is left before its end: all that follows stands for orders that have been tried; it may go on for ever; it cannot be followed,
 * since those who could be let go before cannot now.
 */
export type Stop = 'asleep' | 'cut' | 'strayed';

export type Bound = 'switches' | 'schedules' | 'turns' | 'seed';

export interface Strayed {
  readonly schedule: Schedule;
  /** Who could be let go then, the first time and now. */
  readonly before: readonly number[];
  readonly now: readonly number[];
}
