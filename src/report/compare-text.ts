import { changeOf, EFFECTS } from './change';
import type { ClauseDifference, Comparison } from './compare';
import { identityOf } from './site/identity';
import type { RuntimeOnSite } from './site/model';

/** Scenarios of a clause that are named; of more, how many there are. */
const NAMED = 3;
const WIDTH = 100;

/** A comparison as a terminal shows it. */
export function comparisonText({ from, to, differences, alike, capabilities }: Comparison): string {
  return [
    ...describe('from', from),
    ...describe('to', to),
    '',
    ...differences.flatMap(clauseLines),
    ...capabilities.flatMap(({ word, advice }) => [`- no longer there: ${word}`, ...wrapped(advice ?? '', '    '), '']),
    ...(alike.length === 0 ? [] : [...wrapped(`alike on both: ${alike.map(({ id }) => id).join(', ')}`, ''), '']),
    verdict(differences),
  ].join('\n');
}

/** Its name, its versions, lock and drivers, and the server and machine that it was tested with. */
function describe(word: string, { name, file }: RuntimeOnSite): string[] {
  const facts = identityOf(file).map(([key, value]) => `${key} ${value}`);
  return [`${word.padEnd(4)} ${name}`, ...wrapped(facts.join('; '), '     ')];
}

function clauseLines(difference: ClauseDifference): string[] {
  const { clause, effect, partly, advice, scenarios } = difference;
  const { sign, word } = EFFECTS[effect];
  const change = partly ? 'in part' : changeOf(difference);
  const more = scenarios.length - NAMED;
  return [
    `${sign} ${word}: ${clause.id}, ${change}`,
    ...wrapped(clause.says, '    '),
    ...wrapped(advice ?? '', '    '),
    ...scenarios
      .slice(0, NAMED)
      .flatMap(({ scenario, reason, ...one }) => [
        ...wrapped(`${scenario.name}: ${changeOf(one)}`, '      · '),
        ...wrapped(reason ?? '', '        '),
      ]),
    ...(more > 0 ? [`      … and ${more} more`] : []),
    '',
  ];
}

function verdict(differences: readonly ClauseDifference[]): string {
  const count = (effect: ClauseDifference['effect']): number =>
    differences.filter((difference) => difference.effect === effect).length;
  const told = [
    [count('danger'), 'danger', 'dangers'],
    [count('gain'), 'gain', 'gains'],
    [count('difference'), 'other difference', 'other differences'],
    [count('unknown'), 'that cannot be compared', 'that cannot be compared'],
    [count('not-applicable'), 'that does not apply to both', 'that do not apply to both'],
  ] as const;
  const parts = told.filter(([n]) => n > 0).map(([n, one, many]) => `${n} ${n === 1 ? one : many}`);
  return parts.length === 0 ? 'no clause differs' : `clause by clause: ${parts.join(', ')}`;
}

/** A text in lines of bounded length, the first of which begins with a mark, and the others with as many spaces. */
function wrapped(text: string, mark: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((word) => word !== '')) {
    if (line !== '' && mark.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((text, i) => `${i === 0 ? mark : ' '.repeat(mark.length)}${text}`);
}
