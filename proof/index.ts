import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { MUTANTS } from '../mutants/catalogue';
import type { Mutant } from '../mutants/mutant';
import { readCatalogue } from '../src/clauses/catalogue';
import { openNamedDatabase } from '../src/database/open';
import { explain } from '../src/fault/explain';
import { Fault } from '../src/fault/fault';
import { endOnSignals } from '../src/guardian/orderly';
import { ROOT } from '../src/project';
import type { DatabaseAddress } from '../src/protocol/messages';
import { shippedRuntimes } from '../src/runtime/shipped';
import { worthAnotherTry } from './again';
import { BROKEN_WITNESSES, noticedBy } from './broken-witnesses';
import { type Case, planCases } from './cases';
import { CONTROLS } from './controls';
import { type Counts, fallen, findings, type WitnessTrial } from './findings';
import { type Proof, page } from './page';
import { keptRuns } from './records';
import { mutantsOf, type Trial } from './score';
import { judged, LANES, type Trials, tryMutants } from './trials';
import { unchallenged } from './unchallenged';

interface Options {
  readonly only?: readonly string[];
  readonly replay: boolean;
  readonly write: boolean;
}

const FOLDER = join(ROOT, 'reports', 'mutants');
/** What was recorded of those that were tried once more, try by try. */
const AGAIN = ['second-try', 'third-try'].map((name) => join(FOLDER, name));
const COUNTS = join(ROOT, 'proof', 'counts.json');
const PAGE = join(ROOT, 'docs', 'proof.md');

/** Tries the mutants, and says whether the suite is still proven. Gives the exit code. */
async function main({ only, replay, write }: Options): Promise<number> {
  endOnSignals(print);
  const cases = await planCases(readCatalogue(ROOT).clauses);
  const chosen = only === undefined ? MUTANTS : MUTANTS.filter(({ name }) => only.includes(name));
  const { trials, witnesses } = replay ? replayed(cases, chosen) : await tried(cases, chosen, only === undefined);
  if (trials.length === 0) throw nothingTried(replay);
  const found = findings(cases, trials, witnesses, CONTROLS);
  const whole = mutantsOf(trials).length === MUTANTS.length;
  if (whole && write) writeProof({ findings: found, trials, witnesses, unchallenged: unchallenged(cases) });
  // Of a part of the mutants it can be said that they are caught, and nothing of what the whole would show.
  const gaps = whole
    ? [...found.gaps.survivors, ...found.gaps.idle, ...lost(found.counts, replay)]
    : found.gaps.survivors;
  for (const line of gaps) print(line);
  const { counts } = found;
  print(
    `\n${counts.mutants} mutants, ${counts.liars} liars, ${counts.witnesses} broken witnesses; ${gaps.length} gaps`,
  );
  return gaps.length === 0 ? 0 : 1;
}

function nothingTried(replay: boolean): Fault {
  return replay
    ? new Fault({
        party: 'user',
        what: `nothing of these mutants is recorded in ${FOLDER}`,
        advice: 'run them without --replay',
      })
    : new Fault({ party: 'user', what: 'no mutant has such a name', expected: 'one of mutants/catalogue.ts' });
}

function writeProof(proof: Proof): void {
  writeFileSync(COUNTS, `${JSON.stringify(proof.findings.counts, null, 2)}\n`);
  writeFileSync(PAGE, page(proof));
}

/** What is less than was written down; what was recorded once holds no witnesses. */
function lost(counts: Counts, replay: boolean): string[] {
  const before = JSON.parse(readFileSync(COUNTS, 'utf8')) as Counts;
  return fallen(replay ? { ...before, witnesses: 0 } : before, counts);
}

interface Tried {
  readonly trials: readonly Trial[];
  readonly witnesses: readonly WitnessTrial[];
}

async function tried(cases: readonly Case[], mutants: readonly Mutant[], whole: boolean): Promise<Tried> {
  const database = await openNamedDatabase();
  const began = performance.now();
  for (const folder of AGAIN) rmSync(folder, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  try {
    const { address, server } = database;
    const asked = mutants.filter(({ asksWhoWaits }) => asksWhoWaits !== true || server.name === 'MySQL');
    for (const mutant of mutants)
      if (!asked.includes(mutant))
        print(`left out, since ${server.name} does not tell who waits for a row: ${mutant.name}`);
    const how = { cases, database: address, folder: FOLDER, tell: print };
    const [once, witnesses] = await Promise.all([tryMutants(how, asked), whole ? tryWitnesses(cases, address) : []]);
    const trials = whole ? await triedAgain(how, once) : once;
    const declared = trials.reduce((sum, { declaredWait }) => sum + declaredWait, 0);
    const seconds = (performance.now() - began) / 1000;
    print(`\n${seconds.toFixed(0)} s, with ${declared.toFixed(0)} s of declared waits, ${LANES} at a time`);
    return { trials, witnesses };
  } finally {
    await database.close();
  }
}

/** With those that were worth another try. */
async function triedAgain(how: Trials, once: readonly Trial[]): Promise<Trial[]> {
  const trials = [...once];
  for (const folder of AGAIN) {
    const again = worthAnotherTry(how.cases, trials);
    if (again.length === 0) break;
    print('once more, since something kept claims from being shown:');
    mkdirSync(folder, { recursive: true });
    trials.push(...(await tryMutants({ ...how, folder }, again)));
  }
  return trials;
}

/** Judges again what was recorded the last time, with the claims as they are now. */
function replayed(cases: readonly Case[], mutants: readonly Mutant[]): Tried {
  const trials = [FOLDER, ...AGAIN].flatMap((folder) =>
    mutants.flatMap((mutant) => {
      const runs = keptRuns(folder, mutant.name);
      return runs === undefined ? [] : [judged(mutant, cases, runs)];
    }),
  );
  return { trials, witnesses: [] };
}

async function tryWitnesses(cases: readonly Case[], database: DatabaseAddress): Promise<WitnessTrial[]> {
  const [reference] = shippedRuntimes();
  if (reference === undefined) return [];
  const trials: WitnessTrial[] = [];
  for (const broken of BROKEN_WITNESSES) {
    const found = await noticedBy(broken, reference.command, database, cases);
    trials.push({ ...broken, noticedBy: found });
    print(`${found === undefined ? '✗' : '✓'} ${broken.name.padEnd(44)} ${found?.of.name ?? 'NOT NOTICED'}`);
  }
  return trials;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const command = new Command('mutants')
  .description('shows of every claim that it can fail')
  .option('--only <names...>', 'these mutants alone')
  .option('--replay', 'run nothing: judge again what was recorded the last time', false)
  // What was recorded holds no broken witnesses.
  .addOption(new Option('--write', 'write docs/proof.md and proof/counts.json').default(false).conflicts('replay'))
  .action((options: Options) =>
    main(options).then(
      (code) => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`${explain(error)}\n`);
        process.exit(1);
      },
    ),
  );
void command.parseAsync();
