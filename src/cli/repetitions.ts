import { type Bound, entryFor, type Named } from '../verdict/expectations/bind';
import { mergeRepetitions } from '../verdict/expectations/repetitions';
import type { ScenarioResult } from '../verdict/result';

/** Runs the scenarios whose names match one of the regular expressions, and hands over each result. */
type Play = (names: readonly string[], take: (result: ScenarioResult) => void) => Promise<void>;

/** The runs of flaky scenarios that go before the run of all scenarios, which is the last one of each. */
export class Repetitions {
  readonly #results: readonly ScenarioResult[];

  private constructor(results: readonly ScenarioResult[]) {
    this.#results = results;
  }

  /** Runs each flaky scenario as often as its entry says, but for the last time. */
  static async play(bound: readonly Bound[], play: Play): Promise<Repetitions> {
    const flaky = bound.flatMap(({ entry, scenarios }) =>
      scenarios.map((scenario) => ({ scenario, repeat: entry.repeat ?? 1 })),
    );
    const results: ScenarioResult[] = [];
    for (let round = 2; flaky.some(({ repeat }) => repeat >= round); round++) {
      const due = flaky.filter(({ repeat }) => repeat >= round).map(({ scenario }) => scenario);
      await play(due.map(exactly), (result) => {
        // A scenario of another clause may have the name.
        if ((entryFor(bound, result)?.repeat ?? 1) >= round) results.push(result);
      });
    }
    return new Repetitions(results);
  }

  /** The result of a scenario's last run, together with those before. */
  with(last: ScenarioResult): ScenarioResult {
    const { clause, name } = last;
    const earlier = this.#results.filter((result) => result.clause === clause && result.name === name);
    return earlier.length === 0 ? last : mergeRepetitions(last, ...earlier);
  }
}

/** A regular expression that only the scenario's name matches. */
function exactly({ name }: Named): string {
  return `^${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
}
