import type { Value } from '../program/names';

/** What a green thread that never came to its end waits for. Green threads are named by their letters. */
export type Wait = { readonly thread: string } & (
  | { readonly for: 'lock'; readonly lock: string; readonly holders: readonly string[] }
  | { readonly for: 'end'; readonly of: string }
  /** Of the MySQL server. */
  | { readonly for: 'answer' }
  /** It was let go, is at no step that could hold it up, and does not come to run. */
  | { readonly for: 'turn' }
);

/** A query was given up after its wait for a row (1205), or its transaction was rolled back since all waited for each other (1213). */
export interface Ended {
  readonly thread: string;
  readonly code: 1205 | 1213;
}

/** What one order of a small program comes to. */
export interface Outcome {
  /** What the shared variables hold at the end. */
  readonly variables: Readonly<Record<string, Value>>;
  /** Writes of which nothing is left, since another was made from what had been read before them. */
  readonly lost: number;
  /** Writes made because of a look that was out of date by then. */
  readonly stale: number;
  /** The locks in which two were inside together. */
  readonly together: readonly string[];
  /** What green threads raised, by their letters. */
  readonly raised: Readonly<Record<string, string>>;
  /** What the rows at the server hold at the end; absent where the program has none. */
  readonly rows?: Readonly<Record<string, string>> | undefined;
  /** Queries that the server ended with an error for the locks that others have, by their green threads; absent where it ended none. */
  readonly ended?: readonly Ended[] | undefined;
  /** What variables and rows should hold at the end that hold something else; absent where all are right. */
  readonly wrong?: Readonly<Record<string, Value>> | undefined;
  /** Those who never came to their end; empty where all did. */
  readonly waits: readonly Wait[];
  /** Given up after so many turns that it may go on for ever. */
  readonly cut: boolean;
}

/** What may go wrong in an order. */
export const MISHAPS = {
  'an update is lost': ({ lost, stale }) => lost > 0 && stale === 0,
  'a missing thing is made twice': ({ stale }) => stale > 0,
  'two are inside together': ({ together }) => together.length > 0,
  'all that are left wait for each other': ({ waits }) => circle(waits).length > 0,
  'one waits for a lock that nobody holds': ({ waits }) =>
    waits.some((w) => w.for === 'lock' && w.holders.length === 0),
  'one is let go and never runs again': ({ waits }) => waits.some((w) => w.for === 'turn'),
  'a query is ended by MySQL with 1205': ({ ended = [] }) => ended.some(({ code }) => code === 1205),
  'a transaction is ended by MySQL with 1213': ({ ended = [] }) => ended.some(({ code }) => code === 1213),
  'it does not come to what it should': ({ wrong = {} }) => Object.keys(wrong).length > 0,
} as const satisfies Record<string, (outcome: Outcome) => boolean>;
export type Mishap = keyof typeof MISHAPS;
export const mishapNames = Object.keys(MISHAPS) as Mishap[];

export function mishapsOf(outcome: Outcome): Mishap[] {
  return mishapNames.filter((name) => MISHAPS[name](outcome));
}

/** Who waits for whom, round and round; empty where nobody does. */
export function circle(waits: readonly Wait[]): string[] {
  const next = new Map(waits.map((wait) => [wait.thread, ahead(wait)]));
  for (const start of next.keys()) {
    const path: string[] = [];
    for (let at: string | undefined = start; at !== undefined && !path.includes(at); at = next.get(at)?.[0]) {
      path.push(at);
      if (next.get(at)?.includes(start)) return path;
    }
  }
  return [];
}

function ahead(wait: Wait): readonly string[] {
  switch (wait.for) {
    case 'lock':
      return wait.holders;
    case 'end':
      return [wait.of];
    case 'answer':
    case 'turn':
      return [];
  }
}

/** In words, a line each. */
export function describe(outcome: Outcome): string[] {
  const { variables, rows = {}, ended = [], wrong = {}, lost, stale, together, raised, waits, cut } = outcome;
  return [
    ...Object.entries(variables).map(([name, value]) => `${name} is ${JSON.stringify(value)}`),
    ...Object.entries(rows).map(([name, value]) => `the row ${name} holds ${value}`),
    ...Object.entries(wrong).map(([name, value]) => `${name} should hold ${JSON.stringify(value)}`),
    ...ended.map(describeEnded),
    ...(lost > 0 ? [`${lost} ${lost === 1 ? 'update is' : 'updates are'} lost`] : []),
    ...(stale > 0 ? ['who looked acts on what is no longer so'] : []),
    ...together.map((lock) => `two are inside ${lock} together`),
    ...Object.entries(raised).map(([thread, code]) => `${thread} raises ${code}`),
    ...waits.map(describeWait),
    ...(cut ? ['it was given up after many turns'] : []),
  ];
}

function describeEnded({ thread, code }: Ended): string {
  return code === 1213
    ? `MySQL rolls ${thread} back, since all would wait for each other (1213)`
    : `MySQL gives up what ${thread} waits for (1205)`;
}

function describeWait(wait: Wait): string {
  switch (wait.for) {
    case 'lock':
      return `${wait.thread} waits for ${wait.lock}, which ${wait.holders.length === 0 ? 'nobody holds' : `${wait.holders.join(' and ')} holds`}`;
    case 'end':
      return `${wait.thread} waits for the end of ${wait.of}`;
    case 'answer':
      return `${wait.thread} waits for MySQL`;
    case 'turn':
      return `${wait.thread} was let go and never runs again`;
  }
}

/** The same for two outcomes if nothing tells them apart. */
export function keyOf(outcome: Outcome): string {
  return JSON.stringify(outcome);
}
