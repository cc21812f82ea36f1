import { outcomeOf } from '../verdict/outcome';
import type { Outcome, ResultFile } from '../verdict/result';

const CODES: Record<Outcome, number> = { conforms: 0, 'as-expected': 0, differs: 1, 'not-judged': 3 };

/** One that does not conform outweighs one that is not judged: it is known for certain. */
export function exitCode(results: readonly ResultFile[]): number {
  const codes = results.map((file) => CODES[outcomeOf(file)]);
  if (codes.includes(1)) return 1;
  return codes.length === 0 ? 3 : Math.max(...codes);
}
