import type { GreenThread } from '../program/program';
import type { Step } from '../program/step';
import { othersBetween, type Span } from '../trace/questions';
import type { RunRecord } from '../trace/record';
import { type Answer, type Fact, UNKNOWN } from './fact';
import { codeRaised, joins, mark, once, onSeveralOsThreads, planOf, yields } from './words';

/** Begins inside of its spawn in some runtimes, and has turns left all the same. */
const pending: GreenThread = { steps: [{ do: 'repeat', times: 3, steps: [mark('turn'), yields()] }] };

const OBSERVED =
  'A green thread starts another and makes that call; then it sleeps for 0, in which the other is shown to be ready to run. Whether the other ran before, and whether the call raised, tells.';

/** What a call of a sleep that is out of the ordinary does to one that is ready. */
function sleepFact(facts: Pick<Fact, 'id' | 'question' | 'answers'>, call: Step): Fact {
  return {
    ...facts,
    observed: OBSERVED,
    plan: () =>
      planOf({
        main: {
          steps: [
            { do: 'spawn', thread: 'pending' },
            { do: 'attempt', steps: [call] },
            yields('control'),
            ...joins('pending'),
          ],
        },
        pending,
      }),
    answer: whatItDid,
  };
}

function whatItDid(record: RunRecord): Answer | undefined {
  const code = codeRaised(record, 'main', 'it');
  if (code !== undefined) return { answer: 'it raises', detail: code };
  if (onSeveralOsThreads(record)) return { answer: UNKNOWN, detail: 'they run on several OS threads, in no order' };
  switch (turnsIn(record)) {
    case 'it':
      return { answer: 'it lets others run' };
    case 'control':
      return { answer: 'it lets nobody run' };
    case 'neither':
      return { answer: UNKNOWN, detail: 'the other did not run during a sleep of 0 either' };
    case undefined:
      return undefined;
  }
}

/** In which step of main's the other had a turn first. */
function turnsIn(record: RunRecord): 'it' | 'control' | 'neither' | undefined {
  const [it, control] = ['it', 'control'].map((label) => once(record, label));
  if (it?.end === undefined || control?.end === undefined) return undefined;
  const ran = (step: Span): boolean => othersBetween(record, step).some(({ label }) => label === 'turn');
  return ran(it) ? 'it' : ran(control) ? 'control' : 'neither';
}

export const negativeSleep: Fact = sleepFact(
  {
    id: 'negative-sleep',
    question: 'What does a sleep of less than 0 do?',
    answers: {
      'it lets nobody run':
        'As eventlet: it is due before all who are ready, and comes back ahead of them. A computed delay that turns negative takes the place of no sleep(0).',
      'it lets others run': 'It is a sleep of 0.',
      'it raises': 'A computed delay that turns negative ends the caller: the detail has the error.',
    },
  },
  { do: 'sleep', label: 'it', through: 'library', seconds: -1 },
);

export const sleepWithoutArgument: Fact = sleepFact(
  {
    id: 'standard-sleep-without-argument',
    question: "What does the standard library's sleep do when it is given no argument?",
    answers: {
      'it lets others run':
        "As where eventlet has patched it: the library's sleep stands there, whose argument is 0 if none is given.",
      'it lets nobody run': 'It comes back at once.',
      'it raises': 'Code that leaves the argument out works only where it is patched: the detail has the error.',
    },
  },
  { do: 'sleep', label: 'it', through: 'standard' },
);

export const switchInCallback: Fact = {
  id: 'switch-in-callback',
  question: "Can a switch happen inside a library's callback?",
  observed:
    "A green thread starts another, and yields from inside a callback of a library's (the key of a sort). Whether the other runs before the sort is over tells. Where only coloured functions (async) can switch, the adapter does not declare it.",
  answers: {
    yes: 'As eventlet: any plain call may switch, however deep; nothing in the source shows where.',
    no: 'What yields inside a callback gives nobody a turn.',
    'no: it raises': 'Code that yields there, however deep, fails: the detail has the error.',
  },
  plan: () =>
    planOf({
      main: {
        steps: [
          { do: 'spawn', thread: 'pending' },
          { do: 'attempt', steps: [{ do: 'call', label: 'it', depth: 1, via: 'callback', steps: [yields()] }] },
          yields('control'),
          ...joins('pending'),
        ],
      },
      pending,
    }),
  answer(record) {
    const code = codeRaised(record, 'main', 'it');
    if (code !== undefined) return { answer: 'no: it raises', detail: code };
    const ran = turnsIn(record);
    if (ran === 'it') return { answer: 'yes' };
    // On an OS thread of its own it may only be late.
    return ran === 'control' && !onSeveralOsThreads(record) ? { answer: 'no' } : undefined;
  },
};
