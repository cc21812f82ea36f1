import type { Column } from './picture';

/** A column in words: a line of the timeline as text. */
export function sentence({ at, n, who, text, contradicts, skipped }: Column): string {
  const before = skipped > 0 ? `(${skipped} left out) ` : '';
  const event = n === undefined ? '' : `${n} ${who}: `;
  return `${before}${clock(at)} ${event}${text}${contradicts ? ' ← contradicts' : ''}`;
}

/** How long after the beginning of the run. */
export function clock(milliseconds: number): string {
  return milliseconds < 10_000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
