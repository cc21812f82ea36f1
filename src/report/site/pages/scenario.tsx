import type { JSX } from 'preact';
import type { ScenarioResult } from '../../../verdict/result';
import { Timeline } from '../../timeline/timeline';
import { commandOf } from '../command';
import type { ExplorationOnSite, RuntimeOnSite, ScenarioOnSite, Site } from '../model';
import { pictureOfResult } from '../picture-of';
import { placeOf } from '../place';
import { standingOf } from '../standing';
import { Badge, StrengthTag } from './badge';
import { Expected } from './expected';
import { Explorations } from './exploration';
import { Gherkin } from './gherkin';
import { page } from './layout';
import { TimelineKey } from './timeline-key';

/** A page a scenario: what it says, and what came of it on each runtime. */
export function scenarioPage(site: Site, scenario: ScenarioOnSite, version: string): string {
  const clause = site.clauses.find(({ id }) => id === scenario.clause);
  const runs = site.runtimes.flatMap((runtime) => {
    const result = scenario.results.get(runtime.slug);
    return result === undefined ? [] : [{ runtime, result }];
  });
  return page({
    title: `${scenario.name}: greenspec`,
    root: '../',
    site,
    version,
    children: (
      <>
        <h1>{scenario.name}</h1>
        <p class="small soft">
          <StrengthTag strength={scenario.strength} />{' '}
          {clause === undefined ? (
            'It is of no clause.'
          ) : (
            <>
              <a href={`../document.html#${clause.id}`}>{clause.id}</a> {clause.says} ({placeOf(clause)})
            </>
          )}
        </p>
        <Gherkin steps={scenario.gherkin} />
        {runs.length > 1 && <Runs runs={runs} scenario={scenario} />}
        <Explored explorations={site.explorations.filter((one) => one.scenario === scenario)} />
        <TimelineKey />
        {runs.map(({ runtime, result }) => (
          <Run runtime={runtime} result={result} />
        ))}
      </>
    ),
  });
}

function Explored({ explorations }: { explorations: readonly ExplorationOnSite[] }): JSX.Element | null {
  if (explorations.length === 0) return null;
  return (
    <>
      <p class="small soft">Each of its orders, one by one:</p>
      <Explorations explorations={explorations} root="../" />
    </>
  );
}

interface RunProps {
  readonly runtime: RuntimeOnSite;
  readonly result: ScenarioResult;
}

/** Where to find each runtime's run further down, and what came of it. */
function Runs({ runs, scenario }: { runs: readonly RunProps[]; scenario: ScenarioOnSite }): JSX.Element {
  return (
    <ul class="legend">
      {runs.map(({ runtime, result }) => (
        <li>
          <a href={`#${runtime.slug}`}>{runtime.name}</a>{' '}
          <Badge standing={standingOf(result.verdict, scenario.polarity)} />
        </li>
      ))}
    </ul>
  );
}

function Run({ runtime, result }: RunProps): JSX.Element {
  const picture = pictureOfResult(result);
  return (
    <section class="run" id={runtime.slug}>
      <h2>
        <a href={`../runtimes/${runtime.slug}.html`}>{runtime.name}</a>{' '}
        <Badge standing={standingOf(result.verdict, result.polarity)} />
      </h2>
      {result.reason !== undefined && <p>{result.reason}</p>}
      <Expected result={result} />
      <Claims result={result} />
      {typeof picture === 'string' ? (
        <p class="soft">{picture}</p>
      ) : (
        <Timeline runs={[{ picture, title: `${result.name}, on ${runtime.name}` }]} />
      )}
      <p class="small soft">To run it again:</p>
      <pre>
        <code>{commandOf(runtime.file, result)}</code>
      </pre>
    </section>
  );
}

function Claims({ result }: { result: ScenarioResult }): JSX.Element {
  return (
    <ul class="small">
      {result.claims.map(({ says, verdict, why, fault }) => (
        <li>
          <b>{VERDICT[verdict]}</b> {says}
          {why !== undefined && `: ${why}`}
          {fault !== undefined && ` (at fault: ${fault.party})`}
        </li>
      ))}
    </ul>
  );
}

const VERDICT: Record<ScenarioResult['verdict'], string> = {
  pass: '✓ pass',
  fail: '✗ fail',
  inconclusive: '? inconclusive',
  'not-applicable': '– not applicable',
};
