import type { Advice } from '../../clauses/advice';
import type { readCatalogue } from '../../clauses/catalogue';
import type { Sentence } from '../../clauses/document';
import type { ExplorationFile } from '../../explore/result';
import type { FaultFacts } from '../../fault/fault';
import { printableAll } from '../../fault/printable';
import type { ResultFile } from '../../verdict/result';
import type { Comparison } from '../compare';
import { comparisonsOn } from './comparisons';
import { inOrder, type Site, siteOf } from './model';
import { comparisonPage, comparisonSlug } from './pages/comparison';
import { documentPage } from './pages/document';
import { explorationPage } from './pages/exploration';
import { overview } from './pages/overview';
import { pairPage } from './pages/pair';
import { runtimePage } from './pages/runtime';
import { scenarioPage } from './pages/scenario';

export interface SiteInput {
  readonly catalogue: ReturnType<typeof readCatalogue>;
  readonly files: readonly ResultFile[];
  readonly explorations?: readonly ExplorationFile[];
  /** Why some files are not among them. */
  readonly problems: readonly FaultFacts[];
  /** What to do where clauses stand otherwise than before. */
  readonly advice: Readonly<Record<string, Advice>>;
  /** The sentences of a copy of the document. */
  readonly text?: readonly Sentence[] | undefined;
  /** Of the suite. */
  readonly version: string;
}

/** The pages of the site by their path: a pure function of what it is given, so that the same results make the same bytes. */
export function* makeSite({
  catalogue,
  advice,
  files,
  explorations = [],
  problems,
  text,
  version,
}: SiteInput): Generator<[string, string]> {
  const site = siteOf(catalogue, inOrder(files), explorations);
  const compared = comparisonsOn(site, advice);
  yield ['index.html', overview(site, compared, printableAll(problems), version)];
  yield ['document.html', documentPage(site, text, version)];
  for (const runtime of site.runtimes) yield [`runtimes/${runtime.slug}.html`, runtimePage(site, runtime, version)];
  yield* comparisons(site, compared, version);
  for (const scenario of site.scenarios)
    yield [`scenarios/${scenario.slug}.html`, scenarioPage(site, scenario, version)];
  for (const exploration of site.explorations)
    yield [`explorations/${exploration.slug}.html`, explorationPage(site, exploration, version)];
}

/** Pages for code that moves from the runtime of the document to one of the others. */
function* comparisons(site: Site, compared: readonly Comparison[], version: string): Generator<[string, string]> {
  for (const comparison of compared) {
    const slug = comparisonSlug(comparison);
    yield [`compare/${slug}.html`, comparisonPage(site, comparison, version)];
    for (const difference of comparison.differences.flatMap(({ scenarios }) => scenarios))
      yield [`compare/${slug}/${difference.scenario.slug}.html`, pairPage(site, comparison, difference, version)];
  }
}
