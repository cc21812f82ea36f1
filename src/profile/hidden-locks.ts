import { type Act, MESSENGER } from '../program/plan';
import type { Step } from '../program/step';
import type { RunRecord } from '../trace/record';
import type { Answer, Fact } from './fact';
import { awaits, gate, gathers, mark, messenger, once, opens, planOf, sightOf } from './words';

/** One holds a lock while it waits for bytes; another asks for it, and a byte that is sent meanwhile shows whether others run. */
function planOfHeld(lock: 'early' | 'log', asks: Step): ReturnType<Fact['plan']> {
  const acts: Act[] = [
    gathers(MESSENGER.gate),
    gathers('inside'),
    gathers('go'),
    opens('go'),
    awaits('asks'),
    { act: 'watch', step: { label: 'asks' } },
    opens('inside'),
    opens(MESSENGER.gate),
  ];
  return planOf(
    {
      [MESSENGER.thread]: messenger,
      holder: { steps: [{ do: 'hold', label: 'held', lock, steps: [gate('inside')] }] },
      waiter: { steps: [gate('go'), asks] },
    },
    acts,
  );
}

function whatTheWaitIs(record: RunRecord): Answer | undefined {
  const outcome = sightOf(record)?.outcome;
  const [held, asks] = ['held', 'asks'].map((label) => once(record, label)?.end);
  if (outcome === 'blocked') return { answer: 'it stops everybody' };
  if (held === undefined || asks === undefined) return undefined;
  if (asks.n < held.n) return { answer: 'it waits for nobody' };
  return outcome === 'served' ? { answer: 'it lets others run' } : undefined;
}

const OBSERVED =
  'While it waits, a byte is sent to a third green thread: it is served, or the kernel shows it unread while the whole process sleeps.';

export const contendedLog: Fact = {
  id: 'contended-log',
  question: "What does a log line do while another green thread holds the logger's lock?",
  observed: `A green thread holds the lock of the logger while it waits for bytes; another writes a log line. ${OBSERVED}`,
  answers: {
    'it lets others run':
      'As eventlet, patched: a log line is a switch that nobody sees, between any two lines of code.',
    'it stops everybody': 'If the holder is a green thread of the same OS thread, for ever.',
    'it waits for nobody': 'Lines of several may be mixed up.',
  },
  plan: () => planOfHeld('log', { do: 'touch', label: 'asks', what: 'log' }),
  answer: whatTheWaitIs,
};

export const earlyLock: Fact = {
  id: 'early-lock',
  question: 'What does it do to wait for a lock that was made before anything was patched?',
  observed: `A green thread holds such a lock of the standard library's while it waits for bytes; another asks for it. ${OBSERVED}`,
  answers: {
    'it stops everybody': 'As eventlet: the holder can never let go. Patch before anything else is imported.',
    'it lets others run': 'Locks that are there are taken care of.',
    'it waits for nobody': 'It excludes nobody any more.',
  },
  plan: () => planOfHeld('early', { do: 'hold', label: 'asks', lock: 'early', steps: [mark('in')] }),
  answer: whatTheWaitIs,
};
