import type { Step } from '../program/step';
import type { RunRecord } from '../trace/record';
import { type Answer, type Fact, UNKNOWN } from './fact';
import { codeRaised, joins, mark, once, onSeveralOsThreads, planOf, yields } from './words';

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
        pending: { steps: [mark('turn')] },
      }),
    answer: whatItDid,
  };
}

function whatItDid(record: RunRecord): Answer | undefined {
  const code = codeRaised(record, 'main', 'it');
  if (code !== undefined) return { answer: 'it raises', detail: code };
  if (onSeveralOsThreads(record)) return { answer: UNKNOWN, detail: 'they run on several OS threads, in no order' };
  const [it, turn, control] = ['it', 'turn', 'control'].map((label) => once(record, label));
  if (it?.end === undefined || turn === undefined || control?.end === undefined) return undefined;
  if (turn.start.n < it.start.n) return { answer: UNKNOWN, detail: 'the other ran before the call' };
  if (turn.start.n < it.end.n) return { answer: 'it lets others run' };
  return turn.start.n < control.end.n
    ? { answer: 'it lets nobody run' }
    : { answer: UNKNOWN, detail: 'the other did not run during a sleep of 0 either' };
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
  },
  plan: () =>
    planOf({
      main: {
        steps: [
          { do: 'spawn', thread: 'pending' },
          { do: 'call', label: 'it', depth: 1, via: 'callback', steps: [yields()] },
          yields('control'),
          ...joins('pending'),
        ],
      },
      pending: { steps: [mark('turn')] },
    }),
  answer(record) {
    const [it, turn, control] = ['it', 'turn', 'control'].map((label) => once(record, label));
    if (it?.end === undefined || turn === undefined || control?.end === undefined) return undefined;
    if (turn.start.n < it.end.n) return { answer: 'yes' };
    // On an OS thread of its own it may only be late.
    return turn.start.n < control.end.n && !onSeveralOsThreads(record) ? { answer: 'no' } : undefined;
  },
};
