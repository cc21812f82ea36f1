import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { checkAdapter } from '../check/check-adapter';
import { withLab } from '../check/open-lab';
import { CheckReport } from '../check/report';
import type { DatabaseChoice } from '../database/database';
import { openDatabase } from '../database/open';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import type { DatabaseAddress } from '../protocol/messages';
import type { AdapterCommand } from '../runtime/command';
import { MySqlWitness } from '../witness/mysql';
import { configuration } from './configuration';
import { findTarget, hasTarget } from './targets';

export interface CheckOptions {
  readonly config?: string;
  /** False: no server is looked for, and what takes one is left out. */
  readonly mysql?: string | false;
  readonly mysqlImage?: string;
  /** A part of the sentence of each check that is wanted. */
  readonly only?: string;
  /** Seconds. */
  readonly deadline?: number;
  readonly verbose: boolean;
}

/** `greenspec check RUNTIME` or `greenspec check -- COMMAND…`: whether an adapter is sound. */
export async function check(words: readonly string[], options: CheckOptions): Promise<number> {
  const command = await commandOf(words, options);
  const report = new CheckReport(print, process.stdout.isTTY);
  const closing: (() => Promise<void>)[] = [];
  const openServer = async (): Promise<{ address: DatabaseAddress; witness: MySqlWitness } | Fault> => {
    try {
      const database = await openDatabase(choice(options));
      closing.push(() => database.close());
      const witness = await MySqlWitness.open(database.address);
      closing.unshift(() => witness.close());
      return { address: database.address, witness };
    } catch (error) {
      if (!(error instanceof Fault) || error.facts.party === 'user') throw error;
      print(explain(error));
      return error;
    }
  };
  try {
    await withLab(
      command,
      (lab) =>
        checkAdapter(lab, report, options.mysql === false ? undefined : openServer, ({ says }) =>
          says.includes(options.only ?? ''),
        ),
      {
        patience: options.deadline && options.deadline * 1000,
        procfs: process.env.GREENSPEC_PROCFS,
      },
    );
  } finally {
    for (const close of closing) await close();
  }
  return report.end(command.name);
}

/** One word is a runtime's name, where there is such a runtime; else it is a command. */
async function commandOf([first = '', ...args]: readonly string[], { config }: CheckOptions): Promise<AdapterCommand> {
  const own: AdapterCommand = { name: nameOf(first, args), command: first, args, cwd: process.cwd() };
  if (args.length > 0) return own;
  const loaded = await configuration(config);
  return isProgram(first) && !hasTarget(first, loaded) ? own : findTarget(first, loaded).command;
}

/** A name to speak of it by: the last word that is a file's, without its folder. */
function nameOf(command: string, args: readonly string[]): string {
  return basename([command, ...args].findLast((word) => !word.startsWith('-')) ?? command);
}

function isProgram(word: string): boolean {
  const places = word.includes('/')
    ? [word]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, word));
  return places.some((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function choice({ mysql, mysqlImage, verbose }: CheckOptions): DatabaseChoice {
  const log = verbose ? (line: string): void => void process.stderr.write(`${line}\n`) : undefined;
  return {
    url: mysql || process.env.GREENSPEC_MYSQL || undefined,
    image: mysqlImage ?? (process.env.GREENSPEC_MYSQL_IMAGE || undefined),
    log,
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
