import type { JSX } from 'preact';
import type { Clause } from '../../../clauses/catalogue';
import type { FaultFacts } from '../../../fault/fault';
import { EFFECTS } from '../../change';
import type { Comparison, Effect } from '../../compare';
import { identityOf } from '../identity';
import type { RuntimeOnSite, Site } from '../model';
import { quote } from '../quote';
import { Badge, Legend, StrengthTag, Tallies } from './badge';
import { comparisonSlug } from './comparison';
import { Explorations } from './exploration';
import { Facts } from './facts';
import { page } from './layout';

/** index.html: what holds where, at a glance. */
export function overview(
  site: Site,
  comparisons: readonly Comparison[],
  problems: readonly FaultFacts[],
  version: string,
): string {
  return page({
    title: 'greenspec: conformance to the OpenStack threading model',
    root: '',
    site,
    version,
    children: (
      <>
        <h1>What still holds of OpenStack's threading model</h1>
        <p>
          Services were written against a page that says how they run: green threads that switch at certain calls only,
          on one thread of the operating system, with a database that blocks them all. Each clause of it was tried on
          each runtime below. <a href="document.html">The document, clause by clause</a>
        </p>
        <Problems problems={problems} />
        <h2 id="runtimes">The runtimes</h2>
        <ul class="cards">
          {site.runtimes.map((runtime) => (
            <Card clauses={site.clauses} runtime={runtime} />
          ))}
        </ul>
        <Moves comparisons={comparisons} />
        {site.explorations.length > 0 && (
          <>
            <h2 id="explorations">Every order of small programs</h2>
            <Explorations explorations={site.explorations} root="" />
          </>
        )}
        <h2 id="matrix">Clause by clause</h2>
        <Legend />
        <p class="small soft">
          Each clause stands as its strongest scenarios do; below it, how many scenarios of each strength pass, of those
          that apply.
        </p>
        <Matrix site={site} />
        <Facts site={site} />
      </>
    ),
  });
}

/** What could not be reported, and why: the rest is. */
function Problems({ problems }: { problems: readonly FaultFacts[] }): JSX.Element | null {
  if (problems.length === 0) return null;
  return (
    <div class="notice">
      <p>{problems.length === 1 ? 'One result file is' : `${problems.length} result files are`} not in this report:</p>
      <ul>
        {problems.map(({ what, expected, came }) => (
          <li>
            {what}
            {expected === undefined ? '' : `; expected: ${expected}`}
            {came === undefined ? '' : `; came: ${came}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where code moves to, and how many clauses are a danger or a gain there. */
function Moves({ comparisons }: { comparisons: readonly Comparison[] }): JSX.Element | null {
  if (comparisons.length === 0) return null;
  return (
    <>
      <h2 id="moves">Moving from one to another</h2>
      <ul>
        {comparisons.map((comparison) => (
          <li>
            <a href={`compare/${comparisonSlug(comparison)}.html`}>
              From {comparison.from.name} to {comparison.to.name}
            </a>
            : {countsOf(comparison)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whether it says something of a clause, even if only of a part: that a part does not apply says nothing. */
function isChange(effect: Effect): boolean {
  return effect !== 'unknown' && effect !== 'not-applicable';
}

function countsOf({ differences: all }: Comparison): string {
  const differences = all.filter(({ effect, partly }) => isChange(effect) || !partly);
  const parts = (['danger', 'gain', 'difference', 'unknown', 'not-applicable'] as const).flatMap((effect) => {
    const ids = differences.filter((difference) => difference.effect === effect).map(({ clause }) => clause.id);
    return ids.length === 0 ? [] : [`${EFFECTS[effect].word}${isChange(effect) ? ' in' : ':'} ${ids.join(', ')}`];
  });
  return parts.length === 0 ? 'no clause differs' : parts.join('; ');
}

function Card({ clauses, runtime }: { clauses: readonly Clause[]; runtime: RuntimeOnSite }): JSX.Element {
  return (
    <li>
      <h3>
        <a href={`runtimes/${runtime.slug}.html`}>{runtime.name}</a>
      </h3>
      <p>{quote(clauses, runtime)}</p>
      {runtime.file.fault !== undefined && <p class="notice">{runtime.file.fault.what}</p>}
      <details>
        <summary>What was tested</summary>
        <Identity runtime={runtime} />
      </details>
    </li>
  );
}

export function Identity({ runtime }: { runtime: RuntimeOnSite }): JSX.Element {
  return (
    <dl class="facts-of small">
      {identityOf(runtime.file).map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}

function Matrix({ site }: { site: Site }): JSX.Element {
  const sections = [...new Set(site.clauses.map(({ section }) => section))];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by the arrow keys
    <section class="wide" tabIndex={0} aria-label="Clauses and runtimes">
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">Clause</th>
            {site.runtimes.map(({ name, slug }) => (
              <th scope="col">
                <a href={`runtimes/${slug}.html`}>{name}</a>
              </th>
            ))}
          </tr>
        </thead>
        {sections.map((section) => (
          <tbody>
            <tr>
              <th scope="rowgroup" colSpan={site.runtimes.length + 1}>
                {section}
              </th>
            </tr>
            {site.clauses
              .filter((clause) => clause.section === section)
              .map((clause) => (
                <Row clause={clause} site={site} />
              ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function Row({ clause, site }: { clause: Clause; site: Site }): JSX.Element {
  const { id, says, strength, polarity, unscripted } = clause;
  return (
    <tr id={id}>
      <th scope="row">
        <a href={`document.html#${id}`}>{id}</a> {says} <StrengthTag strength={strength} />{' '}
        {polarity !== 'none' && <span class="tag">{polarity}</span>}
      </th>
      {site.runtimes.map((runtime) =>
        unscripted === undefined ? (
          <Cell id={id} runtime={runtime} />
        ) : (
          <td class="soft small">{runtime === site.runtimes[0] ? unscripted : 'no scenario'}</td>
        ),
      )}
    </tr>
  );
}

function Cell({ id, runtime }: { id: string; runtime: RuntimeOnSite }): JSX.Element {
  const { standing = 'not-run', tallies = [] } = runtime.standings.get(id) ?? {};
  return (
    <td>
      <a href={`runtimes/${runtime.slug}.html#${id}`}>
        <Badge standing={standing} />
      </a>
      <Tallies tallies={tallies} />
    </td>
  );
}
