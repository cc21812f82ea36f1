import type { Clause } from '../clauses/catalogue';
import { combine, type Verdict } from '../verdict/judge';
import type { ScenarioResult } from '../verdict/result';

/** How a verdict is written in a column: a word, and a sign that does without colour. */
const SIGN: Record<Verdict, string> = {
  pass: '✓ pass',
  fail: '✗ fail',
  inconclusive: '? open',
  'not-applicable': '- n/a ',
};
const COLOUR: Record<Verdict, number> = { pass: 32, fail: 31, inconclusive: 33, 'not-applicable': 90 };

export interface SummaryOptions {
  readonly colour: boolean;
  /** Also list the scenarios that pass. */
  readonly verbose: boolean;
}

/** Writes the results of a run clause by clause, each as soon as the next clause begins. */
export class Summary {
  readonly #clauses: readonly Clause[];
  readonly #options: SummaryOptions;
  readonly #write: (line: string) => void;
  #open: ScenarioResult[] = [];

  constructor(clauses: readonly Clause[], options: SummaryOptions, write: (line: string) => void) {
    this.#clauses = clauses;
    this.#options = options;
    this.#write = write;
  }

  scenario(result: ScenarioResult): void {
    if (this.#open.length > 0 && this.#open[0]?.clause !== result.clause) this.end();
    this.#open.push(result);
  }

  /** Writes the clause that is still open. */
  end(): void {
    const results = this.#open;
    this.#open = [];
    const [first] = results;
    if (first === undefined) return;
    const verdict = combine(results.map((result) => result.verdict));
    const says = this.#clauses.find(({ id }) => id === first.clause)?.says ?? 'no clause of the document';
    this.#write(
      `${this.#sign(verdict)}  ${first.clause.padEnd(5)}  ${says}  ${tally(results)}${meaning(verdict, first)}`,
    );
    for (const result of results) this.#scenario(result);
  }

  #scenario(result: ScenarioResult): void {
    if (result.verdict === 'pass' && !this.#options.verbose) return;
    this.#write(
      `          ${this.#sign(result.verdict)}  ${result.strength === 'must' ? '' : `(${result.strength}) `}${result.name}`,
    );
    for (const line of result.reason?.split('\n') ?? []) this.#write(`                  ${line}`);
    if (result.verdict !== 'pass') this.#write(`                  at ${result.feature}:${result.line}`);
    for (const line of result.timeline ?? []) this.#write(`                  ${line}`);
  }

  #sign(verdict: Verdict): string {
    return this.#options.colour ? `\u001b[${COLOUR[verdict]}m${SIGN[verdict]}\u001b[0m` : SIGN[verdict];
  }
}

/** `12 scenarios`, or `11 of 12 scenarios`. */
function tally(results: readonly ScenarioResult[]): string {
  const passed = results.filter(({ verdict }) => verdict === 'pass').length;
  const count = `${results.length} scenario${results.length === 1 ? '' : 's'}`;
  return passed === results.length ? `(${count})` : `(${passed} of ${count})`;
}

/** What a failure means to code that was written against the document: the loss of a hazard is no bad news. */
function meaning(verdict: Verdict, { polarity }: ScenarioResult): string {
  if (verdict !== 'fail') return '';
  switch (polarity) {
    case 'guarantee':
      return ' — guarantee lost';
    case 'hazard':
      return ' — hazard gone';
    case 'advice':
    case 'none':
      return '';
  }
}
