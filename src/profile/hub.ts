import { MESSENGER } from '../program/plan';
import type { Step } from '../program/step';
import { valueGiven } from '../trace/questions';
import { type Answer, type Fact, UNKNOWN } from './fact';
import { awaits, gate, gathers, messenger, once, opens, planOf, sightOf, yields } from './words';

/** How many yields bytes may have to wait for, before it is given up. */
const MANY = 5000;

const lookForBytes: Step[] = [
  { do: 'get', variable: 'served', into: 'served' },
  {
    do: 'when',
    local: 'served',
    is: true,
    steps: [
      { do: 'get', label: 'yields', variable: 'yields' },
      { do: 'return', value: null },
    ],
  },
  { do: 'get', variable: 'yields', into: 'yields' },
  { do: 'set', variable: 'yields', from: 'yields', plus: 1 },
  yields(),
];

export const yieldsBeforeBytes: Fact = {
  id: 'yields-before-bytes',
  question: 'How many yields pass before ready bytes are served?',
  observed:
    'One green thread waits for bytes; another computes until the kernel shows that they lie unread, and then counts how often it yields by a sleep of 0 until the first has them.',
  answers: {
    'a number':
      'eventlet polls I/O in each cycle of its hub: 1. With more, a loop that yields each time round still holds up sockets.',
    [`more than ${MANY}`]: 'As long as anybody yields in a loop, no socket is served: sleep for longer than 0 there.',
    'none: it is served meanwhile': 'Who computes holds up nobody who waits for bytes.',
  },
  plan: () =>
    planOf(
      {
        [MESSENGER.thread]: { steps: [...messenger.steps, { do: 'set', variable: 'served', value: true }] },
        worker: {
          steps: [
            gate('go'),
            // From here on it is a timer that wakes it, as in any loop that yields.
            yields(),
            { do: 'compute', label: 'work', until: 'sent' },
            { do: 'repeat', label: 'all', times: MANY, steps: lookForBytes },
          ],
        },
      },
      [
        gathers(MESSENGER.gate),
        gathers('go'),
        opens('go'),
        awaits('work'),
        { act: 'watch', step: { label: 'work' } },
        { act: 'raise', flag: 'sent' },
        opens(MESSENGER.gate),
      ],
      { variables: { served: false, yields: 0 } },
    ),
  answer: (record) =>
    yieldsCounted(
      sightOf(record)?.outcome,
      valueGiven(record, 'worker', 'yields'),
      once(record, 'all')?.end !== undefined,
    ),
};

function yieldsCounted(outcome: string | undefined, count: unknown, over: boolean): Answer | undefined {
  if (outcome === 'served') return { answer: 'none: it is served meanwhile' };
  if (outcome !== 'busy')
    return { answer: UNKNOWN, detail: 'the kernel did not show the bytes unread beside an OS thread that computes' };
  if (typeof count === 'number') return { answer: String(count) };
  return over ? { answer: `more than ${MANY}` } : undefined;
}

/** Seconds. */
const NAP = 0.001;
const LONG_OVERDUE = 0.01;

export const overdueTimer: Fact = {
  id: 'overdue-timer',
  question: 'Who goes first, a timer that is overdue or one who sleeps for 0?',
  observed: `One green thread sleeps for ${NAP} s; another computes until that is long past, and then sleeps for 0. The order in which the two sleeps end tells.`,
  answers: {
    'the timer': 'As eventlet: what is due longest goes first.',
    'the sleep of 0': 'Timers are looked at after those who are ready: a loop that yields delays them.',
    'the timer, meanwhile': 'Who computes holds up no timer.',
  },
  plan: () =>
    planOf(
      {
        sleeper: {
          steps: [
            { do: 'set', variable: 'asleep', value: true },
            { do: 'sleep', label: 'nap', through: 'library', seconds: NAP },
          ],
        },
        worker: {
          steps: [
            { do: 'until', variable: 'asleep', is: true, steps: [yields()] },
            { do: 'compute', label: 'work', until: 'overdue' },
            yields('yield'),
          ],
        },
      },
      [
        awaits('work'),
        { act: 'outlast', seconds: LONG_OVERDUE, step: { label: 'work' } },
        { act: 'raise', flag: 'overdue' },
      ],
      { variables: { asleep: false }, declaredWait: NAP },
    ),
  answer(record) {
    const [nap, work, yielded] = ['nap', 'work', 'yield'].map((label) => once(record, label)?.end?.n);
    if (nap === undefined || work === undefined || yielded === undefined) return undefined;
    if (nap < work) return { answer: 'the timer, meanwhile' };
    return { answer: nap < yielded ? 'the timer' : 'the sleep of 0' };
  },
};
