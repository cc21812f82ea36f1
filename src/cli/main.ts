import { Command } from 'commander';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { endOnSignals } from '../guardian/orderly';
import { suiteVersion } from '../project';
import { conformance, type RunOptions, run } from './run';

/** Exit codes, as documented in docs/results.md. */
export const EXIT = { conforms: 0, differs: 1, usage: 2, inconclusive: 3 } as const;

/** The command line: one command, one file. */
export function main(argv: readonly string[]): void {
  const program = new Command('greenspec')
    .description('tests concurrency runtimes against the OpenStack threading model document')
    .version(suiteVersion())
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.usage));
  endOnSignals((line) => process.stderr.write(`${line}\n`));
  withRunOptions(program.command('run'))
    .description('test one runtime: a shipped one, or your own by the command that starts its adapter')
    .usage('<runtime> [options] [-- command...]')
    .argument('<runtime>', 'reference, eventlet; or a name for your own')
    .argument('[command...]', 'what starts the adapter of your own: greenspec run mine -- python my_adapter.py')
    .action((name: string, command: string[], options: RunOptions) => end(run(name, command, options)));
  withRunOptions(program.command('conformance'))
    .description('test the reference and every shipped runtime that is there')
    .action((options: RunOptions) => end(conformance(options)));
  program.parse([...argv]);
}

function withRunOptions(command: Command): Command {
  return command
    .option('--mysql <url>', 'a server to use: mysql://user:password@host:port/database', process.env.GREENSPEC_MYSQL)
    .option('--mysql-image <image>', 'a container image to start one from', process.env.GREENSPEC_MYSQL_IMAGE)
    .option('--tags <expression>', 'only scenarios with these tags: "@TM-2 and not @should"', '')
    .option('--reports <folder>', 'where results are written', 'reports')
    .option('--verbose', 'list every scenario, and say what is tried', false);
}

function end(work: Promise<number>): void {
  work.then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Fault ? explain(error) : stackOf(error)}\n`);
      process.exit(error instanceof Fault && error.facts.party === 'user' ? EXIT.usage : EXIT.inconclusive);
    },
  );
}

/** An error that nobody foresaw is a defect of greenspec: its stack is what a report of it needs. */
function stackOf(error: unknown): string {
  return `a defect of greenspec: ${error instanceof Error ? error.stack : String(error)}`;
}
