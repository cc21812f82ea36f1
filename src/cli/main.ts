import { Command, InvalidArgumentError } from 'commander';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { endAll, endOnSignals } from '../guardian/orderly';
import { suiteVersion } from '../project';
import type { CheckOptions } from './check';
import type { ClausesOptions } from './clauses';
import type { CompareOptions } from './compare';
import type { ExploreOptions } from './explore-options';
import type { InitOptions } from './init';
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
    .option('--jobs <count>', 'test so many runtimes at a time (3, where there are two processors)', workers)
    .action((options: RunOptions) => end(import('./run').then(({ conformance }) => conformance(options))));
  program
    .command('clauses')
    .description('list the clauses of the document, and whether scenarios and document cover each other')
    .argument('[results...]', 'result files, or folders of them, whose verdicts are listed too')
    .option('--document <file>', 'a copy of the page, to hold the catalogue against')
    .option('--update-golden', 'take the scenarios as they are into spec/scenarios.txt', false)
    .action((results: string[], options: ClausesOptions) =>
      end(import('./clauses').then(({ clauses }) => clauses(results, options))),
    );
  program
    .command('explore')
    .description('try every order of a small program of green threads, in any runtime, and replay one by its string')
    .usage('<scenario> [options] [-- command...]')
    .argument('[scenario]', "a scenario's name, a part of it, or its place FILE:LINE")
    .argument('[command...]', 'what starts the adapter of a runtime of your own, which --runtime names')
    .option('--runtime <name>', 'where: a shipped one, one of your configuration, or a name for your own', 'reference')
    .option('--program <file>', 'a program of your own instead of a scenario: src/program/explorable.schema.json')
    .option('--replay <schedule>', 'this schedule alone, such as ab2a, with what happens under it')
    .option('--bound <switches>', 'only orders with at most so many switches from one who could go on', count)
    .option('--limit <schedules>', 'try so many at most (1000000; through gates 10000)', count)
    .option('--seed <number>', 'draw schedules by lot instead: from the same seed, the same', count)
    .option('--no-reduce', 'also try orders that differ only in turns which have nothing in common')
    .option('--gates', 'lead the reference through gates, too, like any other runtime', false)
    .option('--json', 'print the result as it is written', false)
    .option('--mysql <url>', 'a server for what queries: mysql://user:password@host:port/database')
    .option('--mysql-image <image>', 'a container image to start one from')
    .option('--config <file>', 'the configuration, where a runtime of your own may be named')
    .option('--reports <folder>', 'where the result is written', 'reports')
    .option('--deadline <seconds>', 'how long one schedule may take before it is given up (30)', seconds)
    .action((scenario: string | undefined, command: string[], options: ExploreOptions) =>
      end(import('./explore').then(({ explore }) => explore(scenario, command, options))),
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
    .command('init')
    .description('make an adapter to start from, with a test and what to type next')
    .argument('<folder>', 'a new folder, or an empty one')
    .requiredOption('--language <language>', 'python, typescript, go, or other')
    .action((folder: string, options: InitOptions) => end(import('./init').then(({ init }) => init(folder, options))));
  program
    .command('report')
    .description('make a site of result files: reports/index.html')
    .argument('[results...]', 'result files, or folders of them; those of the last runs where none are named')
    .option('--document <file>', 'a copy of the page, whose sentences are shown with their clauses')
    .option('--out <folder>', 'where it is written', 'reports')
    .action((results: string[], options: ReportOptions) =>
      end(import('./report').then(({ report }) => report(results, options))),
    );
  program
    .command('compare')
    .description('what is different for code that moves from one runtime to another')
    .argument('<from>', 'a result file, or a runtime whose last result lies in the reports')
    .argument('<to>', 'another')
    .option('--reports <folder>', 'where the results of runtimes lie', 'reports')
    .option('--json', 'as data', false)
    .action((from: string, to: string, options: CompareOptions) =>
      end(import('./compare').then(({ compareRuntimes }) => compareRuntimes(from, to, options))),
    );
  program
    .command('merge')
    .description('make one result of several, each of a part of the suite on one runtime')
    .argument('<out>', 'the file that is written')
    .argument('<results...>', 'result files, or folders of them')
    .action((out: string, results: string[]) => end(import('./merge').then(({ merge }) => merge(out, results))));
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
    .option('--facts', 'take the profile, too, though only some scenarios are run: docs/profile.md')
    .option('--no-facts', 'judge the scenarios, and take no profile')
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

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 1e9) throw new InvalidArgumentError('A whole number.');
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
