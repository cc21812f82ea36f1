import type { JSX } from 'preact';
import type { ScenarioResult } from '../../../verdict/result';
import type { Comparison, ScenarioDifference } from '../../compare';
import { align } from '../../timeline/align';
import { Timeline } from '../../timeline/timeline';
import type { RuntimeOnSite, Site } from '../model';
import { pictureOfResult } from '../picture-of';
import { standingOf } from '../standing';
import { Badge } from './badge';
import { Change, comparisonSlug } from './comparison';
import { Gherkin } from './gherkin';
import { page } from './layout';
import { TimelineKey } from './timeline-key';

/** A scenario on two runtimes, side by side: what both did in the same order stands in the same place. */
export function pairPage(site: Site, comparison: Comparison, difference: ScenarioDifference, version: string): string {
  const { from, to } = comparison;
  const { scenario } = difference;
  return page({
    title: `${scenario.name}: ${from.name} and ${to.name}: greenspec`,
    root: '../../',
    site,
    version,
    children: (
      <>
        <h1>{scenario.name}</h1>
        <p>
          <Change difference={difference} />{' '}
          <a href={`../${comparisonSlug(comparison)}.html#${scenario.clause}`}>
            from {from.name} to {to.name}
          </a>
          , <a href={`../../scenarios/${scenario.slug}.html`}>on all runtimes</a>
        </p>
        <Gherkin steps={scenario.gherkin} />
        <ul>
          {[from, to].map((runtime) => (
            <Result runtime={runtime} result={scenario.results.get(runtime.slug)} />
          ))}
        </ul>
        <TimelineKey />
        <Both comparison={comparison} difference={difference} />
      </>
    ),
  });
}

function Result({ runtime, result }: { runtime: RuntimeOnSite; result: ScenarioResult | undefined }): JSX.Element {
  if (result === undefined) return <li>{runtime.name}: it was not run.</li>;
  return (
    <li>
      {runtime.name} <Badge standing={standingOf(result.verdict, result.polarity)} /> {result.reason}
    </li>
  );
}

function Both({
  comparison: { from, to },
  difference: { scenario },
}: {
  comparison: Comparison;
  difference: ScenarioDifference;
}) {
  const one = pictureOn(scenario.results.get(from.slug));
  const other = pictureOn(scenario.results.get(to.slug));
  if (typeof one === 'string' || typeof other === 'string') {
    const alone = typeof one === 'string' ? { picture: other, runtime: to } : { picture: one, runtime: from };
    if (typeof alone.picture === 'string') return <p class="soft">{alone.picture}</p>;
    return <Timeline runs={[{ picture: alone.picture, name: alone.runtime.name, title: alone.runtime.name }]} />;
  }
  const { length, one: left, other: right } = align(one.columns, other.columns);
  return (
    <Timeline
      runs={[
        { picture: one, name: from.name, title: from.name, axis: { places: left, length } },
        { picture: other, name: to.name, title: to.name, axis: { places: right, length } },
      ]}
    />
  );
}

function pictureOn(result: ScenarioResult | undefined): ReturnType<typeof pictureOfResult> {
  return result === undefined ? 'It was not run.' : pictureOfResult(result);
}
