import { devNull } from 'node:os';
import type { Envelope, GherkinDocument, Pickle, PickleStep } from '@cucumber/messages';
import { type Clause, Strength } from '../src/clauses/catalogue';
import { runFeatures } from '../src/cli/features';
import { Fault } from '../src/fault/fault';
import type { Cast } from '../src/program/compose';
import { type PlannedClaim, type PlannedScenario, planOnly } from '../src/session/planning';

/** A claim where it stands: the file and the line of its `Then`, and the name of its scenario or outline, which all rows share. */
export interface CaseClaim extends PlannedClaim, Standing {}

interface Standing {
  readonly place: string;
  readonly scenario: string;
}

/** A scenario, as what it would run and claim. */
export interface Case {
  readonly clause: string;
  readonly strength: Strength;
  readonly name: string;
  readonly cast: Cast;
  readonly claims: readonly CaseClaim[];
}

/** Every scenario of the features, by Cucumber's own reading of them; nothing is run. */
export async function planCases(clauses: readonly Clause[]): Promise<Case[]> {
  const reading = new Reading();
  planOnly((planned) => reading.planned.set(planned.pickle, planned));
  try {
    await runFeatures({
      tags: '',
      messages: devNull,
      session: NOBODY,
      onMessage: (envelope) => reading.take(envelope),
    });
  } finally {
    planOnly(undefined);
  }
  const ids = new Set(clauses.map(({ id }) => id));
  return reading.pickles.map((pickle) => reading.caseOf(pickle, ids));
}

/** No runtime and no server are asked for anything. */
const NOBODY = {
  command: { name: 'nobody', command: '', args: [], cwd: '' },
  database: new Fault({ party: 'user', what: 'nothing is run' }),
  options: {},
};

class Reading {
  readonly pickles: Pickle[] = [];
  readonly planned = new Map<string, PlannedScenario>();
  readonly #standings = new Map<string, Standing>();

  take({ pickle, gherkinDocument }: Envelope): void {
    if (pickle !== undefined) this.pickles.push(pickle);
    if (gherkinDocument !== undefined) this.#note(gherkinDocument);
  }

  caseOf({ id, name, tags, steps }: Pickle, ids: ReadonlySet<string>): Case {
    const words = tags.map((tag) => tag.name.slice(1));
    const { cast, claims } = this.planned.get(id) ?? missing(name);
    const outcomes = steps.filter(({ type }) => type === 'Outcome');
    if (outcomes.length !== claims.length)
      throw new Error(`${name} makes ${claims.length} claims in ${outcomes.length} steps`);
    return {
      clause: words.find((word) => ids.has(word)) ?? 'none',
      strength: words.flatMap((word) => Strength.safeParse(word).data ?? []).at(-1) ?? 'info',
      name,
      cast,
      claims: claims.map((claim, i) => ({ ...claim, ...this.#standingOf(outcomes[i]) })),
    };
  }

  #standingOf(step: PickleStep | undefined): Standing {
    return this.#standings.get(step?.astNodeIds[0] ?? '') ?? missing('a step');
  }

  #note({ uri, feature }: GherkinDocument): void {
    const scenarios = feature?.children.flatMap(({ rule, scenario }) => [
      ...(rule?.children.flatMap((child) => child.scenario ?? []) ?? []),
      ...(scenario === undefined ? [] : [scenario]),
    ]);
    for (const { name, steps } of scenarios ?? [])
      for (const { id, location } of steps)
        this.#standings.set(id, { place: `${uri}:${location.line}`, scenario: name });
  }
}

function missing(name: string): never {
  throw new Error(`${name} planned nothing`);
}
