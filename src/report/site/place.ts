import type { Clause } from '../../clauses/catalogue';

/** Where a clause stands in the document. */
export function placeOf({ section, sentence }: Clause): string {
  return typeof sentence === 'number' ? `${section}, sentence ${sentence}` : `${section}, the ${sentence}`;
}
