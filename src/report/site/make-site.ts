import type { readCatalogue } from '../../clauses/catalogue';
import type { Sentence } from '../../clauses/document';
import type { FaultFacts } from '../../fault/fault';
import { printableAll } from '../../fault/printable';
import type { ResultFile } from '../../verdict/result';
import { siteOf } from './model';
import { documentPage } from './pages/document';
import { overview } from './pages/overview';
import { runtimePage } from './pages/runtime';
import { scenarioPage } from './pages/scenario';

export interface SiteInput {
  readonly catalogue: ReturnType<typeof readCatalogue>;
  readonly files: readonly ResultFile[];
  /** Why some files are not among them. */
  readonly problems: readonly FaultFacts[];
  /** The sentences of a copy of the document. */
  readonly text?: readonly Sentence[] | undefined;
  /** Of the suite. */
  readonly version: string;
}

/** The pages of the site by their path: a pure function of what it is given, so that the same results make the same bytes. */
export function* makeSite({ catalogue, files, problems, text, version }: SiteInput): Generator<[string, string]> {
  const site = siteOf(catalogue, files);
  yield ['index.html', overview(site, printableAll(problems), version)];
  yield ['document.html', documentPage(site, text, version)];
  for (const runtime of site.runtimes) yield [`runtimes/${runtime.slug}.html`, runtimePage(site, runtime, version)];
  for (const scenario of site.scenarios)
    yield [`scenarios/${scenario.slug}.html`, scenarioPage(site, scenario, version)];
}
