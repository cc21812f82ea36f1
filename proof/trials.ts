import { join } from 'node:path';
import { MUTANTS } from '../mutants/catalogue';
import { type Mutant, violationsOf } from '../mutants/mutant';
import { compose } from '../src/program/compose';
import { NO_FACTS } from '../src/program/plan';
import { ROOT } from '../src/project';
import type { DatabaseAddress } from '../src/protocol/messages';
import type { AdapterCommand } from '../src/runtime/command';
import type { Case } from './cases';
import { judgeCase } from './judged';
import { type CaseRun, DEADLINE, DEADLINE_OF_LIARS, keepRuns, runCases } from './records';
import { catches, type Trial } from './score';

/** Mutants that are tried at a time: what one waits for, another runs in. */
export const LANES = 4;

export interface Trials {
  readonly cases: readonly Case[];
  readonly database: DatabaseAddress;
  /** Where what was recorded is kept. */
  readonly folder: string;
  readonly tell: (line: string) => void;
}

/** Runs every case on every mutant. */
export async function tryMutants(trials: Trials, mutants: readonly Mutant[] = MUTANTS): Promise<Trial[]> {
  const done = new Map<Mutant, Trial>();
  const waiting = longestFirst(mutants);
  const lane = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift())
      done.set(mutant, await tryMutant(trials, mutant));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return mutants.flatMap((mutant) => done.get(mutant) ?? []);
}

/** Those that any program may reach take longest: begun last, one of them would run on alone. */
function longestFirst(mutants: readonly Mutant[]): Mutant[] {
  const long = mutants.filter(({ reachedBy }) => reachedBy === undefined);
  return [...long, ...mutants.filter((mutant) => !long.includes(mutant))];
}

async function tryMutant({ cases, database, folder, tell }: Trials, mutant: Mutant): Promise<Trial> {
  const began = performance.now();
  const deadline = 'lie' in mutant ? DEADLINE_OF_LIARS : DEADLINE;
  // What has to catch it comes first, before it is given up.
  const first = ({ clause }: Case): boolean => violationsOf(mutant).some((violation) => violation.clause === clause);
  const reaches = (one: Case): boolean => reachesDefect(mutant, one);
  const runs = await runCases(commandOf(mutant), database, cases, { reaches, deadline, first });
  keepRuns(folder, mutant.name, runs);
  const trial = judged(mutant, cases, runs);
  const found = catches(trial);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  tell(
    `${found.length > 0 ? '✓' : '✗'} ${mutant.name.padEnd(44)} ${seconds.padStart(5)} s  ${found[0]?.why ?? 'NOT CAUGHT'}`,
  );
  return trial;
}

/** The trial of a mutant whose runs are known. */
export function judged(mutant: Mutant, cases: readonly Case[], runs: readonly CaseRun[]): Trial {
  const ran = cases.filter((_, i) => runs[i]?.kind === 'ran');
  return {
    mutant,
    cases: cases.map((one, i) => judgeCase(one, runs[i] ?? UNKNOWN)),
    declaredWait: ran.reduce((sum, { cast }) => sum + compose(cast, NO_FACTS).declaredWait, 0),
  };
}

const UNKNOWN: CaseRun = { kind: 'faulted', fault: { party: 'user', what: 'this scenario was not recorded' } };

/** By its program, with all that a run may add to it. */
function reachesDefect({ reachedBy }: Mutant, { cast }: Case): boolean {
  return reachedBy?.(compose({ ...cast, showsMode: true, readsKernel: true }, NO_FACTS)) ?? true;
}

/** Behind the harness in the queue for the processor: green threads that are always ready turn for as long as it is busy elsewhere. */
const NICE = ['-n', '10'];

function commandOf(mutant: Mutant): AdapterCommand {
  const { name } = mutant;
  const args =
    'python' in mutant
      ? [join(ROOT, '.venv', 'bin', 'python'), mutant.python]
      : [process.execPath, '--require', './bin/register.js', join('mutants', 'serve.ts'), name];
  return { name, command: 'nice', args: [...NICE, ...args], cwd: ROOT };
}
