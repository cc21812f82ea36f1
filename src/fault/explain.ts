import { Fault } from './fault';

/** The one place that turns an error into words for a person: who, what, what was expected, what came, what to do. */
export function explain(error: unknown): string {
  const lines = error instanceof Fault ? explainFault(error) : [describe(error)];
  for (let cause = causeOf(error); cause !== undefined; cause = causeOf(cause))
    lines.push(`  because: ${describe(cause)}`);
  return lines.join('\n');
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
