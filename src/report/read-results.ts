import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ExplorationFile } from '../explore/result';
import { Fault } from '../fault/fault';
import { ResultFile } from '../verdict/result';

/** A result file that could be read. */
export interface LoadedResult {
  readonly path: string;
  readonly file: ResultFile;
}

/** What could be read, and why the rest could not. */
export interface Loaded {
  readonly results: LoadedResult[];
  readonly explorations: ExplorationFile[];
  readonly problems: Fault[];
}

/**
 * Reads result files, and of folders all that are in them. A file that is damaged, foreign or of another format is a problem of its own:
 * the others are read all the same.
 *
 * @param paths files, and folders, in which `*.json` is looked at, but only what claims to be a result
 * @param options whether explorations are read, too; else they are passed over in a folder, and refused where they are named
 */
export function readResults(paths: readonly string[], { alsoExplorations = false } = {}): Loaded {
  const problems: Fault[] = [];
  const files = paths.flatMap((path) => attempt(() => filesAt(path), problems) ?? []);
  const isExploration = (text: string): boolean => alsoExplorations && EXPLORATION.test(text);
  const texts = files.flatMap((file) => attempt(() => textOf(file, isExploration), problems) ?? []);
  const explorations = texts
    .filter(([, text]) => isExploration(text))
    .flatMap(([path, text]) => attempt(() => parseExploration(path, text), problems) ?? []);
  const ofRuns = texts.filter(([, text]) => !isExploration(text));
  const results = ofRuns.flatMap(([path, text], i) => {
    const twin = ofRuns.slice(0, i).find(([, other]) => other === text);
    const file = attempt(() => (twin === undefined ? parseResult(path, text) : refuseTwin(path, twin[0])), problems);
    return file === undefined ? [] : [{ path, file }];
  });
  return { results, explorations, problems };
}

/** What is done, unless it is refused. */
function attempt<T>(act: () => T, problems: Fault[]): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    problems.push(error);
    return undefined;
  }
}

function refuseTwin(path: string, twin: string): never {
  throw refuse(`${path} is the same as ${twin}`, { advice: 'name it once' });
}

/** @throws Fault of the user: it is none */
export function readResult(path: string): ResultFile {
  return parseResult(path, read(path));
}

/** What tells a result file from any other JSON. */
const Mark = z.object({ kind: z.never().optional(), greenspec: z.string(), format: z.int() });
const FORMAT = ResultFile.shape.format.value;

function parseResult(path: string, text: string): ResultFile {
  const content = parseJson(path, text);
  const mark = Mark.safeParse(content);
  if (!mark.success) throw refuse(`${path} is no result file`, { expected: 'what a run writes: reports/NAME.json' });
  const { greenspec, format } = mark.data;
  if (format !== FORMAT) {
    const age = format < FORMAT ? 'an older' : 'a newer';
    throw refuse(`${path} was written by ${age} greenspec, ${greenspec}`, {
      expected: `format ${FORMAT}`,
      came: `format ${format}`,
      advice: format < FORMAT ? 'run that runtime again' : 'use that version of greenspec, or a newer one',
    });
  }
  const parsed = ResultFile.safeParse(content);
  if (parsed.success) return parsed.data;
  throw refuse(`${path} is damaged`, {
    expected: 'src/verdict/result.schema.json',
    came: z.prettifyError(parsed.error).split('\n').slice(0, 4).join(' '),
    advice: 'run that runtime again',
  });
}

/** What tells an exploration from any other JSON. */
const EXPLORATION = /^\s*\{\s*"kind"\s*:\s*"exploration"/;

function parseExploration(path: string, text: string): ExplorationFile {
  const parsed = ExplorationFile.safeParse(parseJson(path, text));
  if (parsed.success) return parsed.data;
  throw refuse(`${path} is damaged, or of another version`, {
    expected: 'src/explore/result.schema.json',
    came: z.prettifyError(parsed.error).split('\n').slice(0, 4).join(' '),
    advice: 'explore it again',
  });
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const facts = { expected: 'a whole result file, in JSON', advice: 'run that runtime again' };
    throw refuse(`${path} is cut short, or no JSON`, facts, cause);
  }
}

/** A file that is to be looked at: one that was named is meant to be a result, one that stands in a folder need not be. */
interface Candidate {
  readonly path: string;
  readonly named: boolean;
}

function filesAt(path: string): Candidate[] {
  if (!isFolder(path)) return [{ path, named: true }];
  const files = readdirSync(path, { withFileTypes: true }).filter((file) => !file.isDirectory());
  const names = files.map(({ name }) => name).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => ({ path: join(path, name), named: false }));
}

/** A file's path and text. In a folder, other JSON is passed over; but not what is empty, as a result is that could not be written. */
function textOf({ path, named }: Candidate, isExploration: (text: string) => boolean): [string, string][] {
  const text = read(path);
  return named || /^\s*(\{\s*"greenspec"\s*:|$)/.test(text) || isExploration(text) ? [[path, text]] : [];
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    throw refuse(`${path} cannot be read`, {}, cause);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw refuse(`${path} cannot be read`, {}, cause);
  }
}

function refuse(what: string, facts: { expected?: string; came?: string; advice?: string }, cause?: unknown): Fault {
  return new Fault({ party: 'user', what, ...facts }, { cause });
}
