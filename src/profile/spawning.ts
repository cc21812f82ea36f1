import type { GreenThread } from '../program/program';
import { spans } from '../trace/questions';
import type { RunRecord } from '../trace/record';
import type { Answer, Fact } from './fact';
import { joins, mark, once, onSeveralOsThreads, planOf, startAndJoin, yields } from './words';

const child: GreenThread = { steps: [mark('child')] };

export const childStarts: Fact = {
  id: 'child-starts',
  question: 'When does a child begin to run?',
  observed:
    'A green thread spawns another, does plain work, and yields. The first event of the child comes inside the spawn, during the work, or after it.',
  answers: {
    'at the next switch': 'As eventlet: what stands between the spawn and the next switch runs before the child.',
    'inside spawn':
      'The child runs up to its first switch before spawn comes back: what the parent sets up after the spawn is not there yet.',
    'before the next switch': 'The child may begin between any two lines of the parent: what both use needs a lock.',
    'on another OS thread, at any time': 'Parent and child run at the same moment: what both use needs a lock.',
  },
  plan: () =>
    planOf({
      main: {
        steps: [
          { do: 'spawn', label: 'spawn', thread: 'child' },
          { do: 'repeat', label: 'alone', times: 100, steps: [{ do: 'get', variable: 'scratch' }] },
          yields(),
          ...joins('child'),
        ],
      },
      child,
    }),
  answer(record) {
    const [began, spawn, alone] = ['child', 'spawn', 'alone'].map((label) => once(record, label));
    if (began === undefined || spawn?.end === undefined || alone?.end === undefined) return undefined;
    if (began.start.os !== spawn.start.os) return { answer: 'on another OS thread, at any time' };
    if (began.start.n < spawn.end.n) return { answer: 'inside spawn' };
    return { answer: began.start.n < alone.end.n ? 'before the next switch' : 'at the next switch' };
  },
};

const THREADS = 3;
const TURNS = 3;

export const turnOrder: Fact = {
  id: 'turn-order',
  question: 'In which order do three green threads run that each yield three times?',
  observed:
    'Three green threads each report a turn and yield by a sleep of 0, three times. The order of the nine turns tells.',
  answers: {
    'in turn, as they were spawned': 'As eventlet: A0 B0 C0 A1 B1 C1 and so on. Code may have come to lean on it.',
    'in turn, in another order': 'Each has its turn in each round, but not in the order of spawning.',
    'each to its end': 'To yield gives nobody a turn: one runs to its end before the next begins.',
    'in no fixed order':
      'No order can be leaned on; with OS threads it is the operating system that decides, anew each time.',
  },
  plan: () =>
    planOf({
      main: { steps: startAndJoin('taker') },
      taker: { count: THREADS, steps: [{ do: 'repeat', times: TURNS, steps: [mark('turn'), yields()] }] },
    }),
  answer(record) {
    const takers = spans(record, 'turn').map(({ thread }) => Number(thread.split('#')[1]));
    return takers.length === THREADS * TURNS ? { answer: orderOf(takers, record), detail: written(takers) } : undefined;
  },
};

function orderOf(takers: readonly number[], record: RunRecord): Answer['answer'] {
  if (onSeveralOsThreads(record)) return 'in no fixed order';
  const rounds = Array.from({ length: TURNS }, (_, round) => takers.slice(round * THREADS, (round + 1) * THREADS));
  const [first = []] = rounds;
  const same = (one: readonly number[], other: readonly number[]): boolean =>
    one.every((taker, i) => taker === other[i]);
  if (new Set(first).size === 1 && rounds.every((round) => new Set(round).size === 1)) return 'each to its end';
  if (new Set(first).size < THREADS || !rounds.every((round) => same(round, first))) return 'in no fixed order';
  return same(first, [1, 2, 3]) ? 'in turn, as they were spawned' : 'in turn, in another order';
}

/** `A0 B0 C0 A1 …` */
function written(takers: readonly number[]): string {
  const turns = new Map<number, number>();
  return takers
    .map((taker) => {
      const turn = turns.get(taker) ?? 0;
      turns.set(taker, turn + 1);
      return `${'ABC'[taker - 1]}${turn}`;
    })
    .join(' ');
}
