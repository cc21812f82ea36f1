import { type Activity, SUBJECT, TIMER_SECONDS } from './activities';
import { timesIn } from './challenges';
import type { Crowd } from './crowds';
import { type Act, CALLED_OFF, MESSENGER, type Plan, type PlanFacts } from './plan';
import type { GreenThread, Program } from './program';
import type { Step } from './step';

/** What a scenario has said so far of the green threads that it is about. */
export interface Cast {
  /** Absent: patched where the runtime has patching, as a service would run. */
  patched?: boolean;
  /** Green threads that are always ready: each turns over and over, and yields in between. */
  ready: number;
  /** Green threads that the subject starts just before its step. */
  pending: number;
  /** A green thread that sleeps a short while, over and over: one of its timers is due at any time soon. */
  timer?: boolean;
  /** Whether the standard library's sleep can show the mode that the process is in. */
  showsMode?: boolean;
  /** Whether the runtime has a call to yield by, apart from its sleep of 0. */
  yields?: boolean;
  /** Whether there is a kernel that knows the OS threads which events name. */
  readsKernel?: boolean;
  activity?: (facts: PlanFacts) => Activity;
  crowd?: (facts: PlanFacts) => Crowd;
  /** How the crowd is led, where not as it says itself. */
  led?: (crowd: Crowd) => Plan;
}

export const READY = 'ready';
export const PENDING = 'pending';
export const TIMER = 'timer';

/** The shared counter of the turns that ready green threads have had. */
const TICKS = 'ticks';
/** The subject's sleep through the standard library that shows the mode, and the counter before and after it. */
export const MODE = { before: 'mode-before', sleep: 'mode', after: 'mode-after' } as const;
const DONE = 'done';
/** More turns than a pending green thread can have had before the subject's step, wherever its runtime starts it. */
export const TURNS = 3;

/** Makes one program of a cast: `main` starts everybody, waits for those who act, and then tells the rest to end. */
export function compose(cast: Cast, facts: PlanFacts): Plan {
  const activity = cast.activity?.(facts);
  const crowd = cast.crowd?.(facts);
  if (crowd !== undefined && cast.led !== undefined) return cast.led(crowd);
  const hold = activity?.hold ?? crowd?.hold;
  const actors: Record<string, GreenThread> = {
    ...activity?.helpers,
    ...(activity === undefined ? {} : { [SUBJECT]: subject(cast, activity) }),
    ...crowd?.threads,
  };
  const company: Record<string, GreenThread> = {
    [MESSENGER.thread]: messenger,
    ...(cast.ready > 0 ? { [READY]: ready(cast) } : {}),
    ...(cast.timer === true ? { [TIMER]: timer } : {}),
  };
  const started: Record<string, GreenThread> = {
    ...activity?.started,
    ...(activity !== undefined && cast.pending > 0 ? { [PENDING]: pending } : {}),
  };
  const program: Program = {
    threads: {
      main: main(Object.keys(company), Object.keys(actors), Object.keys(started)),
      ...company,
      ...actors,
      ...started,
    },
    variables: { [TICKS]: 0, [DONE]: false, scratch: 0, number: 0, thing: null },
  };
  return {
    program,
    ...(cast.patched === undefined ? {} : { patched: cast.patched }),
    callOff: { flag: CALLED_OFF, company: [TIMER] },
    acts: [
      ...opening(cast),
      // Time is let pass for a timer only.
      ...leading(activity).filter(({ act }) => act !== 'outlast' || cast.timer === true),
      ...(crowd?.acts ?? []),
      { act: 'open', gate: MESSENGER.gate },
    ],
    declaredWait: (activity?.declaredWait ?? crowd?.declaredWait ?? 0) + (cast.timer === true ? TIMER_SECONDS : 0),
    ...(hold === undefined ? {} : { hold }),
  };
}

function main(company: string[], actors: string[], started: string[]): GreenThread {
  const spawn = (thread: string): Step => ({ do: 'spawn', thread });
  // What one of them raises is reported, and keeps main from nothing.
  const join = (thread: string): Step => ({
    do: 'attempt',
    steps: [{ do: 'join', label: `end-of-${thread}`, thread }],
  });
  return {
    steps: [
      ...company.map(spawn),
      ...actors.map(spawn),
      ...actors.map(join),
      { do: 'set', variable: DONE, value: true },
      ...[...started, ...company].map(join),
      { do: 'get', label: 'number', variable: 'number' },
    ],
  };
}

const messenger: GreenThread = {
  steps: [{ do: 'wait', label: MESSENGER.label, gate: MESSENGER.gate, through: 'green' }],
};

const timer: GreenThread = {
  steps: [
    {
      do: 'until',
      variable: DONE,
      is: true,
      unless: CALLED_OFF,
      steps: [{ do: 'sleep', label: TIMER, through: 'library', seconds: TIMER_SECONDS }],
    },
  ],
};

/** Reports once that it has run; after that it is silent, and shows in the counter. */
function ready({ ready: count, yields = false }: Cast): GreenThread {
  const turn: Step[] = [
    { do: 'get', variable: TICKS, into: 'n' },
    { do: 'set', variable: TICKS, from: 'n', plus: 1 },
    yields ? { do: 'yield' } : { do: 'sleep', through: 'library', seconds: 0 },
  ];
  return {
    count,
    steps: [
      { do: 'call', label: READY, depth: 1, steps: turn },
      { do: 'until', variable: DONE, is: true, unless: CALLED_OFF, steps: turn },
    ],
  };
}

const pending: GreenThread = {
  steps: [
    {
      do: 'repeat',
      times: TURNS,
      steps: [
        { do: 'set', label: 'turn', variable: 'scratch', value: 1 },
        { do: 'sleep', through: 'library', seconds: 0 },
      ],
    },
  ],
};

/** The subject's step stands between two readings of the others' progress; a third, after a wait, shows that they would have been seen. */
function subject(cast: Cast, activity: Activity): GreenThread {
  const progress = (label: string): Step => ({ do: 'get', label, variable: TICKS });
  const wait = (gate: string): Step => ({ do: 'wait', label: gate, gate, through: 'green' });
  return {
    steps: [
      ...(showsMode(cast, activity) ? mode : []),
      ...(activity.prepare ?? []),
      wait('start'),
      progress('before'),
      ...(cast.pending > 0 ? [{ do: 'spawn', thread: PENDING, count: cast.pending } satisfies Step] : []),
      ...activity.steps,
      progress('after'),
      wait('finish'),
      progress('later'),
    ],
  };
}

/** Patched, those who are ready have turns while the standard library sleeps; if not, they have none. */
const mode: Step[] = [
  { do: 'get', label: MODE.before, variable: TICKS },
  { do: 'sleep', label: MODE.sleep, through: 'standard', seconds: 0.001 },
  { do: 'get', label: MODE.after, variable: TICKS },
];

/** Only where a scenario names the mode; where that sleep is itself what it is about, it can show nothing else. */
function showsMode(cast: Cast, { steps, started = {} }: Activity): boolean {
  const named = cast.showsMode === true && cast.patched !== undefined && cast.ready > 0;
  const lists = [steps, ...Object.values(started).map((thread) => thread.steps)];
  const standard = (step: Step): boolean => step.do === 'sleep' && step.through === 'standard';
  return named && lists.every((list) => timesIn(list, standard) === 0);
}

/** Nobody begins before everybody is there. */
function opening(cast: Cast): Act[] {
  const all: Act = { act: 'await', step: { thread: READY, label: READY }, phase: 'finished', count: cast.ready };
  const ticking: Act = { act: 'await', step: { thread: TIMER, label: TIMER }, phase: 'started', count: 1 };
  return [
    ...(cast.ready > 0 ? [all] : []),
    ...(cast.timer === true ? [ticking] : []),
    { act: 'gather', gate: MESSENGER.gate, count: 1 },
    // By then the messenger has told where it runs, and is still there.
    ...(cast.readsKernel === true ? [{ act: 'measure', as: 'opening', settled: false } satisfies Act] : []),
  ];
}

function leading(activity: Activity | undefined): Act[] {
  if (activity === undefined) return [];
  return [
    { act: 'gather', gate: 'start', count: 1 },
    ...(activity.before ?? []),
    { act: 'open', gate: 'start' },
    ...(activity.during ?? []),
    { act: 'gather', gate: 'finish', count: 1 },
    { act: 'open', gate: 'finish' },
  ];
}
