import type { Clause, readCatalogue } from '../../clauses/catalogue';
import type { ExplorationFile } from '../../explore/result';
import { printableAll } from '../../fault/printable';
import type { ResultFile, ScenarioResult } from '../../verdict/result';
import { namesOf } from '../names';
import { slugs } from './slugs';
import { type ClauseStanding, clauseStanding } from './standing';

/** What the site shows, made of result files and the catalogue alone. */
export interface Site {
  readonly document: ReturnType<typeof readCatalogue>['document'];
  readonly clauses: readonly Clause[];
  readonly runtimes: readonly RuntimeOnSite[];
  /** Every scenario that some result has, in the document's order. */
  readonly scenarios: readonly ScenarioOnSite[];
  readonly explorations: readonly ExplorationOnSite[];
}

/** Orders of a small program that were tried on a runtime. */
export interface ExplorationOnSite {
  readonly slug: string;
  readonly file: ExplorationFile;
  /** The scenario whose orders these are, where some result has it. */
  readonly scenario: ScenarioOnSite | undefined;
}

export interface RuntimeOnSite {
  readonly name: string;
  /** What its pages are called: unlike any other's. */
  readonly slug: string;
  readonly file: ResultFile;
  /** By the id of the clause. */
  readonly standings: ReadonlyMap<string, ClauseStanding>;
}

export interface ScenarioOnSite
  extends Pick<ScenarioResult, 'clause' | 'name' | 'strength' | 'polarity' | 'feature' | 'line' | 'gherkin'> {
  readonly slug: string;
  /** By the slug of the runtime. */
  readonly results: ReadonlyMap<string, ScenarioResult>;
}

export function siteOf(
  catalogue: ReturnType<typeof readCatalogue>,
  files: readonly ResultFile[],
  explored: readonly ExplorationFile[] = [],
): Site {
  const { document, clauses } = catalogue;
  const runtimes = runtimesOf(
    clauses,
    files.map((file) => printableAll(file, 'record')),
  );
  const scenarios = scenariosOf(clauses, runtimes);
  const explorations = explorationsOf(
    explored.map((file) => printableAll(file, 'record')),
    scenarios,
  );
  return { document, clauses, runtimes, scenarios, explorations };
}

function explorationsOf(files: readonly ExplorationFile[], scenarios: readonly ScenarioOnSite[]): ExplorationOnSite[] {
  const names = slugs(files.map(({ runtime, scenario }) => `${scenario.name}-on-${runtime.name}`));
  return files.map((file, i) => {
    const { name, place } = file.scenario;
    const scenario = scenarios.find((one) => one.name === name && place.startsWith(`${one.feature}:`));
    return { slug: names[i] as string, file, scenario };
  });
}

/** The model comes first, then the runtime that the document speaks of, then the others as they were given. */
const FIRST = ['reference', 'eventlet'];

export function inOrder(files: readonly ResultFile[]): ResultFile[] {
  const place = ({ runtime }: ResultFile): number =>
    FIRST.includes(runtime.name) ? FIRST.indexOf(runtime.name) : FIRST.length;
  return [...files].sort((a, b) => place(a) - place(b));
}

function runtimesOf(clauses: readonly Clause[], files: readonly ResultFile[]): RuntimeOnSite[] {
  const names = namesOf(files);
  const slugged = slugs(names);
  return files.map((file, i) => ({
    name: names[i] as string,
    slug: slugged[i] as string,
    file,
    standings: new Map(
      clauses.map((clause) => {
        const own = file.scenarios.filter((scenario) => scenario.clause === clause.id);
        return [clause.id, clauseStanding(own)];
      }),
    ),
  }));
}

function scenariosOf(clauses: readonly Clause[], runtimes: readonly RuntimeOnSite[]): ScenarioOnSite[] {
  const found = new Map<string, { first: ScenarioResult; results: Map<string, ScenarioResult> }>();
  for (const { slug, file } of runtimes) {
    for (const scenario of file.scenarios) {
      const key = JSON.stringify([scenario.clause, scenario.feature, scenario.name]);
      const known = found.get(key) ?? { first: scenario, results: new Map() };
      known.results.set(slug, scenario);
      found.set(key, known);
    }
  }
  const place = ({ clause }: ScenarioResult): number => clauses.findIndex(({ id }) => id === clause);
  const all = [...found.values()].sort((a, b) => place(a.first) - place(b.first) || a.first.line - b.first.line);
  const names = slugs(all.map(({ first }) => `${first.clause}-${first.name}`));
  return all.map(({ first, results }, i) => {
    const { clause, name, strength, polarity, feature, line, gherkin } = first;
    return { clause, name, strength, polarity, feature, line, gherkin, slug: names[i] as string, results };
  });
}
