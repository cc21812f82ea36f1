import { type ITestCaseHookParameter, setWorldConstructor, World } from '@cucumber/cucumber';
import { explain } from '../src/fault/explain';
import { Fault } from '../src/fault/fault';
import { type Cast, compose } from '../src/program/compose';
import { NO_FACTS } from '../src/program/plan';
import { currentSession } from '../src/session/current';
import { type PlannedClaim, planTaker } from '../src/session/planning';
import { runScenario } from '../src/session/run-scenario';
import type { RunRecord } from '../src/trace/record';
import { timeline } from '../src/trace/timeline';
import { OUTCOME } from '../src/verdict/collect';
import { type ClaimResult, combine, judge, type Verdict } from '../src/verdict/judge';

/** What a scenario came to; the rest of its result stands in the feature. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly timeline?: readonly string[];
  readonly claims: readonly ClaimResult[];
  readonly milliseconds: number;
  readonly declaredWait: number;
  readonly record?: RunRecord;
}

/** One scenario: the cast that it names, the record of its run, and the claims made of that. */
export class Scenario extends World {
  readonly cast: Cast = { ready: 0, pending: 0 };
  readonly #claims: ClaimResult[] = [];
  readonly #planned: PlannedClaim[] = [];
  #record: RunRecord | undefined;
  #missing: readonly string[] = [];
  #fault: unknown;
  #milliseconds = 0;

  /** Runs the program of the cast, unless the runtime lacks what it takes; gives whether it was run. */
  async run(): Promise<boolean> {
    if (planTaker() !== undefined) return true;
    try {
      const attempt = await runScenario(currentSession().bench, this.cast);
      if (attempt.kind === 'ran') {
        this.#record = attempt.record;
        this.#milliseconds = attempt.milliseconds;
      } else this.#missing = attempt.missing;
      return attempt.kind === 'ran';
    } catch (fault) {
      this.#fault = fault;
      throw fault;
    }
  }

  /** Judges a claim on the record; one that does not hold ends the scenario. */
  claim(claim: PlannedClaim): void {
    if (planTaker() !== undefined) {
      this.#planned.push(claim);
      return;
    }
    if (this.#record === undefined) throw new Error('a claim is made before the program has run');
    const result = judge(this.#record, claim);
    this.#claims.push(result);
    if (result.verdict !== 'pass') throw new Error(`${result.verdict}: ${result.why}`);
  }

  /** Hands the outcome on, for the result file; or the plan, where nothing is run. */
  async finish({ result, pickle }: ITestCaseHookParameter): Promise<void> {
    const take = planTaker();
    if (take !== undefined) {
      take({ pickle: pickle.id, cast: this.cast, claims: this.#planned });
      return;
    }
    await this.attach(JSON.stringify(this.#outcome(failureOf(result), claimsIn(pickle))), OUTCOME);
  }

  /** Why a claim is not a pass: what contradicts it, or who was at fault, and what happened around it. */
  #explain({ says, why, fault, against = [] }: ClaimResult): Pick<Outcome, 'reason' | 'timeline'> {
    const reason = `${says}: ${why}${fault === undefined ? '' : ` (at fault: ${fault.party})`}`;
    return this.#record === undefined ? { reason } : { reason, timeline: timeline(this.#record, against) };
  }

  #outcome(failure: string | undefined, sentences: readonly string[]): Outcome {
    const declaredWait = compose(this.cast, NO_FACTS).declaredWait;
    const claims = this.#claims.map((claim, i) => ({ ...claim, says: sentences[i] ?? claim.says }));
    const base = { claims, milliseconds: this.#milliseconds, declaredWait };
    const told = { ...base, ...(this.#record === undefined ? {} : { record: this.#record }) };
    if (this.#missing.length > 0) {
      return { ...told, verdict: 'not-applicable', reason: `the runtime does not declare ${this.#missing.join(', ')}` };
    }
    const spoilt = claims.find(({ verdict }) => verdict !== 'pass');
    if (spoilt !== undefined) return { ...told, verdict: spoilt.verdict, ...this.#explain(spoilt) };
    if (this.#fault !== undefined) {
      const reason = this.#fault instanceof Fault ? explain(this.#fault) : String(this.#fault);
      return { ...told, verdict: 'inconclusive', reason };
    }
    if (failure !== undefined) return { ...told, verdict: 'inconclusive', reason: failure };
    if (this.#claims.length === 0) return { ...told, verdict: 'inconclusive', reason: 'the scenario made no claim' };
    return { ...told, verdict: combine(this.#claims.map(({ verdict }) => verdict)) };
  }
}

/** What a scenario claims, in its own words: a claim is made by each step of its `Then`, in order. */
function claimsIn({ steps }: ITestCaseHookParameter['pickle']): string[] {
  return steps.filter(({ type }) => type === 'Outcome').map(({ text }) => text);
}

/** What Cucumber has against a scenario: an error, or a step that is not defined, of which it says no more than that. */
function failureOf(result: ITestCaseHookParameter['result']): string | undefined {
  if (result === undefined || result.status === 'PASSED') return undefined;
  return result.message ?? `a step of the scenario is ${result.status.toLowerCase()}`;
}

setWorldConstructor(Scenario);
