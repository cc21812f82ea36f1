import type { Step } from '../program/step';
import { type Fact, UNKNOWN } from './fact';
import {
  awaits,
  codeRaised,
  gate,
  gathers,
  once,
  onSeveralOsThreads,
  opens,
  planOf,
  stuckAt,
  withBystander,
} from './words';

function locked(label: string, ...steps: Step[]): Step {
  return { do: 'synchronized', label, name: 'till', steps };
}

export const barging: Fact = {
  id: 'lock-barging',
  question: 'Can the holder of a lock take it again ahead of one that waits?',
  observed:
    'One green thread holds the lock until another waits for it, which the kernel shows by a process at rest; then it lets go and asks again at once. The order of the two sections that follow tells.',
  answers: {
    yes: 'Whoever waits may wait for long: a loop that takes the lock over and over keeps it.',
    no: 'The lock is handed to the one that has waited.',
    'not seen':
      'Green threads ran on several OS threads: this time the one that waited came first, another time it may not.',
  },
  plan: () =>
    planOf(
      {
        holder: { steps: [locked('first', gate('held')), locked('again')] },
        waiter: { steps: [gate('go'), locked('turn')] },
      },
      [gathers('held'), gathers('go'), opens('go'), awaits('turn'), { act: 'rest', as: 'waiting' }, opens('held')],
    ),
  answer(record) {
    const [held, again, turn] = ['held', 'again', 'turn'].map((label) => once(record, label));
    if (held?.end === undefined || again?.entered === undefined || turn?.entered === undefined) return undefined;
    // The section ends after the last step in it: who waits may get in before the holder has said that it has left.
    if (turn.entered.n < held.end.n) return { answer: UNKNOWN, detail: 'the lock excluded nobody' };
    if (again.entered.n < turn.entered.n) return { answer: 'yes' };
    return { answer: onSeveralOsThreads(record) ? 'not seen' : 'no' };
  },
};

export const reentrancy: Fact = {
  id: 'lock-reentrancy',
  question: 'May the holder of a lock take it once more?',
  observed:
    'A green thread asks for the lock that it holds. Either it gets in, or it is given an error, or the process comes to rest for good.',
  answers: {
    'no: it waits for itself': 'As lockutils: a method under a lock must not call another under the same name.',
    'no: it raises': 'The mistake is told: the detail has the error.',
    yes: 'It may; code that was written so stops elsewhere.',
  },
  plan: () =>
    planOf({
      ...withBystander('holder'),
      holder: { steps: [locked('outer', { do: 'attempt', steps: [locked('inner')] })] },
    }),
  answer(record) {
    if (stuckAt(record, 'inner')) return { answer: 'no: it waits for itself' };
    const code = codeRaised(record, 'holder', 'inner');
    if (code !== undefined) return { answer: 'no: it raises', detail: code };
    return once(record, 'inner')?.entered === undefined ? undefined : { answer: 'yes' };
  },
};
