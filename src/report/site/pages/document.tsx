import type { JSX } from 'preact';
import type { Clause } from '../../../clauses/catalogue';
import type { Sentence } from '../../../clauses/document';
import type { RuntimeOnSite, ScenarioOnSite, Site } from '../model';
import { placeOf } from '../place';
import { standingOf } from '../standing';
import { Badge, StrengthTag } from './badge';
import { page } from './layout';

/**
 * document.html: the document as the guide, clause by clause.
 *
 * @param text the sentences of a copy of it, if there is one at hand
 */
export function documentPage(site: Site, text: readonly Sentence[] | undefined, version: string): string {
  const { title, project, from, until } = site.document;
  return page({
    title: `${title}, clause by clause: greenspec`,
    root: '',
    site,
    version,
    children: (
      <>
        <h1>{title}, clause by clause</h1>
        <p>
          {project}, the page as it stood from {from} to {until}. What a clause says is told in this suite's words;
          where it stands is named by section and sentence.
        </p>
        {text !== undefined && <Text site={site} sentences={text} />}
        {site.clauses.map((clause) => (
          <ClauseSection site={site} clause={clause} />
        ))}
      </>
    ),
  });
}

/** The reader's own copy, with each sentence's clauses. */
function Text({ site, sentences }: { site: Site; sentences: readonly Sentence[] }): JSX.Element {
  const sections = [...new Set(sentences.map(({ section }) => section))];
  return (
    <>
      <h2 id="text">The text</h2>
      {sections.map((section) => (
        <>
          <h3>{section}</h3>
          {sentences
            .filter((sentence) => sentence.section === section)
            .map((sentence) => (
              <SentenceLine
                sentence={sentence}
                clauses={site.clauses.filter(({ digest }) => digest === sentence.digest)}
              />
            ))}
        </>
      ))}
    </>
  );
}

function SentenceLine({ sentence, clauses }: { sentence: Sentence; clauses: readonly Clause[] }): JSX.Element {
  return (
    <p class={clauses.length === 0 ? 'sentence strange' : 'sentence'}>
      <mark>{sentence.text}</mark>{' '}
      {clauses.length === 0
        ? '(no clause stands for this sentence)'
        : clauses.map(({ id }) => (
            <>
              <a href={`#${id}`}>{id}</a>{' '}
            </>
          ))}
    </p>
  );
}

function ClauseSection({ site, clause }: { site: Site; clause: Clause }): JSX.Element {
  const own = site.scenarios.filter((scenario) => scenario.clause === clause.id);
  return (
    <section id={clause.id}>
      <h2>
        {clause.id} {clause.says}
      </h2>
      <p class="small soft">
        {placeOf(clause)} · <StrengthTag strength={clause.strength} />{' '}
        {clause.polarity !== 'none' && <span class="tag">{clause.polarity}</span>}
      </p>
      {clause.unscripted === undefined ? (
        <ScenarioTable site={site} clause={clause} scenarios={own} />
      ) : (
        <p>No scenario: {clause.unscripted}</p>
      )}
    </section>
  );
}

interface TableProps {
  readonly site: Site;
  readonly clause: Clause;
  readonly scenarios: readonly ScenarioOnSite[];
}

function ScenarioTable({ site, clause, scenarios }: TableProps): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by the arrow keys
    <section class="wide" tabIndex={0} aria-label={`Scenarios of ${clause.id}`}>
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Scenario</th>
            {site.runtimes.map(({ name }) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scenarios.map((scenario) => (
            <tr>
              <th scope="row">
                <a href={`scenarios/${scenario.slug}.html`}>{scenario.name}</a>{' '}
                {scenario.strength !== clause.strength && <StrengthTag strength={scenario.strength} />}
              </th>
              {site.runtimes.map((runtime) => (
                <td>
                  <ScenarioBadge scenario={scenario} runtime={runtime} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ScenarioBadge({ scenario, runtime }: { scenario: ScenarioOnSite; runtime: RuntimeOnSite }): JSX.Element {
  return <Badge standing={standingOf(scenario.results.get(runtime.slug)?.verdict, scenario.polarity)} />;
}
