import type { JSX } from 'preact';
import { changeOf, EFFECTS } from '../../change';
import type { ClauseDifference, Comparison, ScenarioDifference } from '../../compare';
import type { Site } from '../model';
import { placeOf } from '../place';
import { quote } from '../quote';
import { StrengthTag } from './badge';
import { page } from './layout';

/** What comparisons are called in the site. */
export function comparisonSlug({ from, to }: Pick<Comparison, 'from' | 'to'>): string {
  return `${from.slug}-to-${to.slug}`;
}

/** A page for code that moves from one runtime to another. */
export function comparisonPage(site: Site, comparison: Comparison, version: string): string {
  const { from, to, differences, alike } = comparison;
  return page({
    title: `From ${from.name} to ${to.name}: greenspec`,
    root: '../',
    site,
    version,
    children: (
      <>
        <h1>
          From {from.name} to {to.name}
        </h1>
        <p>
          What is different for code that was written for the one and is to run on the other; what is dangerous comes
          first.
        </p>
        <ul class="small">
          <li>{quote(site.clauses, from)}</li>
          <li>{quote(site.clauses, to)}</li>
        </ul>
        {differences.map((difference) => (
          <Difference difference={difference} slug={comparisonSlug(comparison)} />
        ))}
        <NoLongerThere capabilities={comparison.capabilities} />
        <h2>Alike on both</h2>
        {alike.length === 0 && <p>No clause is.</p>}
        <ul>
          {alike.map(({ id, says }) => (
            <li>
              <a href={`../document.html#${id}`}>{id}</a> {says}
            </li>
          ))}
        </ul>
      </>
    ),
  });
}

/** What programs can take on the one and not on the other. */
function NoLongerThere({ capabilities }: Pick<Comparison, 'capabilities'>): JSX.Element | null {
  if (capabilities.length === 0) return null;
  return (
    <>
      <h2>No longer there</h2>
      <ul>
        {capabilities.map(({ word, advice }) => (
          <li>
            <code>{word}</code> {advice}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A change: by sign, word, border and colour. */
export function Change({ difference }: { difference: ClauseDifference | ScenarioDifference }): JSX.Element {
  const { sign, word } = EFFECTS[difference.effect];
  return (
    <span class={`badge effect-${difference.effect}`}>
      <span aria-hidden="true">{sign} </span>
      {word}: {changeOf(difference)}
    </span>
  );
}

function Difference({ difference, slug }: { difference: ClauseDifference; slug: string }): JSX.Element {
  const { clause, advice, partly, scenarios } = difference;
  return (
    <section id={clause.id}>
      <h2>
        {clause.id} {clause.says}
      </h2>
      <p class="small soft">
        {partly ? (
          <span class={`badge effect-${difference.effect}`}>{EFFECTS[difference.effect].sign} in part</span>
        ) : (
          <Change difference={difference} />
        )}{' '}
        {placeOf(clause)}
      </p>
      {advice !== undefined && <p>{advice}</p>}
      <ul class="scenarios">
        {scenarios.map((one) => (
          <li>
            <Change difference={one} /> {one.strength !== 'must' && <StrengthTag strength={one.strength} />}{' '}
            <a href={`${slug}/${one.scenario.slug}.html`}>{one.scenario.name}</a>
            {one.reason !== undefined && <p class="why small">{one.reason}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
