import type { Clause } from '../clauses/catalogue';
import { printable } from '../fault/printable';
import type { ScenarioResult } from '../verdict/result';
import { combineMarks, type Mark, markOf } from './marks';

/** How a result is written in a column: a word, and a sign that does without colour. */
const SIGN: Record<Mark, string> = {
  pass: '✓ pass',
  fail: '✗ fail',
  inconclusive: '? open',
  'not-applicable': '- n/a',
  known: '≠ known',
  flaky: '≈ flaky',
};
const COLOUR: Record<Mark, number> = {
  ...{ pass: 32, fail: 31, inconclusive: 33, 'not-applicable': 90 },
  ...{ known: 36, flaky: 35 },
};
const COLUMN = 8;

export interface SummaryOptions {
  readonly colour: boolean;
  /** Also list the scenarios that pass, and what happened in those that were expected to differ. */
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
    const says = this.#clauses.find(({ id }) => id === first.clause)?.says ?? 'no clause of the document';
    const sign = this.#sign(combineMarks(results.map(markOf)));
    this.#write(`${sign}${first.clause.padEnd(5)}  ${says}  ${tally(results)}${meaning(results)}`);
    for (const result of results) this.#scenario(result);
  }

  #scenario(result: ScenarioResult): void {
    const mark = markOf(result);
    if (mark === 'pass' && !this.#options.verbose) return;
    const strength = result.strength === 'must' ? '' : `(${result.strength}) `;
    this.#write(`          ${this.#sign(mark)}${strength}${result.name}${repeated(result)}`);
    for (const line of this.#about(result)) this.#write(`                  ${printable(line)}`);
  }

  /** Of an expected difference, why it is expected; of all else, why it is no pass, and what happened. */
  #about(result: ScenarioResult): string[] {
    const { expected, reason, timeline = [] } = result;
    const told = [...(reason?.split('\n') ?? []), ...(result.verdict === 'pass' ? [] : [placeOf(result)]), ...timeline];
    if (expected === undefined) return told;
    const link = expected.link === undefined ? '' : `${expected.link}, `;
    const why = [expected.reason, `${link}expected at ${expected.file}:${expected.line}`];
    return this.#options.verbose ? [...why, ...told] : why;
  }

  #sign(mark: Mark): string {
    const sign = SIGN[mark];
    const space = ' '.repeat(COLUMN - sign.length);
    return this.#options.colour ? `\u001b[${COLOUR[mark]}m${sign}\u001b[0m${space}` : `${sign}${space}`;
  }
}

function placeOf({ feature, line }: ScenarioResult): string {
  return `at ${feature}:${line}`;
}

/** Of a flaky scenario: `  (3 of 5 runs passed)`. */
function repeated({ repetitions }: ScenarioResult): string {
  return repetitions === undefined ? '' : `  (${repetitions.passed} of ${repetitions.of} runs passed)`;
}

/** `12 scenarios`, or `11 of 12 scenarios`. */
function tally(results: readonly ScenarioResult[]): string {
  const passed = results.filter(({ verdict }) => verdict === 'pass').length;
  const count = `${results.length} scenario${results.length === 1 ? '' : 's'}`;
  return passed === results.length ? `(${count})` : `(${passed} of ${count})`;
}

/** What failures mean to code that was written against the document: the loss of a hazard is no bad news. */
function meaning(results: readonly ScenarioResult[]): string {
  const lost = new Set(results.filter(({ verdict }) => verdict === 'fail').map(({ polarity }) => polarity));
  if (lost.has('guarantee')) return ' — guarantee lost';
  return lost.has('hazard') ? ' — hazard gone' : '';
}
