import { printable } from '../fault/printable';
import type { ResultFile } from '../verdict/result';
import { versionOf } from './site/identity';

/** What tells runs of one runtime apart, the plainest first; a number does where nothing else is left. */
const DISTINCTIONS: readonly ((file: ResultFile) => string)[] = [
  ({ date }) => date.slice(0, 16).replace('T', ' '),
  versionOf,
  ({ database }) => (database === null ? 'without MySQL' : `${database.server} ${database.version}`),
  ({ platform }) => `${platform.os}, ${platform.architecture}`,
];

/** A name for each result, no two alike: the runtime's, and where there are more runs of it, what tells them apart. */
export function namesOf(files: readonly ResultFile[]): string[] {
  const plain = files.map(({ runtime }) => printable(runtime.name));
  const told = DISTINCTIONS.reduce<string[]>(
    (names, distinction) => (names.every(isOnly) ? names : distinguish(names, files, distinction)),
    plain,
  );
  return told.map((name, i) =>
    isOnly(name, i, told) ? name : `${name}, ${told.slice(0, i + 1).filter((other) => other === name).length}`,
  );
}

function isOnly(name: string, _: number, names: readonly string[]): boolean {
  return names.indexOf(name) === names.lastIndexOf(name);
}

/** Adds to names that are alike what differs among their files. */
function distinguish(
  names: readonly string[],
  files: readonly ResultFile[],
  distinction: (file: ResultFile) => string,
): string[] {
  return files.map((file, i) => {
    const name = names[i] as string;
    const alike = files.filter((_, j) => names[j] === name);
    const differ = new Set(alike.map(distinction)).size > 1;
    return differ ? `${name}, ${printable(distinction(file))}` : name;
  });
}
