import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { ScenarioResult } from '../result';
import { bind, entryFor, type Named } from './bind';
import { fits, whyOf } from './judge';
import { type Expectations, parseExpectations } from './read';
import { type Entry, TODO } from './schema';

/** The text of a file of expectations that fits what came, and how many entries stay, are new and are gone. */
export interface Update {
  readonly text: string;
  readonly kept: number;
  readonly added: number;
  readonly gone: number;
}

/** Characters of a failure's words that a new entry repeats. */
const EXCERPT = 160;

/** What a result has in the place of a clause where it is of none. */
const NO_CLAUSE = 'none';

/**
 * Makes the entries fit what came. Entries that still hold stay as they are, with their reasons, links and comments; those of which nothing is
 * left go; one that names several scenarios, not all of which fail, is written out for those that do. What fails and is not expected
 * gets an entry whose reason somebody has to write. What is open, or was not run, changes nothing.
 */
export function updateExpectations(
  expectations: Expectations,
  scenarios: readonly Named[],
  results: readonly ScenarioResult[],
): Update {
  const update = updateOnce(expectations, scenarios, results);
  if (update.text === expectations.text) return update;
  // What an entry that is gone, or names less now, spoke for, one that names it less closely speaks for now.
  const rest = updateExpectations(parseExpectations(expectations.file, update.text), scenarios, results);
  const { text, added, gone } = rest;
  return { text, kept: update.kept - gone, added: update.added + added, gone: update.gone + gone };
}

function updateOnce(
  expectations: Expectations,
  scenarios: readonly Named[],
  results: readonly ScenarioResult[],
): Update {
  const bound = bind(expectations, scenarios);
  const ownOf = (entry: Entry | undefined) => results.filter((result) => entryFor(bound, result) === entry);
  const document = parseDocument(expectations.text);
  const known = listOf(document);
  const entries = expectations.entries.filter(({ list }) => list === 'known');
  const old = known.items.map((node, i) => renew(document, entries[i], node, ownOf(entries[i])));
  const fresh = ownOf(undefined).filter(({ verdict }) => verdict === 'fail');
  known.items = [...old.flat(), ...fresh.map((result) => document.createNode(newEntry(result)))];
  known.flow = known.items.length === 0;
  const gone = old.filter((nodes) => nodes.length === 0).length;
  return { text: document.toString({ lineWidth: 0 }), kept: old.length - gone, added: fresh.length, gone };
}

/** The list of known differences, made where there is none. */
function listOf(document: Document): YAMLSeq {
  if (document.contents === null) document.contents = document.createNode({});
  const present = document.get('known', true);
  if (isSeq(present)) return withFirstComment(present);
  const made = document.createNode([]) as YAMLSeq;
  document.set('known', made);
  return made;
}

/** A comment above the first entry is read as the list's, and is the entry's: it is to go with it. */
function withFirstComment(list: YAMLSeq): YAMLSeq {
  const [first] = list.items;
  if (isMap(first) && list.commentBefore != null) {
    first.commentBefore = list.commentBefore;
    list.commentBefore = null;
  }
  return list;
}

/** What stands in the place of an entry: itself, one for each scenario of it that may still differ, or nothing. */
function renew(document: Document, entry: Entry | undefined, node: unknown, own: readonly ScenarioResult[]): unknown[] {
  if (entry === undefined || !isMap(node) || own.length === 0) return [node];
  const staying = own.filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive');
  const passed = own.some(({ verdict }) => verdict === 'pass');
  const asItIs = staying.every((result) => holds(entry, result)) && (entry.scenario === undefined || !passed);
  if (staying.length === 0 || asItIs) return staying.length === 0 ? [] : [node];
  const written = staying.map((result) => writtenOut(document, entry, node, result));
  // The comment is said once.
  for (const further of written.slice(1)) further.commentBefore = null;
  return written;
}

/** Whether an entry may still be right of a scenario: one that is open contradicts nothing. */
function holds(entry: Entry, result: ScenarioResult): boolean {
  return result.verdict === 'inconclusive' || fits(entry, result);
}

/** An entry for one scenario of those that another spoke for; a failure for another reason is yet to be explained. */
function writtenOut(document: Document, entry: Entry, node: YAMLMap, result: ScenarioResult): YAMLMap {
  const made = node.clone(document.schema) as YAMLMap;
  made.delete('clause');
  made.delete('scenario');
  made.items.unshift(...(document.createNode(target(result)) as YAMLMap).items);
  if (holds(entry, result)) return made;
  made.delete('why');
  made.set('reason', `${todo(result)} (before: ${entry.reason})`);
  return made;
}

function newEntry(result: ScenarioResult): object {
  return { ...target(result), reason: todo(result) };
}

function target({ clause, name }: ScenarioResult): { clause?: string; scenario: string } {
  return { ...(clause === NO_CLAUSE ? {} : { clause }), scenario: name };
}

function todo(result: ScenarioResult): string {
  const why = whyOf(result).replaceAll(/\s+/g, ' ');
  return `${TODO} say why: ${why.length > EXCERPT ? `${why.slice(0, EXCERPT)}…` : why}`;
}
