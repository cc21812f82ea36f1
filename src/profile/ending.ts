import type { Step } from '../program/step';
import { entriesOf, heard, span } from '../trace/questions';
import { type Fact, UNKNOWN } from './fact';
import { awaits, codeRaised, gate, gathers, joins, mark, once, opens, planOf, stuckAt, yields } from './words';

const kill = (thread: string): Step => ({ do: 'kill', label: `kill-${thread}`, thread });

export const killRunning: Fact = {
  id: 'kill-running',
  question: 'Can a green thread that has begun be ended from outside?',
  observed:
    'A green thread waits for bytes that are held back; another kills it; then the bytes are sent. Either its wait has ended before that, or it ends with the bytes.',
  answers: {
    'yes, where it waits':
      'As eventlet: what it waits for raises, and what it has in hand is undone by its own finally.',
    'no, it goes on': 'Work that was begun is done to its end: ask it to stop, by a flag or an event that it looks at.',
  },
  plan: () =>
    planOf(
      {
        main: { steps: [{ do: 'spawn', thread: 'victim' }, gate('go'), kill('victim'), ...joins('victim')] },
        victim: { steps: [gate('work'), mark('after')] },
      },
      [gathers('work'), gathers('go'), opens('go'), awaits('kill-victim', 'finished'), opens('work')],
    ),
  answer(record) {
    if (span(record, 'main', 'kill-victim')?.end?.phase !== 'finished') return undefined;
    const work = span(record, 'victim', 'work');
    if (work === undefined) return undefined;
    if (work.end?.phase === 'finished') return { answer: 'no, it goes on' };
    const ended = span(record, 'main', 'end-of-victim')?.end !== undefined;
    return ended && once(record, 'after') === undefined ? { answer: 'yes, where it waits' } : undefined;
  },
};

export const killedHolder: Fact = {
  id: 'lock-killed-holder',
  question: 'What becomes of a lock whose holder is killed?',
  observed:
    'A green thread that waits for bytes inside a lock is killed. Then another asks for the lock: it gets in, or the process comes to rest for good.',
  answers: {
    'it is free': 'As lockutils on eventlet: the section is left by the exception that kills.',
    'the holder goes on': 'It cannot be killed, and keeps the lock until it is done.',
    'it stays locked': 'Everybody who asks for it later waits for ever: never kill one that may hold a lock.',
  },
  plan: () =>
    planOf(
      {
        main: {
          steps: [
            { do: 'spawn', thread: 'bystander' },
            { do: 'spawn', thread: 'holder' },
            gate('go'),
            kill('holder'),
            ...joins('holder'),
            { do: 'spawn', thread: 'next' },
            ...joins('next'),
            // Where it cannot be killed it is left behind: who waited for it here would wait for ever.
            kill('bystander'),
            { do: 'repeat', times: 10, steps: [yields()] },
          ],
        },
        // Where nobody waits for bytes, the kernel may not tell how long a hub sleeps: then nothing could be shown to be stuck.
        bystander: { steps: [gate('aside')] },
        holder: { steps: [{ do: 'synchronized', label: 'held', name: 'till', steps: [gate('inside')] }] },
        next: { steps: [{ do: 'synchronized', label: 'next', name: 'till', steps: [] }] },
      },
      [
        gathers('aside'),
        gathers('inside'),
        gathers('go'),
        opens('go'),
        awaits('kill-holder', 'finished'),
        // For one that goes on.
        opens('inside'),
      ],
    ),
  answer(record) {
    if (span(record, 'main', 'end-of-holder')?.end === undefined) return undefined;
    if (span(record, 'holder', 'inside')?.end?.phase === 'finished') return { answer: 'the holder goes on' };
    if (stuckAt(record, 'next')) return { answer: 'it stays locked' };
    return once(record, 'next')?.entered === undefined ? undefined : { answer: 'it is free' };
  },
};

/** Seconds. */
const LIMIT = 0.01;
const LONG_PAST = 0.05;

const limited = (label: string, ...steps: Step[]): Step => ({
  do: 'attempt',
  steps: [{ do: 'timeout', label, seconds: LIMIT, steps }],
});

export const timeoutInCall: Fact = {
  id: 'timeout-in-c-call',
  question: 'Can a time-out interrupt a call that blocks?',
  observed: `A green thread reads a pipe by a plain call, with a time-out of ${LIMIT} s around it; the suite writes to the pipe long after that. A wait for bytes with the same time-out shows that it works where it can.`,
  answers: {
    no: 'As eventlet: the call lasts as long as it lasts, and ends as if there were no time-out.',
    'only when the call is over':
      'The call lasts as long as it lasts, and what it gave is lost: the time-out is raised all the same.',
    yes: 'It is raised while the call goes on.',
  },
  plan: () =>
    planOf(
      {
        subject: {
          steps: [
            limited('limit', { do: 'wait', label: 'call', gate: 'slow', through: 'raw-pipe' }),
            limited('control', gate('never')),
          ],
        },
      },
      [awaits('call'), { act: 'outlast', seconds: LONG_PAST, step: { label: 'call' } }, { act: 'fill', pipe: 'slow' }],
      { declaredWait: 2 * LIMIT },
    ),
  answer(record) {
    const [limit, call] = ['limit', 'call'].map((label) => span(record, 'subject', label)?.end);
    if (codeRaised(record, 'subject', 'control') !== 'timed-out')
      return { answer: UNKNOWN, detail: 'the time-out did not come while the green thread waited for bytes either' };
    if (limit === undefined || call === undefined || entriesOf(record, 'outlasted')[0]?.whole !== true)
      return undefined;
    if (limit.phase === 'finished') return { answer: 'no' };
    const filled = record.entries.findIndex(({ kind }) => kind === 'filled');
    return { answer: filled < 0 || heard(record, limit) < filled ? 'yes' : 'only when the call is over' };
  },
};
