import type { ClauseDifference, Effect, ScenarioDifference } from './compare';
import { WORDS } from './site/standing';

/** What a change means, in a word: told by the word, and by a sign, as well as by colour. */
export const EFFECTS: Record<Effect, { readonly sign: string; readonly word: string }> = {
  danger: { sign: '!', word: 'danger' },
  gain: { sign: '+', word: 'gain' },
  difference: { sign: '≠', word: 'difference' },
  unknown: { sign: '?', word: 'cannot be compared' },
  'not-applicable': { sign: '–', word: 'does not apply to both' },
};

/** What changed, in a few words: `guarantee lost`, `hazard met`. */
export function changeOf({ before, after }: Pick<ClauseDifference | ScenarioDifference, 'before' | 'after'>): string {
  if (after === 'holds' && before === 'lost') return 'guarantee won';
  if (after === 'holds' && before === 'gone') return 'hazard met';
  if (before === 'holds' && (after === 'lost' || after === 'gone')) return WORDS[after].word;
  return `${WORDS[before].word} → ${WORDS[after].word}`;
}
