import { Name } from './names';
import type { SmallProgram } from './small-program';
import type { Step } from './step';
import { stepsWithin } from './walk';

/** Each round has a connection of its own, whose name is longer. */
const LONGEST = 32;

/** In a query of a small program: the table of its rows. A name of a row in braces is that row's key. */
const TABLE = 'rows';
const PLACEHOLDER = /\{([^{}]*)\}/g;

/** What takes no row: it begins or ends a transaction, or sets what is the session's own. */
const OF_THE_SESSION =
  /^\s*(begin|start\s+transaction|commit|rollback|savepoint|release\s+savepoint|set\s+(@|session\b|transaction\b))/i;

/** The rows that a query names, each once. */
export function rowsNamed(sql: string): string[] {
  const names = [...sql.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => name !== TABLE);
}

/** Why the orders of a query cannot be explored; null where they can. */
export function reasonAgainstQuery(sql: string, rows: SmallProgram['rows']): string | null {
  const named = rowsNamed(sql);
  const unknown = named.find((name) => !(name in rows));
  if (unknown !== undefined) return `it queries for {${unknown}}, which is none of its rows`;
  if (named.length > 0 || OF_THE_SESSION.test(sql)) return null;
  return `it has a query that names no row, and would meet other orders there: ${sql.slice(0, 60)}`;
}

/** Why these cannot be the rows of a program; null where they can. */
export function reasonAgainstRows(rows: SmallProgram['rows']): string | null {
  const odd = Object.keys(rows).find((name) => name === TABLE || !Name.safeParse(name).success);
  return odd === undefined ? null : `it has a row named ${odd}`;
}

/** The query as it is sent: with the table, and the keys that rows have in one round. */
export function withKeys(sql: string, table: string, keys: ReadonlyMap<string, number>): string {
  return sql.replace(PLACEHOLDER, (_, name: string) => (name === TABLE ? table : String(keys.get(name) ?? 0)));
}

/** A query in a few words, to know it again in a timeline: `select-left`, `commit`. */
export function wordsOf(sql: string): string {
  const verb = /^\s*(start\s+transaction|[a-z]+)/i.exec(sql)?.[1]?.toLowerCase() ?? 'query';
  return [verb.replace(/\s+/, '-'), ...rowsNamed(sql)].join('-');
}

/** How a small program's green threads reach the server, if they do. */
export function driversOf({ threads }: Pick<SmallProgram, 'threads'>): ReadonlySet<string> {
  const steps = threads.flatMap((thread) => stepsWithin(thread.steps));
  return new Set(steps.flatMap((step) => (step.do === 'connect' ? [step.driver] : [])));
}

export function asksServer(small: Pick<SmallProgram, 'threads'>): boolean {
  return driversOf(small).size > 0;
}

/** Why a green thread's connections do not let its orders be explored; null where they do. */
export function reasonAgainstConnections(steps: readonly Step[]): string | null {
  const own = new Set<string>();
  for (const step of stepsWithin(steps)) {
    if (step.do === 'connect') own.add(step.connection);
    if (step.do === 'connect' && step.connection.length > LONGEST) return 'it has a connection with a long name';
    if (step.do === 'query' && !own.has(step.connection))
      return `it queries on a connection that it did not open itself: ${step.connection}`;
  }
  return null;
}
