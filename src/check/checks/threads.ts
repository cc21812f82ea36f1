import { spans } from '../../trace/questions';
import { ANY, gives, type ProgramCheck, raises } from '../program-check';

const NO_VALUES = "its join gives null: if your runtime's own gives more, hand it on";

const PAIRS = {
  'pair#1': [gives('here', 1)],
  'pair#2': [gives('here', 1)],
  'pair#3': [gives('here', 1)],
  'single#1': [gives('here', 1)],
};

const BOTH_RAISE = { 'worker#1': [raises('oops', 'boom')], 'worker#2': [raises('oops', 'boom')] };

export const THREADS: readonly ProgramCheck[] = [
  {
    says: 'spawn starts a green thread, and join gives what it returned',
    advice: 'keep what your runtime gives for a green thread, and wait for that',
    main: [
      { do: 'spawn', label: 'spawned', thread: 'worker' },
      { do: 'join', label: 'joined', thread: 'worker', into: 'came' },
      { do: 'set', label: 'kept', variable: 'x', from: 'came' },
    ],
    threads: { worker: { steps: [{ do: 'return', label: 'leave', value: 'done' }] } },
    outcomes: {
      main: [gives('spawned'), gives('joined', 'done'), gives('kept', 'done')],
      'worker#1': [gives('leave')],
    },
    instead: {
      outcomes: { main: [gives('spawned'), gives('joined'), gives('kept')], 'worker#1': [gives('leave')] },
      note: NO_VALUES,
    },
  },
  {
    says: 'instances are numbered in the order of spawning, and join of several gives a list',
    advice: "count for each name apart; a spawn without a count starts the green thread's own count, or one",
    main: [
      { do: 'spawn', thread: 'pair' },
      { do: 'spawn', thread: 'single' },
      { do: 'spawn', thread: 'pair', count: 1 },
      { do: 'join', label: 'pairs', thread: 'pair' },
      { do: 'join', label: 'single', thread: 'single' },
    ],
    threads: {
      pair: {
        count: 2,
        steps: [
          { do: 'set', label: 'here', variable: 'x', value: 1 },
          { do: 'return', value: [1] },
        ],
      },
      single: { steps: [{ do: 'set', label: 'here', variable: 'x', value: 1 }] },
    },
    outcomes: { main: [gives('pairs', [[1], [1], [1]]), gives('single')], ...PAIRS },
    instead: { outcomes: { main: [gives('pairs', [null, null, null]), gives('single')], ...PAIRS }, note: NO_VALUES },
  },
  {
    says: 'join of a green thread that nobody spawned gives null at once',
    advice: 'wait for every instance so far; where there is none, there is nothing to wait for',
    main: [{ do: 'join', label: 'joined', thread: 'nobody' }],
    threads: { nobody: { steps: [] } },
    outcomes: { main: [gives('joined')] },
  },
  {
    says: 'what a green thread raises, join raises again',
    advice: 'keep the error, with its code, until somebody joins',
    main: [
      { do: 'spawn', thread: 'worker', count: 2 },
      { do: 'attempt', label: 'tried', steps: [{ do: 'join', label: 'joined', thread: 'worker' }] },
      { do: 'set', label: 'after', variable: 'x', value: 1 },
    ],
    threads: { worker: { steps: [{ do: 'raise', label: 'oops', error: 'boom' }] } },
    outcomes: {
      main: [raises('joined', 'boom'), gives('tried', 'boom'), gives('after', 1)],
      ...BOTH_RAISE,
    },
    instead: {
      outcomes: { main: [gives('joined', [null, null]), gives('tried'), gives('after', 1)], ...BOTH_RAISE },
      note: "its join raises nothing: if your runtime's own raises, let that through",
    },
  },
  {
    says: 'join waits until a green thread has ended, and others run meanwhile',
    advice: "wait with your runtime's own primitive, and answer when its last step is over",
    main: [
      { do: 'spawn', thread: 'worker' },
      { do: 'join', label: 'joined', thread: 'worker' },
    ],
    threads: {
      worker: {
        steps: [
          { do: 'wait', label: 'wait', gate: 'door', through: 'green' },
          { do: 'set', label: 'last', variable: 'x', value: 1 },
        ],
      },
    },
    acts: [
      { act: 'gather', gate: 'door', count: 1 },
      { act: 'await', step: { thread: 'main', label: 'joined' }, phase: 'started', count: 1 },
      { act: 'open', gate: 'door' },
    ],
    outcomes: { main: [gives('joined')], 'worker#1': [{ label: 'wait', gives: ANY }, gives('last', 1)] },
  },
  {
    says: 'locals belong to one instance, and to no other',
    advice: 'make a new dictionary of locals for each instance',
    main: [
      { do: 'spawn', thread: 'worker' },
      { do: 'join', thread: 'worker' },
      { do: 'set', label: 'mine', variable: 'y', from: 'here' },
    ],
    threads: {
      worker: {
        steps: [
          { do: 'get', variable: 'x', into: 'here' },
          { do: 'set', label: 'theirs', variable: 'z', from: 'here' },
        ],
      },
    },
    variables: { x: 5 },
    outcomes: { main: [gives('mine')], 'worker#1': [gives('theirs', 5)] },
  },
  {
    says: 'synchronized lets one in at a time, and reports entered once it holds the lock',
    advice:
      'report started before you ask for the lock, entered when you have it, and finished when you have let it go',
    main: [
      { do: 'spawn', thread: 'worker', count: 2 },
      { do: 'join', label: 'joined', thread: 'worker' },
    ],
    threads: {
      worker: {
        steps: [
          {
            do: 'synchronized',
            label: 'held',
            name: 'lock',
            steps: [{ do: 'wait', label: 'inside', gate: 'door', through: 'green' }],
          },
        ],
      },
    },
    acts: [
      { act: 'gather', gate: 'door', count: 1 },
      { act: 'await', step: { label: 'held' }, phase: 'started', count: 2 },
      { act: 'open', gate: 'door' },
    ],
    outcomes: {
      main: [gives('joined', [null, null])],
      'worker#1': [{ label: 'inside', gives: ANY }, gives('held')],
      'worker#2': [{ label: 'inside', gives: ANY }, gives('held')],
    },
    also: (record) => {
      const [first, second] = [...spans(record, 'held')].sort((a, b) => (a.entered?.n ?? 0) - (b.entered?.n ?? 0));
      // The first says that it has finished once it has let go: where they run side by side, the second may be in by then.
      const inside = spans(record, 'inside').find(({ thread }) => thread === first?.thread);
      if ((second?.entered?.n ?? 0) > (inside?.end?.n ?? Number.POSITIVE_INFINITY)) return undefined;
      return {
        what: 'let two green threads hold one lock',
        expected: 'entered after the last step in the section of the first',
        came: 'entered before',
      };
    },
  },
  {
    says: 'a lock is let go when its steps raise, and another name is another lock',
    advice: 'release the lock on every way out, and keep one for each name',
    main: [
      {
        do: 'attempt',
        label: 'tried',
        steps: [{ do: 'synchronized', name: 'lock', steps: [{ do: 'raise', error: 'boom' }] }],
      },
      {
        do: 'synchronized',
        label: 'again',
        name: 'lock',
        steps: [{ do: 'synchronized', label: 'other', name: 'another', steps: [] }],
      },
    ],
    outcomes: { main: [gives('tried', 'boom'), gives('other'), gives('again')] },
  },
];
