import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import './match-indices';
import { type ISourcesCoordinates, type ISupportCodeLibrary, loadSupport, runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { Fault } from '../fault/fault';
import { CODE, ROOT } from '../project';
import { SessionFacts, type SessionSetting } from '../session/facts';
import { FEATURES } from './feature-files';

/** What the steps are defined in. */
export const STEPS: readonly string[] = ['world', 'session', 'hooks', 'words', 'programs', 'runs', 'claims'].map(
  (name) => join('steps', `${name}${CODE}`),
);

let support: Promise<ISupportCodeLibrary> | undefined;

/**
 * Runs the features in this process: each message is handed on, and all are written to a file where one is named, so that every tool
 * that reads Cucumber's messages works on them.
 */
export async function runFeatures(options: {
  features?: readonly string[] | undefined;
  tags: string;
  /** Only scenarios whose name one of these regular expressions matches; all, where there is none. */
  names?: readonly string[] | undefined;
  messages?: string | undefined;
  /** How many scenarios are run at a time, each by a worker with a session of its own; 1: here, one after the other. */
  parallel?: number | undefined;
  /** What a worker's session is opened with. */
  session: SessionSetting;
  onMessage: (envelope: Envelope) => void;
}): Promise<void> {
  const sources = sourcesOf(options.tags, options.features, options.names);
  const support = await loadSteps();
  const messages = options.messages === undefined ? nowhere() : createWriteStream(options.messages);
  // A disk that is full ends no scenario: it is told when all have been run.
  const written = finished(messages).catch(
    (cause: unknown) => new Fault({ party: 'environment', what: `${options.messages} cannot be written` }, { cause }),
  );
  const runtime = {
    dryRun: false,
    failFast: false,
    filterStacktraces: true,
    parallel: options.parallel === undefined || options.parallel < 2 ? 0 : options.parallel,
    retry: 0,
    retryTagFilter: '',
    strict: true,
    worldParameters: SessionFacts.write(options.session),
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
  messages.end();
  const fault = await written;
  if (defect !== undefined) throw defect;
  if (fault !== undefined) throw fault;
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

function sourcesOf(tags: string, features = FEATURES, names: readonly string[] = []): ISourcesCoordinates {
  return { defaultDialect: 'en', paths: [...features], names: [...names], tagExpression: tags, order: 'defined' };
}

/** Steps are defined once in a process: a second definition of the same steps would leave every one undefined. */
export function loadSteps(): Promise<ISupportCodeLibrary> {
  support ??= loadSupport(
    {
      sources: sourcesOf(''),
      // Workers load TypeScript as this process does.
      support: { requireModules: [join(ROOT, 'bin', 'register.js')], requirePaths: [...STEPS] },
    },
    { cwd: ROOT },
  );
  return support;
}
