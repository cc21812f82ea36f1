import { printable } from '../fault/printable';
import { outcomeOf } from '../verdict/outcome';
import type { Outcome, ResultFile } from '../verdict/result';
import { MARKS, markOf } from './marks';

const WORDS: Record<Outcome, string> = {
  conforms: 'conforms',
  'as-expected': 'is exactly as expected',
  differs: 'does not conform',
  'not-judged': 'is not judged',
};

/** What is written at the end of a run: what does not fit the expectations, with the line to change, and what it all came to. */
export function closing(file: ResultFile): string[] {
  const { runtime, expectations } = file;
  const outcome = outcomeOf(file);
  const words = expectations !== undefined && outcome === 'differs' ? 'is not as expected' : WORDS[outcome];
  return [...deviating(expectations), `${runtime.name} ${words}: ${tally(file)}\n`];
}

function deviating(expectations: ResultFile['expectations']): string[] {
  const found = expectations?.deviations ?? [];
  if (found.length === 0) return [];
  const lines = found.map(({ kind, file, line, says }) =>
    printable(`  ${file}:${line}: ${kind.replace('-', ' ')}: ${says}`),
  );
  return ['', 'the expectations do not fit what came:', ...lines, ''];
}

/** `40 pass, 12 known`. */
function tally({ scenarios }: ResultFile): string {
  const counts = MARKS.map((mark) => ({ mark, count: scenarios.filter((one) => markOf(one) === mark).length }))
    .filter(({ count }) => count > 0)
    .map(({ mark, count }) => `${count} ${mark}`);
  return counts.length === 0 ? 'no scenario was run' : counts.join(', ');
}
