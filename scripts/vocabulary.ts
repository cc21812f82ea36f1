import { join } from 'node:path';
import { Writable } from 'node:stream';
import { loadSupport, runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { STEPS } from '../src/cli/features';
import { ROOT } from '../src/project';
import { publish } from './publish';

/** Where a step is defined tells what it is for. */
const PARTS = [
  { file: 'programs', title: 'Given: the cast' },
  { file: 'runs', title: 'When: the run' },
  { file: 'claims', title: 'Then: the claims' },
];

/** Writes docs/vocabulary.md from the steps themselves: the closed vocabulary in which all features are written. */
async function main(): Promise<void> {
  const envelopes = await definitions();
  const steps = envelopes.flatMap(({ stepDefinition }) => stepDefinition ?? []);
  const words = envelopes.flatMap(({ parameterType }) => parameterType ?? []);
  const parts = PARTS.map(({ file, title }) => {
    const own = steps.filter(({ sourceReference }) => sourceReference.uri?.endsWith(join('steps', `${file}.ts`)));
    return [`## ${title}`, '', ...own.map(({ pattern }) => `- ${pattern.source}`), ''].join('\n');
  });
  const values = words.map(({ name, regularExpressions }) =>
    [
      `### {${name}}`,
      '',
      ...regularExpressions.flatMap((text) => text.split('|')).map((text) => `- ${plain(text)}`),
      '',
    ].join('\n'),
  );
  const page = [
    '# The vocabulary of the features',
    '',
    `All features are written in these ${steps.length} patterns. A word in braces stands for one of the values listed below; {int} and {float} are numbers, {string} is a name in`,
    'quotes; what stands in brackets, or after a slash, may be there or not.',
    '',
    ...parts,
    '## Values',
    '',
    ...values,
  ].join('\n');
  publish(new Map([['docs/vocabulary.md', `${page.trimEnd()}\n`]]), 'npm run vocabulary');
}

/** A pattern in words: what stands for a number is written as one. */
function plain(text: string): string {
  return text.replace(/\(\?:\\d\+\(\?:\\\.\\d\+\)\?\)|\\d\+\(\?:\\\.\\d\+\)\?|\(\?:\\d\+\)/g, '*n*').replace(/\\/g, '');
}

/** Cucumber tells of its steps in its messages, also when it runs none. */
async function definitions(): Promise<Envelope[]> {
  const envelopes: Envelope[] = [];
  const sources = {
    defaultDialect: 'en',
    paths: ['features'],
    names: [],
    tagExpression: '',
    order: 'defined' as const,
  };
  const support = await loadSupport({ sources, support: { requirePaths: [...STEPS] } }, { cwd: ROOT });
  const runtime = {
    ...{ dryRun: true, failFast: false, filterStacktraces: true, parallel: 0 },
    ...{ retry: 0, retryTagFilter: '', strict: true, worldParameters: {} },
  };
  const formats = { stdout: 'message', files: {}, publish: false as const, options: {} };
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await runCucumber({ sources, support, runtime, formats }, { cwd: ROOT, stdout: nowhere }, (envelope) =>
    envelopes.push(envelope),
  );
  return envelopes;
}

void main();
