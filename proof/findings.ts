import type { Case } from './cases';
import type { Control } from './controls';
import type { JudgedCase } from './judged';
import { type ClaimName, type IdleClaim, mutantsOf, score, type Trial } from './score';

/** A broken witness, and the case that noticed it. */
export interface WitnessTrial {
  readonly name: string;
  readonly defect: string;
  readonly noticedBy: JudgedCase | undefined;
}

export interface Counts {
  readonly mutants: number;
  readonly liars: number;
  readonly witnesses: number;
  readonly scenarios: number;
  /** Claims without which some mutant would not be caught in their scenario. */
  readonly needed: number;
}

/** What the proof has come to: how much is shown, and what keeps it from being whole. */
export interface Findings {
  readonly counts: Counts;
  readonly controls: readonly Control[];
  readonly gaps: Gaps;
}

/** What keeps the proof from being whole, each in a sentence. */
export interface Gaps {
  /** Mutants and liars that are not caught as they have to be. */
  readonly survivors: readonly string[];
  /** Broken witnesses that nobody notices, scenarios that catch nothing, claims that nobody would miss. */
  readonly idle: readonly string[];
}

export function findings(
  cases: readonly Case[],
  trials: readonly Trial[],
  witnesses: readonly WitnessTrial[],
  controls: readonly Control[],
): Findings {
  const { survivors, idleCases, idleClaims } = score(cases, trials);
  const declared = (idle: ClaimName): boolean => controls.some((control) => sameClaim(control, idle));
  const needless = controls.filter((control) => !idleClaims.some((idle) => sameClaim(control, idle)));
  const places = new Set(cases.flatMap(({ claims }) => claims.map(({ place }) => place)));
  const mutants = mutantsOf(trials);
  const lies = mutants.filter((mutant) => 'lie' in mutant).length;
  return {
    counts: {
      mutants: mutants.length - lies,
      liars: lies,
      witnesses: witnesses.length,
      scenarios: cases.length,
      needed: places.size - idleClaims.length,
    },
    controls,
    gaps: {
      survivors: survivors.map(({ name, defect }) => `${name} is not caught as it has to be: ${defect}`),
      idle: [
        ...witnesses.filter(({ noticedBy }) => noticedBy === undefined).map(({ name }) => `${name} is not noticed`),
        ...idleCases.map(({ clause, name }) => `${clause}: the scenario "${name}" catches nothing`),
        ...idleClaims.filter((idle) => !declared(idle)).map(told),
        ...needless.map(({ scenario, sentence }) => `"${sentence}" of "${scenario}" is needed, and declared a control`),
      ],
    },
  };
}

/** What has become less since a score was written down. */
export function fallen(before: Counts, now: Counts): string[] {
  const names = Object.keys(before) as (keyof Counts)[];
  return names
    .filter((name) => now[name] < before[name])
    .map((name) => `the score has fallen: ${name}, from ${before[name]} to ${now[name]}`);
}

function sameClaim(one: ClaimName, other: ClaimName): boolean {
  return one.scenario === other.scenario && one.sentence === other.sentence;
}

function told({ clause, place, scenario, sentence, fails }: IdleClaim): string {
  const how = fails ? 'fails on mutants only beside others' : 'fails on no mutant';
  return `${clause}: "${sentence}" of "${scenario}" ${how} (${place}), and is not declared a control`;
}
