import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCatalogue } from '../../src/clauses/catalogue';
import { readScenarios } from '../../src/clauses/scenarios';
import { FEATURES } from '../../src/cli/feature-files';
import { Config } from '../../src/config/schema';
import { ROOT } from '../../src/project';
import { bind } from '../../src/verdict/expectations/bind';
import { parseExpectations } from '../../src/verdict/expectations/read';

/** The code of a language on a page. */
function block(page: string, language: string): string {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  const found = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1];
  assert.ok(found !== undefined, `${page} has no ${language}`);
  return found;
}

test('the expectations on their page are such, and name scenarios of the suite', () => {
  const { clauses } = readCatalogue(ROOT);
  const scenarios = readScenarios(
    ROOT,
    FEATURES.map((path) => join(ROOT, path)),
    clauses,
  );
  const bound = bind(parseExpectations('docs/expectations.md', block('expectations.md', 'yaml')), scenarios);
  assert.deepEqual(
    bound.map(({ scenarios }) => scenarios.length > 0),
    [true, true, true],
  );
});

test('the configurations on their pages are such', () => {
  Config.parse(JSON.parse(block('configuration.md', 'json')));
  const shown: unknown = JSON.parse(block('containers.md', 'json'));
  Config.parse(shown);
  assert.deepEqual(shown, JSON.parse(readFileSync(join(ROOT, 'adapters', 'python', 'containers.json'), 'utf8')));
});
