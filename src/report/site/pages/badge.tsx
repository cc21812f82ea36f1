import type { JSX } from 'preact';
import type { Strength } from '../../../clauses/catalogue';
import { type Standing, type Tally, WORDS } from '../standing';

/** A standing: by sign, word, border and colour. */
export function Badge({ standing }: { standing: Standing }): JSX.Element {
  const { sign, word } = WORDS[standing];
  return (
    <span class={`badge ${standing}`}>
      <span aria-hidden="true">{sign} </span>
      {word}
    </span>
  );
}

/** What of a page's words need explaining. */
export function Legend(): JSX.Element {
  const meanings: readonly [Standing, string][] = [
    ['holds', 'every scenario that applies passes'],
    ['lost', 'code leans on it and it is not so: a danger'],
    ['gone', 'a cost of the model that is not there: a gain'],
    ['differs', 'not as the text has it: neither danger nor gain'],
    ['open', 'could not be judged: not green'],
    ['not-applicable', 'the runtime has nothing that it could be said of'],
  ];
  return (
    <ul class="legend small" aria-label="What the verdicts mean">
      {meanings.map(([standing, meaning]) => (
        <li>
          <Badge standing={standing} /> {meaning}
        </li>
      ))}
    </ul>
  );
}

const STRENGTH: Record<Strength, string> = {
  must: 'the text states it',
  should: 'the text recommends it',
  consequence: 'it follows from the text',
  info: 'the text tells of it',
};

export function StrengthTag({ strength }: { strength: Strength }): JSX.Element {
  return (
    <span class="tag" title={STRENGTH[strength]}>
      {strength}
    </span>
  );
}

/** `must 6/6 · ✗ should 0/1`: how many scenarios of each strength pass, of those that apply. */
export function Tallies({ tallies }: { tallies: readonly Tally[] }): JSX.Element {
  return <span class="small soft">{tallies.map(tallied).join(' · ')}</span>;
}

function tallied({ strength, passed, applicable, standing }: Tally): string {
  if (applicable === 0) return `${strength} –`;
  return `${standing === 'holds' ? '' : `${WORDS[standing].sign} `}${strength} ${passed}/${applicable}`;
}
