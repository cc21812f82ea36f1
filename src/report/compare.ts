import { z } from 'zod';
import type { Advice } from '../clauses/advice';
import type { Clause, Strength } from '../clauses/catalogue';
import type { RuntimeOnSite, ScenarioOnSite, Site } from './site/model';
import { type Standing, standingOf } from './site/standing';

/** What a difference means to code that ran on the one and is to run on the other. */
export const Effect = z.enum(['danger', 'gain', 'difference', 'unknown', 'not-applicable']);
export type Effect = z.infer<typeof Effect>;

export interface ScenarioDifference {
  readonly scenario: ScenarioOnSite;
  readonly strength: Strength;
  readonly before: Standing;
  readonly after: Standing;
  readonly effect: Effect;
  /** Why it is no pass, on the one where it is none. */
  readonly reason?: string | undefined;
}

export interface ClauseDifference {
  readonly clause: Clause;
  readonly before: Standing;
  readonly after: Standing;
  readonly effect: Effect;
  /** The clause as a whole stands alike on both, and some of its scenarios do not. */
  readonly partly: boolean;
  readonly advice?: string | undefined;
  readonly scenarios: readonly ScenarioDifference[];
}

/** How two runtimes differ, for code that moves from the one to the other: what is dangerous comes first. */
export interface Comparison {
  readonly from: RuntimeOnSite;
  readonly to: RuntimeOnSite;
  readonly differences: readonly ClauseDifference[];
  /** Clauses that stand alike in all their scenarios. */
  readonly alike: readonly Clause[];
  /** What the one declares and the other does not, by its word, with advice where there is any. */
  readonly capabilities: readonly { readonly word: string; readonly advice?: string | undefined }[];
}

const ORDER: readonly Effect[] = ['danger', 'unknown', 'difference', 'gain', 'not-applicable'];

export function compare(
  site: Site,
  from: RuntimeOnSite,
  to: RuntimeOnSite,
  advice: Readonly<Record<string, Advice>>,
): Comparison {
  const scripted = site.clauses.filter(({ unscripted }) => unscripted === undefined);
  const found = scripted.map((clause) => compareClause(site, clause, from, to, advice[clause.id]));
  const differences = found.filter((difference) => difference !== undefined);
  return {
    from,
    to,
    differences: ORDER.flatMap((effect) => differences.filter((difference) => difference.effect === effect)),
    alike: scripted.filter((clause) => !differences.some((difference) => difference.clause === clause)),
    capabilities: capabilitiesLost(from, to, advice),
  };
}

function compareClause(
  { scenarios: all }: Site,
  clause: Clause,
  from: RuntimeOnSite,
  to: RuntimeOnSite,
  advice: Advice | undefined,
): ClauseDifference | undefined {
  const own = all.filter((scenario) => scenario.clause === clause.id);
  const scenarios = own.flatMap((scenario) => compareScenario(scenario, from, to));
  if (scenarios.length === 0) return undefined;
  const before = from.standings.get(clause.id)?.standing ?? 'not-run';
  const after = to.standings.get(clause.id)?.standing ?? 'not-run';
  const whole = effectOf(before, after);
  const effects = scenarios.map(({ effect }) => effect);
  // What is dangerous is so, however the clause as a whole stands.
  const effect = effects.includes('danger')
    ? 'danger'
    : (whole ?? ORDER.find((one) => effects.includes(one)) ?? 'difference');
  const common = { clause, before, after, effect, partly: whole === undefined, scenarios };
  if (effect === 'unknown' || effect === 'not-applicable') return common;
  return { ...common, advice: scenarios.some((one) => one.after !== 'holds') ? advice?.lost : advice?.gained };
}

function compareScenario(scenario: ScenarioOnSite, from: RuntimeOnSite, to: RuntimeOnSite): ScenarioDifference[] {
  const one = scenario.results.get(from.slug);
  const other = scenario.results.get(to.slug);
  const before = standingOf(one?.verdict, scenario.polarity);
  const after = standingOf(other?.verdict, scenario.polarity);
  const effect = effectOf(before, after);
  if (effect === undefined) return [];
  const reason = other?.reason ?? one?.reason;
  return [{ scenario, strength: scenario.strength, before, after, effect, reason }];
}

/** A guarantee that is lost is a danger, and so is a hazard that one meets anew; undefined where nothing changes. */
function effectOf(before: Standing, after: Standing): Effect | undefined {
  if (before === after) return undefined;
  if (!isSettled(before) || !isSettled(after)) return 'unknown';
  if (before === 'not-applicable' || after === 'not-applicable') return 'not-applicable';
  if (after === 'lost' || (before === 'gone' && after === 'holds')) return 'danger';
  if (after === 'gone' || (before === 'lost' && after === 'holds')) return 'gain';
  return 'difference';
}

/** Whether it is known how it stands. */
function isSettled(standing: Standing): boolean {
  return standing !== 'open' && standing !== 'not-run';
}

function capabilitiesLost(
  from: RuntimeOnSite,
  to: RuntimeOnSite,
  advice: Readonly<Record<string, Advice>>,
): Comparison['capabilities'] {
  const there = capabilitiesOf(to);
  const lost = capabilitiesOf(from).filter((word) => !there.includes(word));
  return lost.sort().map((word) => ({ word, advice: advice[word]?.lost }));
}

const Able = z.object({ capabilities: z.array(z.string()) });

function capabilitiesOf({ file }: RuntimeOnSite): string[] {
  return Able.safeParse(file.runtime.identity).data?.capabilities ?? [];
}
