import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { MUTANTS } from '../mutants/catalogue';
import { readCatalogue } from '../src/clauses/catalogue';
import { openDatabase } from '../src/database/open';
import { explain } from '../src/fault/explain';
import { endOnSignals } from '../src/guardian/orderly';
import { ROOT } from '../src/project';
import { planCases } from './cases';
import { score } from './score';
import { tryMutants } from './trials';

interface Options {
  readonly only?: readonly string[];
}

async function main({ only }: Options): Promise<void> {
  endOnSignals(print);
  const began = performance.now();
  const folder = join(ROOT, 'reports', 'mutants');
  mkdirSync(folder, { recursive: true });
  const cases = await planCases(readCatalogue(ROOT).clauses);
  const mutants = only === undefined ? MUTANTS : MUTANTS.filter(({ name }) => only.includes(name));
  const database = await openDatabase({
    url: process.env.GREENSPEC_MYSQL || undefined,
    image: process.env.GREENSPEC_MYSQL_IMAGE || undefined,
  });
  try {
    const trials = await tryMutants({ cases, database: database.address, folder, tell: print }, mutants);
    const { survivors, idleCases, idleClaims } = score(cases, trials);
    print(`${trials.length} mutants, ${survivors.length} survive`);
    for (const one of idleCases) print(`idle scenario: ${one.clause} ${one.name}`);
    for (const one of idleClaims)
      print(`idle claim: ${one.clause} ${one.place} ${one.sentence}${one.fails ? ' (fails beside others)' : ''}`);
    print(`${((performance.now() - began) / 1000).toFixed(1)} s`);
  } finally {
    await database.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const command = new Command('mutants').option('--only <names...>', 'these mutants alone').action((options: Options) =>
  main(options).then(
    () => process.exit(),
    (error: unknown) => {
      process.stderr.write(`${explain(error)}\n`);
      process.exit(1);
    },
  ),
);
void command.parseAsync();
