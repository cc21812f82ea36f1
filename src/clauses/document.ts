import type { Clause } from './catalogue';
import { digestOf } from './digest';

/** A sentence of a copy of the document, as it stands there. */
export interface Sentence {
  readonly section: string;
  readonly sentence: number | 'code sample';
  readonly text: string;
  readonly digest: string;
}

/**
 * Splits a copy of the page, in reStructuredText, into its sentences. It works on the text with all white space folded, so that
 * copies that lost their lines on the way (as one from a search index has) are split like the others.
 *
 * @see https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#sections an underline is as long as its title
 */
export function splitDocument(source: string): Sentence[] {
  const text = source.replace(/\s+/g, ' ').replace(/\.\. _[^:]+: \S+/g, ' ');
  return sectionsOf(text).flatMap(({ title, body }) => sentencesOf(title, body));
}

/** How a copy compares with the catalogue: by digest, and where that is not found, by place. */
export interface Comparison {
  readonly known: readonly { clauses: readonly Clause[]; sentence: Sentence }[];
  readonly changed: readonly { clauses: readonly Clause[]; sentence: Sentence }[];
  readonly added: readonly Sentence[];
  readonly gone: readonly Clause[];
}

export function compareDocument(clauses: readonly Clause[], sentences: readonly Sentence[]): Comparison {
  const withDigest = (digest: string): Clause[] => clauses.filter((clause) => clause.digest === digest);
  const known = sentences.flatMap((sentence) => {
    const found = withDigest(sentence.digest);
    return found.length === 0 ? [] : [{ clauses: found, sentence }];
  });
  const digests = new Set(sentences.map(({ digest }) => digest));
  const lost = clauses.filter(({ digest }) => !digests.has(digest));
  const strange = sentences.filter(({ digest }) => withDigest(digest).length === 0);
  const changed = strange.flatMap((sentence) => {
    const there = lost.filter((clause) => clause.section === sentence.section && clause.sentence === sentence.sentence);
    return there.length === 0 ? [] : [{ clauses: there, sentence }];
  });
  const replaced = changed.flatMap((change) => change.clauses);
  return {
    known,
    changed,
    added: strange.filter((sentence) => !changed.some((change) => change.sentence === sentence)),
    gone: lost.filter((clause) => !replaced.includes(clause)),
  };
}

function sectionsOf(text: string): { title: string; body: string }[] {
  const underlines = [...text.matchAll(/ (={4,}|-{4,})(?= |$)/g)].map((match) => {
    const length = (match[1] ?? '').length;
    const start = Math.max(0, match.index - length);
    return { title: text.slice(start, match.index).trim(), start, end: match.index + match[0].length };
  });
  return underlines.map(({ title, end }, i) => ({ title, body: text.slice(end, underlines[i + 1]?.start).trim() }));
}

function sentencesOf(section: string, body: string): Sentence[] {
  let count = 0;
  return pieces(body).map(({ text, code }) => {
    const sentence = code ? ('code sample' as const) : ++count;
    return { section, sentence, text, digest: digestOf(text) };
  });
}

/** Prose split at the ends of sentences; what follows `::` up to the next sentence is a sample of code. */
function pieces(body: string): { text: string; code: boolean }[] {
  const sample = /:: (.*?\))(?= [A-Z][a-z]+ |$)/.exec(body);
  if (sample === null) return prose(body);
  const from = sample.index + ':: '.length;
  const code = sample[1] ?? '';
  return [...prose(body.slice(0, from).trim()), { text: code, code: true }, ...prose(body.slice(from + code.length))];
}

function prose(text: string): { text: string; code: boolean }[] {
  return text
    .trim()
    .split(/(?<=[.!?])\s+(?=[A-Z`"*])/)
    .filter((sentence) => sentence !== '')
    .map((sentence) => ({ text: sentence, code: false }));
}
