import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { type ISupportCodeLibrary, loadSupport, runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { ROOT } from '../project';

/** In the order of the document's sections. */
const FEATURES = ['threading-model', 'yielding', 'mysql'].map((name) => join('features', `${name}.feature`));
const STEPS = ['world', 'hooks', 'words', 'programs', 'runs', 'claims'].map((name) => join('steps', `${name}.ts`));

let support: ISupportCodeLibrary | undefined;

/**
 * Runs the features in this process: each message is handed on, and all are written to a file, so that every tool that reads
 * Cucumber's messages works on them.
 */
export async function runFeatures(options: {
  tags: string;
  messages: string;
  onMessage: (envelope: Envelope) => void;
}): Promise<void> {
  const sources = {
    defaultDialect: 'en',
    paths: FEATURES,
    names: [],
    tagExpression: options.tags,
    order: 'defined' as const,
  };
  const support = await loadSteps();
  const messages = createWriteStream(options.messages);
  const runtime = {
    dryRun: false,
    failFast: false,
    filterStacktraces: true,
    parallel: 0,
    retry: 0,
    retryTagFilter: '',
    strict: true,
    worldParameters: {},
  };
  const formats = { stdout: 'message', files: {}, publish: false as const, options: {} };
  let defect: unknown;
  const onMessage = (envelope: Envelope): void => {
    try {
      options.onMessage(envelope);
    } catch (error) {
      // Thrown into Cucumber it would end the run as if all had been said.
      defect ??= error;
    }
  };
  await runCucumber({ sources, support, runtime, formats }, { cwd: ROOT, stdout: messages }, onMessage);
  await new Promise((resolve) => messages.end(resolve));
  if (defect !== undefined) throw defect;
}

/** Steps are defined once in a process: a second definition of the same steps would leave every one undefined. */
async function loadSteps(): Promise<ISupportCodeLibrary> {
  support ??= await loadSupport(
    {
      sources: { defaultDialect: 'en', paths: FEATURES, names: [], tagExpression: '', order: 'defined' },
      support: { requirePaths: STEPS },
    },
    { cwd: ROOT },
  );
  return support;
}
