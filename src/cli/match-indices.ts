import Module, { createRequire } from 'node:module';

const POLYFILL = 'regexp-match-indices';

/**
 * Where the groups of a match stand Cucumber's expressions ask a package that stands in for what Node has had since version 16: it parses
 * each pattern with a parser of its own, which takes longer than all else that is done to find the steps. Loaded before Cucumber, this takes its place.
 */
export function matchIndices(pattern: RegExp, text: string): RegExpExecArray | null {
  const indexed = new RegExp(pattern.source, pattern.flags.includes('d') ? pattern.flags : `${pattern.flags}d`);
  indexed.lastIndex = pattern.lastIndex;
  const match = indexed.exec(text);
  pattern.lastIndex = indexed.lastIndex;
  return match;
}

/** Undefined where no such package is asked any more. */
function pathOfPolyfill(): string | undefined {
  try {
    const cucumber = createRequire(require.resolve('@cucumber/cucumber'));
    return createRequire(cucumber.resolve('@cucumber/cucumber-expressions')).resolve(POLYFILL);
  } catch {
    return undefined;
  }
}

const path = pathOfPolyfill();
if (path !== undefined && require.cache[path] === undefined)
  require.cache[path] = Object.assign(new Module(path), { exports: matchIndices, loaded: true });
