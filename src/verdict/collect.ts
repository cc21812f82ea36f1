import type { Attachment, Envelope, Pickle, TestCaseFinished } from '@cucumber/messages';
import { Query } from '@cucumber/query';
import { type Clause, Polarity, Strength } from '../clauses/catalogue';
import { ScenarioResult } from './result';

/** The media type under which a scenario's outcome travels among Cucumber's messages. */
export const OUTCOME = 'application/vnd.greenspec.outcome+json';

/** Makes scenario results of Cucumber's messages as they come: from any run, in this process or not. */
export class Collector {
  readonly #query = new Query();
  readonly #clauses: ReadonlyMap<string, Clause>;
  readonly #take: (result: ScenarioResult) => void;
  readonly #outcomes = new Map<string, unknown>();

  constructor(clauses: readonly Clause[], take: (result: ScenarioResult) => void) {
    this.#clauses = new Map(clauses.map((clause) => [clause.id, clause]));
    this.#take = take;
  }

  message(envelope: Envelope): void {
    this.#query.update(envelope);
    if (envelope.attachment !== undefined) this.#attachment(envelope.attachment);
    if (envelope.testCaseFinished !== undefined) this.#finished(envelope.testCaseFinished);
  }

  #attachment({ mediaType, body, testCaseStartedId }: Attachment): void {
    if (mediaType === OUTCOME && testCaseStartedId !== undefined)
      this.#outcomes.set(testCaseStartedId, JSON.parse(body));
  }

  #finished(finished: TestCaseFinished): void {
    const pickle = this.#query.findPickleBy(finished);
    if (pickle === undefined) return;
    const outcome = this.#outcomes.get(finished.testCaseStartedId) ?? this.#withoutOutcome(finished);
    this.#outcomes.delete(finished.testCaseStartedId);
    this.#take(ScenarioResult.parse({ ...this.#standing(pickle), ...(outcome as object) }));
  }

  /** A scenario that never came to its own end: an undefined or ambiguous step, say. */
  #withoutOutcome(finished: TestCaseFinished): object {
    const status = this.#query.findMostSevereTestStepResultBy(finished);
    const reason = `the scenario could not be run: ${status?.status ?? 'unknown'} ${status?.message ?? ''}`.trim();
    return { verdict: 'inconclusive', reason, claims: [], milliseconds: 0, declaredWait: 0 };
  }

  #standing(pickle: Pickle): object {
    const tags = pickle.tags.map(({ name }) => name.slice(1));
    const clause = tags.map((tag) => this.#clauses.get(tag)).find((found) => found !== undefined);
    const strengths = tags.flatMap((tag) => Strength.safeParse(tag).data ?? []);
    const polarities = tags.flatMap((tag) => Polarity.safeParse(tag).data ?? []);
    return {
      clause: clause?.id ?? 'none',
      // A scenario's own tag comes after its rule's. One clause may have scenarios of what it leans on, and of what that costs.
      strength: strengths.at(-1) ?? clause?.strength ?? 'info',
      polarity: polarities.at(-1) ?? clause?.polarity ?? 'none',
      name: pickle.name,
      feature: pickle.uri,
      line: this.#query.findLocationOf(pickle)?.line ?? 0,
      gherkin: pickle.steps.map((step) => `${this.#query.findStepBy(step)?.keyword ?? ''}${step.text}`),
    };
  }
}
