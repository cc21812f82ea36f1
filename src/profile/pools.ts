import { POOL } from '../program/plan';
import { entriesOf, heard, span } from '../trace/questions';
import type { Fact } from './fact';
import { awaits, codeRaised, gate, gathers, joins, mark, once, opens, planOf } from './words';

export const fullPool: Fact = {
  id: 'full-pool',
  question: 'What does a full pool do to the one who submits?',
  observed:
    'As many tasks as the pool has places wait for bytes that are held back; one more is submitted, and the process is left to come to rest. Whether the call has come back by then, or raised, and whether the task has begun, tells.',
  answers: {
    'it waits for a place': 'As eventlet.GreenPool: who submits is slowed down to what the pool can do.',
    'it goes on, and the task waits': 'Nothing holds up who submits: what is yet to be done piles up.',
    'it is given an error': 'Who submits has to try again, or the task is lost: the detail has the error.',
    'it goes on, and the task begins': 'The pool has no bound that holds.',
  },
  plan: () =>
    planOf(
      {
        main: {
          steps: [
            { do: 'spawn', thread: 'filler', through: 'pool', count: POOL },
            gate('go'),
            { do: 'attempt', steps: [{ do: 'spawn', label: 'submit', thread: 'extra', through: 'pool' }] },
            gate('submitted'),
            ...joins('filler', 'extra'),
          ],
        },
        filler: { steps: [gate('full')] },
        extra: { steps: [mark('extra')] },
      },
      [
        gathers('full', POOL),
        gathers('go'),
        opens('go'),
        awaits('submit'),
        { act: 'rest', as: 'full' },
        opens('full'),
        gathers('submitted'),
        opens('submitted'),
      ],
    ),
  answer(record) {
    const rest = record.entries.indexOf(entriesOf(record, 'kernel')[0] ?? never);
    const code = codeRaised(record, 'main', 'submit');
    if (code !== undefined) return { answer: 'it is given an error', detail: code };
    const submitted = span(record, 'main', 'submit')?.end;
    const extra = once(record, 'extra');
    if (rest < 0 || submitted === undefined || extra === undefined) return undefined;
    if (heard(record, submitted) > rest) return { answer: 'it waits for a place' };
    const begun = heard(record, extra.start) < rest;
    return { answer: begun ? 'it goes on, and the task begins' : 'it goes on, and the task waits' };
  },
};

const never = { at: 0, kind: 'called-off' } as const;
