import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../fault/fault';
import type { Value } from '../program/names';
import { needsOf } from '../program/needs';
import { type Act, NO_FACTS, type Plan, type PlanFacts } from '../program/plan';
import type { GreenThread, Program } from '../program/program';
import type { Step } from '../program/step';
import { doubts } from '../trace/doubts';
import { brokenPromises } from '../trace/promises';
import { events } from '../trace/questions';
import type { RunRecord } from '../trace/record';
import type { Check } from './check';
import { Complaint, type ComplaintFacts, complaintOf } from './complaint';
import type { Section } from './sections';
import { shortened } from './transcript';

/** What a labelled step must come to. ANY is for values that nobody knows beforehand. */
export type Outcome =
  | { readonly label: string; readonly gives: Value | typeof ANY }
  | { readonly label: string; readonly raises: string | typeof ANY };

export const ANY = Symbol('any');

export function gives(label: string, value: Value | typeof ANY = null): Outcome {
  return { label, gives: value };
}

export function raises(label: string, code: string | typeof ANY = ANY): Outcome {
  return { label, raises: code };
}

type Outcomes = Readonly<Record<string, readonly Outcome[]>>;

/** A check that is a program, what greenspec does meanwhile, and what must come of it. */
export interface ProgramCheck {
  readonly says: string;
  readonly section?: Section;
  readonly advice: string;
  readonly main: readonly Step[] | ((facts: PlanFacts) => readonly Step[]);
  readonly threads?: Readonly<Record<string, GreenThread>>;
  readonly variables?: Readonly<Record<string, Value>>;
  readonly acts?: readonly Act[];
  readonly hold?: 'advisory';
  /** Of each green thread, what its labelled steps come to, in the order of their ends. */
  readonly outcomes: Outcomes;
  /** What a sound adapter shows where its runtime cannot do better, and what is to be said then: runtimes are judged elsewhere. */
  readonly instead?: { readonly outcomes: Outcomes; readonly note: string };
  /** What else must be so; gives what is not. */
  readonly also?: (record: RunRecord) => ComplaintFacts | undefined;
}

export function programCheck(check: ProgramCheck): Check {
  return {
    says: check.says,
    section: check.section ?? 'program',
    needs: needsOf({ program: planOf(check, NO_FACTS).program }),
    advice: check.advice,
    async make(lab) {
      const record = await lab.run((facts) => planOf(check, facts));
      return judge(check, record);
    },
  };
}

function planOf({ main, threads, variables, acts = [], hold }: ProgramCheck, facts: PlanFacts): Plan {
  const steps = typeof main === 'function' ? main(facts) : main;
  const program: Program = {
    threads: { ...threads, main: { steps: [...steps] } },
    ...(variables === undefined ? {} : { variables }),
  };
  return { program, acts, declaredWait: 0, ...(hold === undefined ? {} : { hold }) };
}

/** How the run ended comes last: what was said before it tells more. */
function judge(check: ProgramCheck, record: RunRecord): string | undefined {
  const { end } = record;
  if (end.kind === 'cut') throw complaintOf(new Fault(end.fault));
  const stuck = end.kind === 'stuck';
  const { instead } = check;
  const wrong = wrongOutcome(check.outcomes, record, stuck);
  const excused =
    wrong !== undefined && instead !== undefined && wrongOutcome(instead.outcomes, record, stuck) === undefined;
  if (wrong !== undefined && !excused) throw new Complaint(wrong);
  if (end.kind === 'stuck') {
    const at = end.at.map(({ thread, label }) => `the step “${label}” of ${thread}`).join(' and ');
    const came = 'the whole process sleeps, and greenspec owes it nothing';
    throw new Complaint({ what: `is stuck at ${at}`, expected: 'the end of the program', came });
  }
  const [doubt] = doubts(record);
  if (doubt !== undefined) throw new Complaint({ what: doubt, section: 'event' });
  const [broken] = brokenPromises(record);
  if (broken !== undefined) throw new Complaint({ what: broken.why });
  const more = check.also?.(record);
  if (more !== undefined) throw new Complaint(more);
  if (end.unfinished > 0)
    throw new Complaint({
      what: `says that ${end.unfinished} green threads have not ended`,
      expected: '"unfinished":0',
      advice: 'count a green thread as ended before whoever joins it goes on',
      section: 'run',
    });
  return excused ? instead?.note : undefined;
}

/** The first green thread whose steps came to something else. In a run that is stuck, only what came can be wrong. */
function wrongOutcome(outcomes: Outcomes, record: RunRecord, stuck: boolean): ComplaintFacts | undefined {
  const strangers = events(record).filter(({ thread }) => outcomes[thread] === undefined);
  const [stranger] = strangers;
  if (stranger !== undefined) {
    const expected = Object.keys(outcomes).join(', ');
    const advice = 'name instances NAME#1, NAME#2, … in the order of spawning, and the first one main';
    return {
      what: 'reported a green thread that there is not',
      expected,
      came: stranger.thread,
      advice,
      section: 'event',
    };
  }
  for (const [thread, expected] of Object.entries(outcomes)) {
    const came = events(record).filter(
      (event) => event.thread === thread && (event.phase === 'finished' || event.phase === 'raised'),
    );
    for (const [i, outcome] of expected.entries()) {
      const event = came[i];
      if (event === undefined && stuck) break;
      const seen: Seen | undefined = event && {
        label: event.label,
        phase: event.phase,
        value: event.value,
        code: event.error?.code,
      };
      if (!fits(outcome, seen))
        return { what: `did something else in ${thread}`, expected: expectedOf(outcome), came: cameOf(seen) };
    }
    const extra = came[expected.length];
    if (extra !== undefined) {
      const { label, phase, value, error } = extra;
      const seen = cameOf({ label, phase, value, code: error?.code });
      return { what: `did something more in ${thread}`, expected: 'nothing more', came: seen };
    }
  }
  return undefined;
}

interface Seen {
  readonly label: string;
  readonly phase: string;
  readonly value?: Value | undefined;
  readonly code?: string | undefined;
}

function fits(outcome: Outcome, seen: Seen | undefined): boolean {
  if (seen === undefined || seen.label !== outcome.label) return false;
  if ('raises' in outcome) return seen.phase === 'raised' && (outcome.raises === ANY || seen.code === outcome.raises);
  return seen.phase === 'finished' && (outcome.gives === ANY || isDeepStrictEqual(seen.value ?? null, outcome.gives));
}

function expectedOf(outcome: Outcome): string {
  if ('raises' in outcome)
    return `“${outcome.label}” raised${outcome.raises === ANY ? '' : `, with code ${JSON.stringify(outcome.raises)}`}`;
  return `“${outcome.label}” finished${outcome.gives === ANY ? '' : ` with ${shortened(JSON.stringify(outcome.gives))}`}`;
}

function cameOf(seen: Seen | undefined): string {
  if (seen === undefined) return 'nothing more';
  if (seen.phase === 'raised') return `“${seen.label}” raised, with code ${JSON.stringify(seen.code)}`;
  return `“${seen.label}” finished with ${shortened(JSON.stringify(seen.value ?? null))}`;
}
