import { POOL } from '../../program/plan';
import type { Step } from '../../program/step';
import { entriesOf } from '../../trace/questions';
import { ANY, gives, type Outcome, type ProgramCheck, raises } from '../program-check';

const atDoor: Step = { do: 'wait', label: 'held', gate: 'door', through: 'green' };

/** Far more than a runtime needs to begin what is to be given up. */
const SOON = 0.02;
const NEVER = 60;

function workers(count: number): Record<string, Outcome[]> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`worker#${i + 1}`, [gives('held', ANY)]]));
}

function holding(lock: 'early' | 'log', advice: string): ProgramCheck {
  return {
    says: `hold of the ${lock} lock runs its steps, and lets go when they raise`,
    advice,
    main: [
      { do: 'attempt', label: 'tried', steps: [{ do: 'hold', lock, steps: [{ do: 'raise', error: 'boom' }] }] },
      { do: 'hold', label: 'again', lock, steps: [{ do: 'set', label: 'inside', variable: 'x', value: 1 }] },
    ],
    outcomes: { main: [gives('tried', 'boom'), gives('inside', 1), gives('again')] },
  };
}

/** The steps that profiles alone take: an adapter may lack each. */
export const PROFILES: readonly ProgramCheck[] = [
  {
    says: 'kill ends a green thread where it is, and join raises killed',
    advice:
      "use the runtime's own way to end one; let what that raises in it through every attempt, and make it the code killed at the join",
    main: [
      { do: 'spawn', thread: 'worker' },
      { do: 'wait', label: 'start', gate: 'start', through: 'green' },
      { do: 'kill', label: 'killed', thread: 'worker' },
      { do: 'attempt', label: 'tried', steps: [{ do: 'join', label: 'joined', thread: 'worker' }] },
    ],
    threads: {
      worker: {
        steps: [
          { do: 'attempt', steps: [atDoor] },
          { do: 'set', label: 'went-on', variable: 'x', value: 1 },
        ],
      },
    },
    acts: [
      { act: 'gather', gate: 'door', count: 1 },
      { act: 'open', gate: 'start' },
      { act: 'await', step: { thread: 'main', label: 'killed' }, phase: 'finished', count: 1 },
      { act: 'open', gate: 'door' },
    ],
    outcomes: {
      main: [gives('start', ANY), gives('killed'), raises('joined', 'killed'), gives('tried', 'killed')],
      'worker#1': [raises('held')],
    },
    instead: {
      outcomes: {
        main: [gives('start', ANY), gives('killed'), gives('joined'), gives('tried')],
        'worker#1': [gives('held', ANY), gives('went-on', 1)],
      },
      note: "its kill ends nobody: if your runtime's own does, call that",
    },
  },
  {
    says: 'timeout gives steps up when its time is over, and raises timed-out',
    advice:
      "use the runtime's own time-out; let what it raises through every attempt inside, and make it the code timed-out outside",
    main: [
      {
        do: 'attempt',
        label: 'tried',
        steps: [{ do: 'timeout', label: 'limit', seconds: SOON, steps: [{ do: 'attempt', steps: [atDoor] }] }],
      },
      { do: 'set', label: 'after', variable: 'x', value: 1 },
    ],
    outcomes: {
      main: [raises('held'), raises('limit', 'timed-out'), gives('tried', 'timed-out'), gives('after', 1)],
    },
  },
  {
    says: 'timeout raises nothing where its steps are over before',
    advice: 'call the time-out off on every way out of the steps, and let what they raise through as it is',
    main: [
      {
        do: 'timeout',
        label: 'limit',
        seconds: NEVER,
        steps: [{ do: 'set', label: 'inside', variable: 'x', value: 1 }],
      },
      {
        do: 'attempt',
        label: 'tried',
        steps: [{ do: 'timeout', seconds: NEVER, steps: [{ do: 'raise', error: 'boom' }] }],
      },
    ],
    outcomes: { main: [gives('inside', 1), gives('limit'), gives('tried', 'boom')] },
  },
  {
    says: 'spawn through the pool has as many at work at once as initialize said',
    advice: 'make a pool of tasks of that size in initialize; let others wait until a place is free',
    main: [
      {
        do: 'attempt',
        label: 'tried',
        steps: [{ do: 'spawn', label: 'spawned', thread: 'worker', through: 'pool', count: POOL + 1 }],
      },
      { do: 'join', label: 'joined', thread: 'worker' },
    ],
    threads: { worker: { steps: [atDoor] } },
    // One more than there are places: that nobody else can come is found by looking, or said by the one too many who does.
    acts: [
      { act: 'gather', gate: 'door', count: POOL + 1 },
      { act: 'open', gate: 'door' },
    ],
    outcomes: {
      main: [gives('spawned'), gives('tried'), gives('joined', Array(POOL + 1).fill(null))],
      ...workers(POOL + 1),
    },
    instead: {
      outcomes: {
        main: [raises('spawned'), gives('tried', ANY), gives('joined', Array(POOL).fill(null))],
        ...workers(POOL),
      },
      note: "its pool raises where it is full: if your runtime's own waits, let it",
    },
    also: (record) => {
      const opened = record.entries.findIndex(({ kind }) => kind === 'opened');
      const before = entriesOf(record, 'arrived').filter((entry) => record.entries.indexOf(entry) < opened);
      if (before.length === POOL) return undefined;
      return { what: 'has a pool of another size', expected: `${POOL} at work at once`, came: `${before.length}` };
    },
  },
  {
    says: 'sleep with less than 0 calls the runtime with just that, and reports what comes of it',
    advice: 'pass "seconds" on as it is; an error of the runtime\'s is what is asked for, too',
    main: [{ do: 'attempt', label: 'tried', steps: [{ do: 'sleep', through: 'library', seconds: -1 }] }],
    outcomes: { main: [gives('tried', ANY)] },
  },
  {
    says: 'call via a callback runs its steps there, and what they raise comes out',
    advice: "call from inside a library's callback, such as a sort's key, and let errors through",
    main: [
      {
        do: 'call',
        label: 'called',
        depth: 3,
        via: 'callback',
        steps: [{ do: 'set', label: 'inside', variable: 'x', value: 1 }],
      },
      {
        do: 'attempt',
        label: 'tried',
        steps: [{ do: 'call', depth: 1, via: 'callback', steps: [{ do: 'raise', error: 'boom' }] }],
      },
    ],
    outcomes: { main: [gives('inside', 1), gives('called'), gives('tried', 'boom')] },
  },
  holding('early', "hold one of the standard library's locks that was made before anything was patched"),
  holding('log', "hold the lock of the logger that touch writes with, which its handler's emit takes, too"),
];
