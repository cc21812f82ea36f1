/** Traces of runtimes that do as the document says: what the tests start from, and spoil. */

interface Subject {
  /** Lines between the beginning and the end of the subject's step. */
  readonly it?: string;
  /** The end of its step, instead of one without a value. */
  readonly end?: string;
  readonly ready?: number;
  /** What the counter of turns was before the step, after it, and in the end. */
  readonly turns?: readonly [before: number, after: number, later: number];
  /** Lines before the subject comes to its first gate. */
  readonly first?: string;
  /** Lines between the step and the reading after it. */
  readonly following?: string;
  /** Joins of `main` before the subject's, as names. */
  readonly helpers?: readonly string[];
  /** Joins of `main` after it. */
  readonly started?: readonly string[];
}

/** A subject at its step: `compose` says of which program. */
export function subjectTrace(of: Subject = {}): string {
  const {
    it = '',
    end = 'subject#1 it finished',
    ready = 2,
    first = '',
    following = '',
    helpers = [],
    started = [],
  } = of;
  const [before, after, later] = of.turns ?? (ready > 0 ? [5, 5, 9] : [0, 0, 0]);
  const all = Array.from({ length: ready }, (_, i) => `ready#${i + 1}`);
  const [joined = 'subject', ...rest] = [
    ...helpers,
    'subject',
    ...started,
    'messenger',
    ...(ready > 0 ? ['ready'] : []),
  ];
  const byte = it.includes('opened inbox') ? '' : '* opened inbox messenger#1 t-inbox';
  const served = it.includes('messenger#1 inbox finished') ? '' : 'messenger#1 inbox finished "t-inbox"';
  return `
    main end-of-${joined} started
    messenger#1 inbox started
    ${all.map((name) => `${name} ready started`).join('\n')}
    ${first}
    subject#1 start started
    ${all.map((name) => `${name} ready finished`).join('\n')}
    * arrived inbox messenger#1
    * arrived start subject#1
    * opened start subject#1 t-start
    subject#1 start finished "t-start"
    subject#1 before started
    subject#1 before finished ${before}
    subject#1 it started @10
    ${it}
    ${end} @40
    ${following}
    subject#1 after started
    subject#1 after finished ${after}
    subject#1 finish started
    * arrived finish subject#1
    * opened finish subject#1 t-finish
    ${byte}
    subject#1 finish finished "t-finish"
    ${served}
    subject#1 later started
    subject#1 later finished ${later}
    main end-of-${joined} finished
    ${rest.map((name) => `main end-of-${name} started\nmain end-of-${name} finished`).join('\n')}
    main number started
    main number finished 0
  `;
}

/** Two members of a crowd under one lock: the second asks while the first is inside, and goes in when that has left. */
export function lockedPair(step: 'write' | 'inside', number: number): string {
  const doing = (member: string, value: number): string =>
    step === 'write'
      ? `${member} write started\n${member} write finished ${value}`
      : `${member} inside started\n${member} inside finished 0`;
  return `
    main end-of-clerk1 started
    messenger#1 inbox started
    clerk1#1 section started
    clerk1#1 section entered
    clerk1#1 between started
    clerk2#1 section started
    * arrived inbox messenger#1
    * arrived between clerk1#1
    * quiescent
    * opened between clerk1#1 t-1
    clerk1#1 between finished "t-1"
    ${doing('clerk1#1', 1)}
    clerk1#1 section finished
    clerk2#1 section entered
    clerk2#1 between started
    * arrived between clerk2#1
    * opened between clerk2#1 t-2
    * opened inbox messenger#1 t-inbox
    clerk2#1 between finished "t-2"
    ${doing('clerk2#1', 2)}
    clerk2#1 section finished
    ${ending(number)}
  `;
}

/** Two members that are inside together; under a lock that excludes each other, or nobody, `entered`. */
export function togetherPair(entered: boolean, step: 'write' | 'inside', number: number): string {
  const enter = (member: string): string => (entered ? `${member} section entered` : '');
  const doing = (member: string): string =>
    step === 'write'
      ? `${member} write started\n${member} write finished 1`
      : `${member} inside started\n${member} inside finished 0`;
  return `
    main end-of-clerk1 started
    messenger#1 inbox started
    clerk1#1 section started
    ${enter('clerk1#1')}
    clerk1#1 between started
    clerk2#1 section started
    ${enter('clerk2#1')}
    clerk2#1 between started
    * arrived inbox messenger#1
    * arrived between clerk1#1
    * arrived between clerk2#1
    * opened between clerk1#1 t-1
    * opened between clerk2#1 t-2
    * opened inbox messenger#1 t-inbox
    clerk1#1 between finished "t-1"
    ${doing('clerk1#1')}
    clerk1#1 section finished
    clerk2#1 between finished "t-2"
    ${doing('clerk2#1')}
    clerk2#1 section finished
    ${ending(number)}
  `;
}

function ending(number: number): string {
  return `
    messenger#1 inbox finished "t-inbox"
    main end-of-clerk1 finished
    main end-of-clerk2 started
    main end-of-clerk2 finished
    main end-of-messenger started
    main end-of-messenger finished
    main number started
    main number finished ${number}
  `;
}

const SLICES = 10;
const SENT = '* opened inbox messenger#1 t-inbox\n* outlasted';

/** Work in slices: what happens in each gap, and the counter of turns before and after it. */
export function slicedTrace(of: {
  readonly ready: number;
  readonly pending: number;
  readonly gap: (i: number) => string;
  readonly ticks?: (i: number) => readonly [before: number, after: number];
}): string {
  const { ready, pending, gap, ticks = () => [0, 0] } = of;
  const slice = (i: number): string => `
    subject#1 slice started
    ${i === 1 ? SENT : ''}
    * flag slice-${i}
    subject#1 slice finished
    subject#1 gap-before started
    subject#1 gap-before finished ${ticks(i)[0]}
    subject#1 gap started
    ${gap(i)}
    subject#1 gap finished
    subject#1 gap-after started
    subject#1 gap-after finished ${ticks(i)[1]}`;
  return subjectTrace({
    ready,
    it: Array.from({ length: SLICES }, (_, i) => slice(i + 1)).join('\n'),
    first: 'timer#1 timer started',
    turns: [0, ticks(SLICES)[1], 99],
    started: ['timer', ...(pending > 0 ? ['pending'] : [])],
  });
}

/** Work in slices among ready ones: they have two turns in each gap, the byte is served in the second, the timer in the third. */
export const fairSlices = slicedTrace({
  ready: 2,
  pending: 0,
  gap: (i) => (i === 2 ? 'messenger#1 inbox finished "t-inbox"' : i === 3 ? 'timer#1 timer finished' : ''),
  ticks: (i) => [i * 2, i * 2 + 2],
});

/** The end of a run of a crowd: `main` hears of each. */
export function joining(...names: readonly string[]): string {
  return `
    messenger#1 inbox finished "t-inbox"
    ${[...names, 'messenger'].map((name) => `main end-of-${name} started\nmain end-of-${name} finished`).join('\n')}
    main number started
    main number finished 0
  `;
}

/** A member of a crowd, or its owner, with a connection and at a gate. */
export function connectedAt(name: string, gate: string): string {
  return `
    ${name}#1 connect started
    ${name}#1 connect finished
    ${name}#1 ${gate} started
    * arrived ${gate} ${name}#1
  `;
}
