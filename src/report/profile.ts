import { printable } from '../fault/printable';
import type { FactResult } from '../verdict/result';

/** What a terminal says of a profile: how many facts there are and where; or, told at length, each with its answer. */
export function profileLines(facts: readonly FactResult[], file: string, verbose: boolean): string[] {
  const head = `${facts.length} profile facts: ${file}`;
  if (!verbose) return [printable(head)];
  const width = Math.max(0, ...facts.map(({ question }) => question.length));
  return [head, ...facts.map((fact) => `  ${fact.question.padEnd(width)}  ${answer(fact)}`)].map((line) =>
    printable(line),
  );
}

function answer({ answer, detail }: FactResult): string {
  return detail === undefined ? answer : `${answer} (${detail.split('\n')[0]})`;
}
