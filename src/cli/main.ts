import { Command, InvalidArgumentError } from 'commander';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { endAll, endOnSignals } from '../guardian/orderly';
import { suiteVersion } from '../project';
import type { CheckOptions } from './check';
import type { ClausesOptions } from './clauses';
import type { ReportOptions } from './report';
import type { RunOptions } from './run-options';

/** Exit codes, as documented in docs/results.md. */
export const EXIT = { conforms: 0, differs: 1, usage: 2, inconclusive: 3 } as const;

/** Whether a signal has asked to end: then whoever ends what was started exits, too. */
let signalled = false;

/** The command line: one command, one file, loaded when it is asked for. */
export function main(argv: readonly string[]): void {
  const program = new Command('greenspec')
    .description('tests concurrency runtimes against the OpenStack threading model document')
    .version(suiteVersion())
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.usage));
  endOnSignals((line) => {
    signalled = true;
    process.stderr.write(`${line}\n`);
  });
  // Node's own way out would be 1, which says that the runtime does not conform.
  process.on('uncaughtException', (error) => end(endAll().then(() => Promise.reject(error))));
  // Whoever reads along may leave: the results are written all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  withRunOptions(program.command('run'))
    .description('test one runtime: a shipped one, or your own by the command that starts its adapter')
    .usage('<runtime> [options] [-- command...]')
    .argument('<runtime>', 'a shipped one, one of your configuration, or a name for your own')
    .argument('[command...]', 'what starts the adapter of your own: greenspec run mine -- python my_adapter.py')
    .option('--expectations <file>', 'what is known to differ, each with its reason; a shipped runtime has its own')
    .option('--update-expectations', 'make that file fit what comes; the reasons of new entries are yours to write')
    .action((name: string, command: string[], options: RunOptions) =>
      end(import('./run').then(({ run }) => run(name, command, options))),
    );
  withRunOptions(program.command('conformance'))
    .description(
      'test all runtimes of your configuration; or else the reference and every shipped runtime that is there',
    )
    .action((options: RunOptions) => end(import('./run').then(({ conformance }) => conformance(options))));
  program
    .command('clauses')
    .description('list the clauses of the document, and whether scenarios and document cover each other')
    .argument('[results...]', 'result files, whose verdicts are listed too')
    .option('--document <file>', 'a copy of the page, to hold the catalogue against')
    .option('--update-golden', 'take the scenarios as they are into spec/scenarios.txt', false)
    .action((results: string[], options: ClausesOptions) =>
      end(import('./clauses').then(({ clauses }) => clauses(results, options))),
    );
  program
    .command('check')
    .description('check an adapter, apart from its runtime: whether it does what docs/protocol.md says')
    .usage('<runtime> | -- <command...>')
    .argument('<command...>', 'a shipped runtime or one of your configuration; or what starts your adapter')
    .option('--config <file>', 'the configuration that names runtimes')
    .option('--mysql <url>', 'a server for what queries: mysql://user:password@host:port/database')
    .option('--no-mysql', 'leave out what takes a server')
    .option('--mysql-image <image>', 'a container image to start one from')
    .option('--only <text>', 'only the checks whose sentence holds this text')
    .option('--deadline <seconds>', 'how long an adapter of which nothing can be shown may be silent (30)', seconds)
    .option('--verbose', 'say what is tried to get a server', false)
    .action((command: string[], options: CheckOptions) =>
      end(import('./check').then(({ check }) => check(command, options))),
    );
  program
    .command('report')
    .description('make a site of result files: reports/index.html')
    .argument('[results...]', 'result files, or folders of them; those of the last runs where none are named')
    .option('--document <file>', 'a copy of the page, whose sentences are shown with their clauses')
    .option('--out <folder>', 'where it is written', 'reports')
    .action((results: string[], options: ReportOptions) =>
      end(import('./report').then(({ report }) => report(results, options))),
    );
  program.parse([...argv]);
}

function withRunOptions(command: Command): Command {
  return command
    .option(
      '--config <file>',
      'the configuration; or else greenspec.config.json, .ts or .js of this folder or one above',
    )
    .option('--no-expectations', 'judge by the document alone')
    .option('--mysql <url>', 'a server to use: mysql://user:password@host:port/database')
    .option('--mysql-image <image>', 'a container image to start one from')
    .option('--tags <expression>', 'only scenarios with these tags: "@TM-2 and not @should"', '')
    .option(
      '--scenario <file:line>',
      'only what stands there, as a report names it; may be given more than once',
      collect,
    )
    .option('--reports <folder>', 'where results are written (reports)')
    .option('--deadline <seconds>', 'how long one program may take before it is given up (30)', seconds)
    .option('--parallel <count>', 'run so many scenarios at a time, each with processes of its own', workers)
    .option('--no-report', 'write the result alone, and no pages')
    .option('--verbose', 'list every scenario, and say what is tried', false);
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function workers(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64) throw new InvalidArgumentError('A number from 1 to 64.');
  return value;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('A number of seconds, at most 3600.');
  return value;
}

function end(work: Promise<number>): void {
  work.then(
    (code) => {
      if (!signalled) process.exit(code);
    },
    (error: unknown) => {
      if (signalled) return;
      process.stderr.write(`${error instanceof Fault ? explain(error) : stackOf(error)}\n`);
      process.exit(error instanceof Fault && error.facts.party === 'user' ? EXIT.usage : EXIT.inconclusive);
    },
  );
}

/** An error that nobody foresaw is a defect of greenspec: its stack is what a report of it needs. */
function stackOf(error: unknown): string {
  return `a defect of greenspec: ${error instanceof Error ? error.stack : String(error)}`;
}
