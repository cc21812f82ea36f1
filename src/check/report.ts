import type { Check } from './check';
import type { Finding, Observer } from './check-adapter';
import type { ComplaintFacts } from './complaint';
import { placeOf } from './sections';

const SIGNS: Record<Finding['kind'], string> = { sound: '✓', unsound: '✗', 'left-out': '–', unjudged: '?' };
const COLOURS: Record<Finding['kind'], number> = { sound: 32, unsound: 31, 'left-out': 90, unjudged: 33 };

/** Says what comes of each check as it comes, and what that makes of the adapter. */
export class CheckReport implements Observer {
  readonly #print: (line: string) => void;
  readonly #colour: boolean;
  readonly #counts: Record<Finding['kind'], number> = { sound: 0, unsound: 0, 'left-out': 0, unjudged: 0 };
  #heading = '';
  #leftOut: { readonly why: string; readonly says: readonly string[] } | undefined;

  constructor(print: (line: string) => void, colour: boolean) {
    this.#print = print;
    this.#colour = colour;
  }

  heading(text: string): void {
    this.#tellLeftOut();
    this.#heading = text;
  }

  found(check: Check, finding: Finding): void {
    this.#counts[finding.kind] += 1;
    if (finding.kind === 'left-out') {
      this.#leaveOut(check, finding.why);
      return;
    }
    this.#tellLeftOut();
    this.#tellHeading();
    this.#print(`  ${this.#sign(finding.kind)} ${check.says}${remark(finding)}`);
    if (finding.kind === 'unsound') for (const line of complaintLines(finding.complaint)) this.#print(`      ${line}`);
    if (finding.kind === 'unsound' || finding.kind === 'unjudged')
      for (const line of finding.exchange) this.#print(`        ${line}`);
  }

  /** Says what came of it all; gives the exit code. */
  end(name: string): number {
    this.#tellLeftOut();
    const { sound, unsound, unjudged } = this.#counts;
    const counts = [
      `${sound} sound`,
      `${unsound} not`,
      `${this.#counts['left-out']} do not apply`,
      `${unjudged} not judged`,
    ]
      .filter((count) => !count.startsWith('0 '))
      .join(', ');
    if (unsound > 0) this.#print(`the adapter of ${name} is not sound: ${counts}`);
    else if (unjudged > 0 || sound === 0)
      this.#print(`whether the adapter of ${name} is sound could not be told: ${counts}`);
    else this.#print(`the adapter of ${name} is sound: ${counts}`);
    if (unsound > 0) return 1;
    return unjudged > 0 || sound === 0 ? 3 : 0;
  }

  /** Those that are left out one after the other for one reason are told together. */
  #leaveOut(check: Check, why: string): void {
    if (this.#leftOut?.why !== why) this.#tellLeftOut();
    this.#leftOut = { why, says: [...(this.#leftOut?.says ?? []), check.says] };
  }

  #tellLeftOut(): void {
    if (this.#leftOut === undefined) return;
    const { why, says } = this.#leftOut;
    this.#leftOut = undefined;
    this.#tellHeading();
    this.#print(`  ${this.#sign('left-out')} ${says.length === 1 ? says[0] : `${says.length} checks`} (${why})`);
  }

  #tellHeading(): void {
    if (this.#heading !== '') this.#print(this.#heading);
    this.#heading = '';
  }

  #sign(kind: Finding['kind']): string {
    return this.#colour ? `\u001b[${COLOURS[kind]}m${SIGNS[kind]}\u001b[0m` : SIGNS[kind];
  }
}

function remark(finding: Finding): string {
  switch (finding.kind) {
    case 'sound':
      return finding.note === undefined ? '' : ` (${finding.note})`;
    case 'unjudged':
      return ` (${finding.why})`;
    case 'left-out':
    case 'unsound':
      return '';
  }
}

function complaintLines({ what, expected, came, advice, log = [], section }: ComplaintFacts): string[] {
  return [
    `it ${what}`,
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(came === undefined ? [] : [`came: ${came}`]),
    ...(advice === undefined ? [] : [`to do: ${advice}`]),
    ...(section === undefined ? [] : [`see: ${placeOf(section)}`]),
    ...(log.length === 0 ? [] : ['its log ends with:', ...log.map((line) => `  ${line}`)]),
    'the exchange:',
  ].flatMap((line) => line.split('\n'));
}
