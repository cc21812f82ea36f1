import { existsSync, readFileSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { Fault } from '../../fault/fault';
import { type Entry, ExpectationFile } from './schema';

/** A file of expectations as it stands. */
export interface Expectations {
  /** As a person is to find it. */
  readonly file: string;
  readonly text: string;
  readonly entries: readonly Entry[];
}

/**
 * Reads a file of expectations.
 *
 * @param mayLack whether a file that is not there is one without entries
 * @throws Fault of the user, with the file and the line of all that is wrong in it
 */
export function readExpectations(file: string, mayLack = false): Expectations {
  return parseExpectations(file, mayLack && !existsSync(file) ? '' : read(file));
}

export function parseExpectations(file: string, text: string): Expectations {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.map(({ pos, message }) => place(file, lines, pos[0], message));
  if (broken.length > 0) throw wrong(file, 'is not YAML', broken);
  const parsed = ExpectationFile.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) =>
      place(file, lines, offsetOf(document, issue), `${pathOf(issue)}${issue.message}`),
    );
    throw wrong(file, 'is no file of expectations', issues);
  }
  const { known = [], flaky = [] } = parsed.data;
  const lineOf = (list: string, i: number): number => lines.linePos(offsetAt(document, [list, i])).line;
  const entries = [
    ...known.map((entry, i) => ({ ...entry, list: 'known' as const, line: lineOf('known', i) })),
    ...flaky.map((entry, i) => ({ ...entry, list: 'flaky' as const, line: lineOf('flaky', i) })),
  ];
  return { file, text, entries };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const advice = '--update-expectations makes a file of what a run finds';
    throw new Fault({ party: 'user', what: 'the expectations cannot be read', came: file, advice }, { cause });
  }
}

function wrong(file: string, what: string, lines: readonly string[]): Fault {
  const came = lines.map((line) => `\n  - ${line}`).join('');
  return new Fault({ party: 'user', what: `${file} ${what}`, expected: 'what docs/expectations.md says', came });
}

function place(file: string, lines: LineCounter, offset: number, message: string): string {
  return `${file}:${lines.linePos(offset).line}: ${message}`;
}

function pathOf({ path }: z.core.$ZodIssue): string {
  return path.length === 0 ? '' : `${path.join('.')}: `;
}

/** Where an issue stands: a key that nobody knows at that key, what is missing at what it is missing from. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  if (issue.code === 'unrecognized_keys') {
    const map = nodeAt(document, issue.path);
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === issue.keys[0]) : undefined;
    if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  return offsetAt(document, issue.path);
}

function offsetAt(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(document, path.slice(0, length));
    if (isNode(node)) return node.range?.[0] ?? 0;
  }
  return document.contents?.range?.[0] ?? 0;
}

function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}
