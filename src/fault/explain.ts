import { Fault } from './fault';
import { printable } from './printable';

/** Characters of all that is said of one error: a log's last lines fit. */
const LIMIT = 20_000;

/**
 * The one place that turns an error into words for a person: who, what, what was expected, what came, what to do. What an adapter
 * says of itself is among it, so that it is made fit for a terminal here.
 */
export function explain(error: unknown): string {
  const lines = error instanceof Fault ? explainFault(error) : [describe(error)];
  for (let cause = causeOf(error); cause !== undefined; cause = causeOf(cause))
    lines.push(`  because: ${describe(cause)}`);
  return printable(lines.join('\n'), LIMIT);
}

function explainFault({ facts }: Fault): string[] {
  const lines = [`${facts.party}: ${facts.what}`];
  if (facts.expected !== undefined) lines.push(`  expected: ${facts.expected}`);
  if (facts.came !== undefined) lines.push(`  came: ${facts.came}`);
  if (facts.advice !== undefined) lines.push(`  to do: ${facts.advice}`);
  return lines;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function describe(error: unknown): string {
  if (error instanceof Fault) return `${error.facts.party}: ${error.facts.what}`;
  return error instanceof Error ? error.message || error.name : String(error);
}
