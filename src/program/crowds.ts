import type { Act, LockKind } from './plan';
import type { GreenThread } from './program';
import type { Step } from './step';

/** Several green threads that do the same, and that the harness leads into the order that a scenario is about. */
export interface Crowd {
  readonly threads: Readonly<Record<string, GreenThread>>;
  readonly acts: readonly Act[];
  readonly hold?: LockKind;
  readonly declaredWait?: number;
}

/** The section of a member, and its write. */
export const SECTION = 'section';
export const WRITE = 'write';
export const TURN = 'turn';

/** Members are green threads of their own, so that each may have a lock of its own. */
export function memberName(i: number): string {
  return `clerk${i + 1}`;
}

/** Whether a green thread of the program is a member, by its name. */
export function isMember(name: string): boolean {
  return /^clerk\d+$/.test(name);
}

/** Which lock the members do their task under. */
export type Locking =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly name: string }
  | { readonly kind: 'own' };

const between: Step = { do: 'wait', label: 'between', gate: 'between', through: 'green' };

/** What each member does; each has a gate in its middle, at which the harness holds it as long as another can still come. */
const TASKS = {
  'adds 1 to a shared number': [
    { do: 'get', variable: 'number', into: 'seen' },
    between,
    { do: 'set', label: WRITE, variable: 'number', from: 'seen', plus: 1 },
  ],
  'makes a shared thing if it is missing': [
    { do: 'get', variable: 'thing', into: 'seen' },
    between,
    { do: 'when', local: 'seen', is: null, steps: [{ do: 'set', label: WRITE, variable: 'thing', value: 'made' }] },
  ],
  'switches inside': [
    { do: 'sleep', through: 'library', seconds: 0 },
    between,
    { do: 'sleep', through: 'library', seconds: 0 },
    // Says that it is still inside after its last switch.
    { do: 'get', label: 'inside', variable: 'number' },
  ],
} as const satisfies Record<string, readonly Step[]>;

export type Task = keyof typeof TASKS;
export const taskNames = Object.keys(TASKS) as Task[];

/** All members are let into their task, and none out of its middle, until all stand there or nobody else can come. */
export function crowd(count: number, task: Task, locking: Locking): Crowd {
  return {
    threads: named(count, (name) => ({ steps: locked([...TASKS[task]], locking, name) })),
    acts: [
      { act: 'gather', gate: 'between', count },
      { act: 'open', gate: 'between' },
    ],
  };
}

/**
 * Every member goes in twice, the second time as soon as it is out: others wait then, so that who comes back and who is let in meet at
 * the lock. Each time it is held inside until nobody else can come.
 */
export function comingBack(count: number, name: string): Crowd {
  const section = (gate: string): Step => ({
    do: 'synchronized',
    label: SECTION,
    name,
    steps: [{ do: 'wait', label: gate, gate, through: 'green' }],
  });
  const times = ['between', 'again'];
  return {
    threads: named(count, () => ({ steps: times.map(section) })),
    acts: times.flatMap((gate): Act[] => [
      { act: 'gather', gate, count },
      { act: 'open', gate },
    ]),
  };
}

/** Each of two takes one lock and, holding it, the other's. */
export function oppositeLocks(count: number): Crowd {
  const both = (outer: string, inner: string): Step[] => [
    { do: 'synchronized', name: outer, steps: [{ do: 'synchronized', name: inner, steps: [] }] },
  ];
  return {
    threads: named(count, (name) => ({
      steps: name === memberName(0) ? both('left', 'right') : both('right', 'left'),
    })),
    acts: [],
  };
}

/** Plain work that takes longer than the shortest sleep: members that can be interrupted at all meet in it, and do not just take turns. */
const plainWork: Step = {
  do: 'repeat',
  times: 6,
  steps: [
    { do: 'repeat', times: 5, steps: [{ do: 'call', depth: 20, steps: [] }] },
    { do: 'touch', what: 'file' },
  ],
};

/** Every member adds 1 again and again, with a switch after each time, and none between reading and writing. */
export function addingWithoutSwitch(count: number, times: number): Crowd {
  const steps: Step[] = [
    { do: 'get', variable: 'number', into: 'seen' },
    plainWork,
    { do: 'set', label: WRITE, variable: 'number', from: 'seen', plus: 1 },
    { do: 'sleep', through: 'library', seconds: 0 },
  ];
  const member: GreenThread = {
    steps: [{ do: 'call', label: SECTION, depth: 1, steps: [{ do: 'repeat', times, steps }] }],
  };
  return { threads: named(count, () => member), acts: [] };
}

/** Every member returns its own name to the one that waits for it. */
export function returning(count: number): Crowd {
  return { threads: named(count, (name) => ({ steps: [{ do: 'return', label: TURN, value: name }] })), acts: [] };
}

/** Every member raises an error that bears its own name. */
export function raising(count: number): Crowd {
  return { threads: named(count, (name) => ({ steps: [{ do: 'raise', label: TURN, error: name }] })), acts: [] };
}

/** The first raises while all others wait; after that they are let go on. */
export function raisingAmong(count: number): Crowd {
  const wait: Step = { do: 'wait', label: 'turn-to-raise', gate: 'first', through: 'green' };
  const first: GreenThread = { steps: [wait, { do: 'raise', label: TURN, error: memberName(0) }] };
  const other: GreenThread = { steps: [{ do: 'wait', label: TURN, gate: 'between', through: 'green' }] };
  return {
    threads: named(count, (name) => (name === memberName(0) ? first : other)),
    acts: [
      { act: 'gather', gate: 'between', count: count - 1 },
      { act: 'open', gate: 'first' },
      { act: 'await', step: { thread: memberName(0), label: TURN }, phase: 'started', count: 1 },
      { act: 'open', gate: 'between' },
    ],
  };
}

/** Members that stand at a gate together, one turn each. */
export function gathering(count: number): Crowd {
  return {
    threads: { [memberName(0)]: { count, steps: [{ do: 'wait', label: TURN, gate: 'between', through: 'green' }] } },
    acts: [
      { act: 'gather', gate: 'between', count },
      { act: 'measure', as: 'gathered', settled: false },
      { act: 'open', gate: 'between' },
    ],
  };
}

/** One member raises inside its section; when that has passed, another goes in. */
export function raisingInside(name: string): Crowd {
  const raise: Step = { do: 'synchronized', label: SECTION, name, steps: [{ do: 'raise', error: 'Oops' }] };
  return {
    threads: {
      [memberName(0)]: { steps: [{ do: 'attempt', label: 'attempt', steps: [raise] }] },
      [memberName(1)]: {
        steps: [
          { do: 'wait', label: 'turn', gate: 'second', through: 'green' },
          { do: 'synchronized', label: SECTION, name, steps: [] },
        ],
      },
    },
    acts: [
      { act: 'await', step: { thread: memberName(0), label: 'attempt' }, phase: 'finished', count: 1 },
      { act: 'open', gate: 'second' },
    ],
  };
}

function locked(steps: Step[], locking: Locking, member: string): Step[] {
  switch (locking.kind) {
    case 'none':
      return [{ do: 'call', label: SECTION, depth: 1, steps }];
    case 'one':
      return [{ do: 'synchronized', label: SECTION, name: locking.name, steps }];
    case 'own':
      return [{ do: 'synchronized', label: SECTION, name: `lock-of-${member}`, steps }];
  }
}

function named(count: number, make: (name: string) => GreenThread): Record<string, GreenThread> {
  const names = Array.from({ length: count }, (_, i) => memberName(i));
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}
