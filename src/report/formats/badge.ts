import type { Clause } from '../../clauses/catalogue';
import { printable } from '../../fault/printable';
import { outcomeOf } from '../../verdict/outcome';
import type { ResultFile } from '../../verdict/result';
import { clauseStanding, type Standing } from '../site/standing';

/**
 * A badge, as shields.io takes it from an address: how many clauses hold, of those that apply. Only a whole run in which all came out as the
 * document has it is bright green; what could not be judged, or was not run, is told and leaves it grey.
 *
 * @see https://shields.io/badges/endpoint-badge
 */
export function badge(file: ResultFile, clauses: readonly Clause[]): string {
  const standings = clauses
    .filter(({ unscripted }) => unscripted === undefined)
    .map(({ id }) => clauseStanding(file.scenarios.filter(({ clause }) => clause === id)).standing);
  const { words, color } = judge(file, standings);
  const applicable = standings.filter((standing) => standing !== 'not-applicable').length;
  const count = `${countOf(standings, 'holds')} of ${applicable} clause${applicable === 1 ? '' : 's'}`;
  const label = `${printable(file.runtime.name, 60)} threading model`;
  return `${JSON.stringify({ schemaVersion: 1, label, message: [count, ...words].join(', '), color })}\n`;
}

/** What else is to be told, and the colour: what is lost for certain outweighs what could not be judged. */
function judge(file: ResultFile, standings: readonly Standing[]): { words: string[]; color: string } {
  const lost = countOf(standings, 'lost');
  const gone = countOf(standings, 'gone');
  const differs = [...told(lost, 'guarantee', 'lost'), ...told(gone, 'hazard', 'gone')];
  const open = [
    ...told(countOf(standings, 'open'), 'clause', 'open'),
    ...told(countOf(standings, 'not-run'), 'clause', 'not run'),
  ];
  const words = [...differs, ...open];
  const outcome = outcomeOf(file);
  if (outcome === 'as-expected')
    return { words: [...words, 'as expected'], color: open.length === 0 ? 'blue' : 'lightgrey' };
  if (lost > 0) return { words, color: 'red' };
  if (outcome === 'not-judged' || open.length > 0) return { words: [...words, 'not judged'], color: 'lightgrey' };
  if (outcome === 'conforms') return { words, color: 'brightgreen' };
  return { words: words.length === 0 ? ['with differences'] : words, color: 'yellow' };
}

/** `2 guarantees lost`. */
function told(count: number, what: string, how: string): string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'} ${how}`];
}

function countOf(standings: readonly Standing[], standing: Standing): number {
  return standings.filter((one) => one === standing).length;
}
