import type { JSX } from 'preact';
import type { Clause } from '../../../clauses/catalogue';
import type { RuntimeOnSite, ScenarioOnSite, Site } from '../model';
import { placeOf } from '../place';
import { quote } from '../quote';
import { type Standing, standingOf, WORDS } from '../standing';
import { Badge, StrengthTag, Tallies } from './badge';
import { Expected, RunOutcome } from './expected';
import { page } from './layout';
import { Identity } from './overview';

/** A page a runtime: all its scenarios, clause by clause. */
export function runtimePage(site: Site, runtime: RuntimeOnSite, version: string): string {
  const own = site.scenarios.filter(({ results }) => results.has(runtime.slug));
  const strange = own.filter(({ clause }) => !site.clauses.some(({ id }) => id === clause));
  return page({
    title: `${runtime.name}: greenspec`,
    root: '../',
    site,
    version,
    children: (
      <>
        <h1>{runtime.name}</h1>
        <p>{quote(site.clauses, runtime)}</p>
        {runtime.file.fault !== undefined && (
          <p class="notice">
            The run did not come to its end: {runtime.file.fault.party}: {runtime.file.fault.what}
          </p>
        )}
        <RunOutcome file={runtime.file} />
        <Identity runtime={runtime} />
        <Filter standings={own.map((scenario) => standingOn(scenario, runtime))} />
        {site.clauses.map((clause) => (
          <ClauseSection
            clause={clause}
            runtime={runtime}
            scenarios={own.filter(({ clause: id }) => id === clause.id)}
          />
        ))}
        {strange.length > 0 && (
          <>
            <h2>Scenarios of no clause</h2>
            <Scenarios scenarios={strange} runtime={runtime} />
          </>
        )}
      </>
    ),
  });
}

function standingOn({ results, polarity }: ScenarioOnSite, { slug }: RuntimeOnSite): Standing {
  return standingOf(results.get(slug)?.verdict, polarity);
}

/** Shown by the script alone; without it all scenarios are listed. */
function Filter({ standings }: { standings: readonly Standing[] }): JSX.Element {
  const kinds = (Object.keys(WORDS) as Standing[]).filter((kind) => standings.includes(kind));
  return (
    <form data-filter hidden>
      <fieldset class="filter">
        <legend>Only scenarios that are</legend>
        {kinds.map((kind) => (
          <label>
            <input type="checkbox" name="standing" value={kind} /> {WORDS[kind].word} (
            {standings.filter((one) => one === kind).length})
          </label>
        ))}
      </fieldset>
    </form>
  );
}

interface SectionProps {
  readonly clause: Clause;
  readonly runtime: RuntimeOnSite;
  readonly scenarios: readonly ScenarioOnSite[];
}

function ClauseSection({ clause, runtime, scenarios }: SectionProps): JSX.Element {
  const { standing = 'not-run', tallies = [] } = runtime.standings.get(clause.id) ?? {};
  return (
    <section id={clause.id}>
      <h2>
        {clause.id} {clause.says}
      </h2>
      <p class="small soft">
        {clause.unscripted === undefined && <Badge standing={standing} />} {placeOf(clause)} ·{' '}
        <Tallies tallies={tallies} /> · <a href={`../document.html#${clause.id}`}>in the document</a>
      </p>
      {clause.unscripted === undefined ? (
        <Scenarios scenarios={scenarios} runtime={runtime} />
      ) : (
        <p class="small">No scenario: {clause.unscripted}</p>
      )}
    </section>
  );
}

function Scenarios({ scenarios, runtime }: Omit<SectionProps, 'clause'>): JSX.Element {
  return (
    <ul class="scenarios">
      {scenarios.map((scenario) => (
        <ScenarioItem scenario={scenario} runtime={runtime} />
      ))}
    </ul>
  );
}

function ScenarioItem({ scenario, runtime }: { scenario: ScenarioOnSite; runtime: RuntimeOnSite }): JSX.Element {
  const standing = standingOn(scenario, runtime);
  const result = scenario.results.get(runtime.slug);
  return (
    <li data-standing={standing}>
      <Badge standing={standing} /> {scenario.strength !== 'must' && <StrengthTag strength={scenario.strength} />}{' '}
      <a href={`../scenarios/${scenario.slug}.html#${runtime.slug}`}>{scenario.name}</a>
      {result?.reason !== undefined && <p class="why small">{result.reason}</p>}
      {result !== undefined && <Expected result={result} />}
    </li>
  );
}
