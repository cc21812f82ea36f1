import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { generateMessages } from '@cucumber/gherkin';
import { IdGenerator, type Pickle, SourceMediaType } from '@cucumber/messages';
import { Fault } from '../fault/fault';
import { type Clause, Strength } from './catalogue';

/** A scenario as it stands in a feature, one for each row of an outline. */
export interface FeatureScenario {
  readonly clause: string | undefined;
  readonly strength: Strength | undefined;
  readonly name: string;
  readonly feature: string;
  /** Tags that look like a clause's id and name none. */
  readonly strange: readonly string[];
}

const LOOKS_LIKE_A_CLAUSE = /^@[A-Z]{2}-\d+[a-z]?$/;

/** @throws Fault of the user: a feature is not Gherkin */
export function readScenarios(root: string, paths: readonly string[], clauses: readonly Clause[]): FeatureScenario[] {
  const ids = new Set(clauses.map(({ id }) => id));
  return paths.flatMap((path) => {
    const feature = relative(root, path);
    return readPickles(path, feature).map((pickle) => ({ ...standing(pickle, ids), name: pickle.name, feature }));
  });
}

/** @throws Fault of the user: the feature is not Gherkin */
export function readPickles(path: string, feature: string): Pickle[] {
  const source = readFileSync(path, 'utf8');
  const options = {
    newId: IdGenerator.incrementing(),
    includePickles: true,
    includeSource: false,
    includeGherkinDocument: false,
  };
  return generateMessages(source, feature, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, options).flatMap(
    (envelope) => {
      if (envelope.parseError !== undefined) {
        throw new Fault({ party: 'user', what: `${feature} is not Gherkin`, came: envelope.parseError.message });
      }
      return envelope.pickle === undefined ? [] : [envelope.pickle];
    },
  );
}

function standing(pickle: Pickle, ids: ReadonlySet<string>): Omit<FeatureScenario, 'name' | 'feature'> {
  const tags = pickle.tags.map(({ name }) => name);
  const candidates = tags.filter((tag) => LOOKS_LIKE_A_CLAUSE.test(tag)).map((tag) => tag.slice(1));
  return {
    clause: candidates.find((id) => ids.has(id)),
    // A scenario's own tag comes after its rule's.
    strength: tags.flatMap((tag) => Strength.safeParse(tag.slice(1)).data ?? []).at(-1),
    strange: candidates.filter((id) => !ids.has(id)),
  };
}

/** The golden list's line for a scenario: what must not vanish without somebody saying so. */
export function goldenLine({ clause, strength, name }: FeatureScenario): string {
  return `${clause ?? 'none'} ${strength ?? 'none'} | ${name}`;
}
