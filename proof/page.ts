import { type Mutant, violationsOf } from '../mutants/mutant';
import type { Findings, WitnessTrial } from './findings';
import type { JudgedCase } from './judged';
import { catches, mutantsOf, type Trial } from './score';

/** What the page is made of. */
export interface Proof {
  readonly findings: Findings;
  readonly trials: readonly Trial[];
  readonly witnesses: readonly WitnessTrial[];
  /** Scenarios whose green threads have nothing to show outside of the process, or nothing but gates. */
  readonly unchallenged: { readonly nothing: readonly string[]; readonly gates: readonly string[] };
}

/** docs/proof.md: the score, who catches what, and where the suite is weak. */
export function page(proof: Proof): string {
  const { findings, witnesses } = proof;
  const trials = best(proof.trials);
  return [
    '# What shows that the checks can fail',
    '',
    'This page is generated: `npm run mutants -- --write`.',
    '',
    INTRODUCTION,
    '',
    '## The score',
    '',
    ...scores(findings),
    '',
    ...missing(findings),
    '',
    '## Mutants',
    '',
    'Each is caught in a scenario of the clause that it violates, or of each of two, by the claim named here, in these words. *Scenarios* counts all that fail on it; where a dozen stood still or left green threads behind, or four went on until they were cut, the rest was left out.',
    '',
    ...table(
      ['mutant', 'what is broken', 'clause', 'claim', 'in these words', 'scenarios'],
      trials.filter(isMutant).map(mutantRow),
    ),
    '',
    '## Liars',
    '',
    'Adapters that report what they have not done. Nothing can be concluded from them: each ends inconclusive, as the fault of the adapter.',
    '',
    ...table(
      ['liar', 'what it does', 'in these words', 'scenarios'],
      trials.filter((trial) => !isMutant(trial)).map(liarRow),
    ),
    '',
    '## Broken witnesses',
    '',
    'The suite with one witness broken, on the reference: the first scenario that no longer passes.',
    '',
    ...table(['witness', 'what is broken', 'noticed by'], witnesses.map(witnessRow)),
    '',
    '## Which scenario catches which mutant',
    '',
    ...table(['clause', 'scenario', 'mutants'], scenarioRows(trials)),
    '',
    '## Controls',
    '',
    ...controls(findings),
    '',
    '## Where the suite is weak',
    '',
    WEAKNESS,
    '',
    ...proof.unchallenged.nothing.map((name) => `- ${name}`),
    '',
    'In these a gate is all that there is to show: a simulator that comes to the gates gets by.',
    '',
    ...proof.unchallenged.gates.map((name) => `- ${name}`),
    '',
    'Mutants that one scenario alone catches, so that a change of that scenario would let them go:',
    '',
    ...trials.flatMap((trial) => {
      const [only, ...others] = failing(trial);
      return only !== undefined && others.length === 0
        ? [`- ${trial.mutant.name}: ${only.of.clause}, ${only.of.name}`]
        : [];
    }),
    '',
  ].join('\n');
}

const INTRODUCTION = `A suite that is never seen red proves nothing. Here every scenario is run on runtimes that are broken on purpose, one defect each: \`mutants/\`, most of them over the
reference, some over real eventlet. A mutant counts as caught only in a scenario of the clause that it violates, by the claim that is to catch it, for the reason that is to be given: by
another clause, as inconclusive, by a crash or by a deadline it is not. The other way round, the suite is weakened by one claim at a time: of each \`Then\`, some mutant must fail its scenario for want of no other.`;

const WEAKNESS = `An adapter that simulates a runtime faithfully, instead of running it, cannot be told from a runtime where nothing that a program does has an effect outside of the process. In these scenarios it has
none but that the messenger comes to its gate, and that the kernel knows the OS thread which the events name. In all others the harness must find, besides, what it has given out at random: a gate's token, a row, a text, a
line of a log, a line in a pipe; or the kernel is asked what the OS thread does while the step goes on. Which hub is running is the adapter's word everywhere.`;

function scores({ counts }: Findings): string[] {
  return table(
    ['', ''],
    [
      ['mutants', String(counts.mutants)],
      ['liars', String(counts.liars)],
      ['broken witnesses', String(counts.witnesses)],
      ['scenarios, each of which fails on a mutant', String(counts.scenarios)],
      ['claims that some mutant would get away without', String(counts.needed)],
    ],
  );
}

function controls({ controls }: Findings): string[] {
  if (controls.length === 0)
    return ['Claims that no mutant fails alone in their scenario, and that stand there for a reason: there is none.'];
  const rows = controls.map(({ scenario, sentence, reason }) => [scenario, sentence, reason]);
  return [
    'Claims that no mutant fails alone in their scenario, and that stand there for a reason.',
    '',
    ...table(['scenario', 'claim', 'reason'], rows),
  ];
}

function missing({ gaps }: Findings): string[] {
  const all = [...gaps.survivors, ...gaps.idle];
  return all.length === 0 ? ['Nothing is missing.'] : ['Missing:', '', ...all.map((gap) => `- ${gap}`)];
}

/** One trial a mutant: the one in which it was caught, if there were several. */
function best(trials: readonly Trial[]): Trial[] {
  return mutantsOf(trials).flatMap((mutant) => {
    const own = trials.filter((trial) => trial.mutant === mutant);
    return own.find((trial) => catches(trial).length > 0) ?? own[0] ?? [];
  });
}

function isMutant({ mutant }: Trial): boolean {
  return !('lie' in mutant);
}

function failing({ cases }: Trial): JudgedCase[] {
  return cases.filter(({ verdict }) => verdict === 'fail');
}

function mutantRow(trial: Trial): string[] {
  const { mutant } = trial;
  const violations = violationsOf(mutant);
  const clauses = violations.map(({ clause }) => clause).join('; ');
  const claims = violations.map(({ claim }) => claim).join('; ');
  return [mutant.name, mutant.defect, clauses, claims, words(trial), String(failing(trial).length)];
}

function liarRow(trial: Trial): string[] {
  const found = catches(trial);
  return [trial.mutant.name, trial.mutant.defect, found[0]?.why ?? NOT_CAUGHT, String(found.length)];
}

const NOT_CAUGHT = '**not caught**';

/** What is told of each clause that it violates: of one scenario. */
function words(trial: Trial): string {
  const told = new Map(catches(trial).map(({ of, why }) => [of.clause, why]));
  return told.size === 0 ? NOT_CAUGHT : [...told.values()].join('; ');
}

function witnessRow({ name, defect, noticedBy }: WitnessTrial): string[] {
  return [name, defect, noticedBy === undefined ? '**nobody**' : `${noticedBy.of.clause}: ${noticedBy.of.name}`];
}

function scenarioRows(trials: readonly Trial[]): string[][] {
  const caught = new Map<JudgedCase['of'], Mutant[]>();
  for (const trial of trials)
    for (const { of, verdict } of trial.cases) {
      const mutants = caught.get(of) ?? [];
      if (verdict === 'fail') mutants.push(trial.mutant);
      caught.set(of, mutants);
    }
  return [...caught].map(([{ clause, name }, mutants]) => [
    clause,
    name,
    `${mutants.length}: ${mutants.map((mutant) => mutant.name).join(', ')}`,
  ]);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}

/** Markdown takes a bar for the end of a cell, and what is in angle brackets for a tag. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
