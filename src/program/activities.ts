import { type Act, CALLED_OFF, CONNECT, type LockKind, type PlanFacts, type StepName } from './plan';
import type { GreenThread } from './program';
import { type SleepForm, sleepOf } from './sleep-form';
import type { Driver, Step } from './step';

/** What one green thread, the subject, does while the others are looked at: its step `it`, and the harness's part in it. */
export interface Activity {
  /** Before the others' progress is read: connections, and the like. */
  readonly prepare?: readonly Step[];
  readonly steps: readonly Step[];
  /** Further green threads that it needs: started before it, and joined before the program ends. */
  readonly helpers?: Readonly<Record<string, GreenThread>>;
  /** Green threads that it starts itself. */
  readonly started?: Readonly<Record<string, GreenThread>>;
  /** The harness's acts before the subject may begin. */
  readonly before?: readonly Act[];
  /** The harness's acts while `it` goes on. */
  readonly during?: readonly Act[];
  readonly hold?: LockKind;
  readonly declaredWait?: number;
}

/** The subject's green thread and the label of the step that a scenario is about. */
export const SUBJECT = 'subject';
export const IT = 'it';

/** How often a momentary operation is done between two looks at whether the harness has seen enough. */
const OFTEN = 50;
/** Enough to be told from the few times that an OS thread sleeps for other reasons. */
export const MANY_SLEEPS = 100;
/** So many of them are told of together: a green thread that goes from one OS thread to another is to be heard of on each. */
const HEARD_OF = 10;
/** Seconds: longer than the time a hub needs to go to the kernel, shorter than anybody wants to wait so many times. */
const SHORT_WHILE = 0.0005;

/** Seconds that the timer of a cast sleeps at a time: a few of the milliseconds that timers are counted in. */
export const TIMER_SECONDS = 0.004;

/** Seconds that a green thread which is parked sleeps at a time. */
const PARKED_SECONDS = 0.05;

/** The subject's step. */
export const it: StepName = { thread: SUBJECT, label: IT };
export const began: Act = { act: 'await', step: it, phase: 'started', count: 1 };
/** Long enough for the timer of a cast to fall due. */
const outlast: Act = { act: 'outlast', seconds: TIMER_SECONDS, step: it };
export const watch: Act = { act: 'watch', step: it };

export function computes(): Activity {
  const flag = 'enough';
  return {
    steps: [{ do: 'compute', label: IT, until: flag }],
    during: [began, watch, outlast, { act: 'raise', flag }],
  };
}

export function callsFunctions(): Activity {
  const add: Step[] = [
    { do: 'get', variable: 'scratch', into: 'n' },
    { do: 'set', variable: 'scratch', from: 'n', plus: 1 },
  ];
  return often([{ do: 'call', depth: 20, steps: add }]);
}

export function raisesAndCatches(): Activity {
  return often([{ do: 'attempt', steps: [{ do: 'raise', error: 'Oops' }] }]);
}

/** Once more with a label: the text that it gives shows that the file is read. */
export function readsFile(): Activity {
  const { steps, ...rest } = often([{ do: 'touch', what: 'file' }]);
  return { ...rest, steps: [...steps, { do: 'touch', label: 'text', what: 'file' }] };
}

export function writesLog(): Activity {
  return often([{ do: 'touch', what: 'log' }]);
}

/** @param seconds absent: the call is made without an argument */
export function sleeps(seconds: number | undefined, through: 'library' | 'standard' = 'library'): Activity {
  return {
    steps: [{ do: 'sleep', label: IT, through, ...(seconds === undefined ? {} : { seconds }) }],
    // A call that blocks is looked at while it lasts; it ends by itself.
    ...(through === 'standard' && (seconds ?? 0) > 0 ? { during: [began, watch, outlast] } : {}),
    declaredWait: seconds ?? 0,
  };
}

/** The two are one program, so that the second shows that the kernel's count would have told had the first slept. */
export function sleepsManyTimes(form: SleepForm): Activity {
  const short: Step = { do: 'sleep', through: 'library', seconds: SHORT_WHILE };
  const some: Step = { do: 'repeat', label: 'control', times: HEARD_OF, steps: [short] };
  return {
    steps: [
      { do: 'repeat', label: IT, times: MANY_SLEEPS, steps: [sleepOf(form)] },
      { do: 'wait', label: 'halfway', gate: 'halfway', through: 'green' },
      { do: 'repeat', times: MANY_SLEEPS / HEARD_OF, steps: [some] },
    ],
    before: [{ act: 'measure', as: 'before', settled: true }],
    during: [
      { act: 'gather', gate: 'halfway', count: 1 },
      { act: 'measure', as: 'between', settled: true },
      { act: 'open', gate: 'halfway' },
      { act: 'gather', gate: 'finish', count: 1 },
      { act: 'measure', as: 'after', settled: true },
    ],
    declaredWait: MANY_SLEEPS * SHORT_WHILE,
  };
}

export function waitsForBytes(): Activity {
  return {
    steps: [{ do: 'wait', label: IT, gate: 'bytes', through: 'green' }],
    during: [began, { act: 'gather', gate: 'bytes', count: 1 }, watch, { act: 'open', gate: 'bytes' }],
  };
}

/** The same, alone: then it can be shown that nothing but the bytes is about to end the wait. */
export function waitsForBytesAlone(): Activity {
  return {
    steps: [{ do: 'wait', label: IT, gate: 'bytes', through: 'green' }],
    during: [
      began,
      { act: 'gather', gate: 'bytes', count: 1 },
      { act: 'measure', as: 'held', settled: true },
      { act: 'open', gate: 'bytes' },
    ],
  };
}

export function waitsForLock(): Activity {
  const inside: Step[] = [{ do: 'wait', label: 'hold', gate: 'hold', through: 'green' }];
  return {
    steps: [{ do: 'synchronized', label: IT, name: 'till', steps: [] }],
    helpers: { holder: { steps: [{ do: 'synchronized', label: 'section', name: 'till', steps: inside }] } },
    before: [{ act: 'gather', gate: 'hold', count: 1 }],
    during: [began, watch, { act: 'open', gate: 'hold' }],
  };
}

export function waitsForGreenThread(): Activity {
  return {
    steps: [{ do: 'join', label: IT, thread: 'worker' }],
    helpers: { worker: { steps: [{ do: 'wait', label: 'work', gate: 'work', through: 'green' }] } },
    before: [{ act: 'gather', gate: 'work', count: 1 }],
    during: [began, watch, { act: 'open', gate: 'work' }],
  };
}

/** What a green thread that is parked reports once; after that it only sleeps. */
export const PARKED = 'parked';

/**
 * Starts one green thread that sleeps, and then more, with a stop after each at which the kernel's threads are counted, when all have
 * reported. A counter of theirs would lose some where they are interrupted.
 */
export function parks(more: number): Activity {
  const parked: GreenThread = {
    steps: [
      { do: 'set', label: PARKED, variable: 'scratch', value: 1 },
      {
        do: 'until',
        variable: 'done',
        is: true,
        unless: CALLED_OFF,
        steps: [{ do: 'sleep', through: 'library', seconds: PARKED_SECONDS }],
      },
    ],
  };
  const start = (count: number, label: string, gate: string): Step[] => [
    { do: 'spawn', thread: PARKED, count },
    { do: 'wait', label, gate, through: 'green' },
  ];
  const count = (total: number, gate: string): Act[] => [
    { act: 'await', step: { thread: PARKED, label: PARKED }, phase: 'finished', count: total },
    { act: 'gather', gate, count: 1 },
    { act: 'measure', as: gate, settled: false },
    { act: 'open', gate },
  ];
  return {
    steps: [...start(1, 'one', 'one'), ...start(more, IT, 'all')],
    started: { [PARKED]: parked },
    during: [...count(1, 'one'), ...count(1 + more, 'all')],
    declaredWait: PARKED_SECONDS,
  };
}

/** What the client of a connection called itself when it connected; not every server keeps that, or lets it be read. */
export const CLIENT = 'client';
const askForClient: Step = {
  do: 'attempt',
  steps: [
    {
      do: 'query',
      label: CLIENT,
      connection: 'db',
      sql: "SELECT ATTR_VALUE FROM performance_schema.session_account_connect_attrs WHERE PROCESSLIST_ID = CONNECTION_ID() AND ATTR_NAME = '_client_name'",
    },
  ],
};

/** Of a driver that is said to be a C library; on the connection `db`. */
export function asksForClient(driver: Driver): readonly Step[] {
  return driver === 'c-library' ? [askForClient] : [];
}

/** A query that waits inside MySQL for a lock that the harness holds, and gives a value that only the server knows. */
export function queries(driver: Driver, lock: LockKind, facts: PlanFacts): Activity {
  return {
    prepare: [{ do: 'connect', label: CONNECT, connection: 'db', driver }, ...asksForClient(driver)],
    steps: [{ do: 'query', label: IT, connection: 'db', sql: waitingQuery(lock, facts) }],
    during: [began, { act: 'see', lock, count: 1, step: it }, watch, outlast, { act: 'release', lock }],
    hold: lock,
  };
}

/** A query for a row that another green thread holds, which would let it go if only it could go on. */
export function queriesHeldRow(driver: Driver, { table, rows: [row] }: PlanFacts): Activity {
  const lockRow = `SELECT value FROM ${table} WHERE id = ${row} FOR UPDATE`;
  const seconds = 1;
  return {
    prepare: [
      { do: 'connect', label: CONNECT, connection: 'db', driver },
      ...asksForClient(driver),
      { do: 'query', connection: 'db', sql: `SET SESSION innodb_lock_wait_timeout = ${seconds}` },
    ],
    steps: [{ do: 'attempt', steps: [{ do: 'query', label: IT, connection: 'db', sql: lockRow }] }],
    helpers: {
      owner: {
        steps: [
          { do: 'connect', label: CONNECT, connection: 'own', driver },
          { do: 'query', connection: 'own', sql: 'START TRANSACTION' },
          { do: 'query', label: 'hold', connection: 'own', sql: lockRow },
          { do: 'wait', label: 'owned', gate: 'owned', through: 'green' },
          { do: 'sleep', label: 'nap', through: 'library', seconds: 0.01 },
          { do: 'query', label: 'commit', connection: 'own', sql: 'COMMIT' },
          { do: 'close', connection: 'own' },
        ],
      },
    },
    before: [{ act: 'gather', gate: 'owned', count: 1 }],
    during: [began, { act: 'see', lock: 'row', count: 1, step: it }, { act: 'open', gate: 'owned' }, watch],
    declaredWait: seconds,
  };
}

function waitingQuery(lock: LockKind, { lockName, table, rows: [row] }: PlanFacts): string {
  switch (lock) {
    case 'advisory':
      return `SELECT GET_LOCK('${lockName}', 50), (SELECT value FROM ${table} WHERE id = ${row})`;
    case 'row':
      return `SELECT value FROM ${table} WHERE id = ${row} FOR UPDATE`;
  }
}

/** A momentary operation, over and over until the harness has seen enough: whoever could interrupt it has every chance. */
function often(steps: Step[]): Activity {
  const flag = 'enough';
  return {
    steps: [
      {
        do: 'until',
        label: IT,
        variable: 'done',
        is: true,
        unless: flag,
        steps: [{ do: 'repeat', times: OFTEN, steps }],
      },
    ],
    during: [began, watch, { act: 'raise', flag }],
  };
}
