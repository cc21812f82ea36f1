import { entriesOf, heard, span } from '../../trace/questions';
import type { RunRecord } from '../../trace/record';
import type { ComplaintFacts } from '../complaint';
import { ANY, gives, type ProgramCheck } from '../program-check';

const SECONDS = 0.05;

function sleep(through: 'library' | 'standard'): ProgramCheck {
  const whose = through === 'library' ? "the library's own call" : "the standard library's call";
  return {
    says: `sleep through ${whose} lasts at least what was asked; one without seconds is called without an argument`,
    advice: 'pass "seconds" on as it is, and report what your runtime makes of a call without: an error, too',
    main: [
      { do: 'attempt', label: 'none', steps: [{ do: 'sleep', through }] },
      { do: 'sleep', label: 'some', seconds: SECONDS, through },
    ],
    outcomes: { main: [gives('none', ANY), gives('some')] },
    also: (record) => {
      // From when the run was sent: a lower bound, which no busy machine undercuts.
      const over = record.entries.find(
        (entry) => entry.kind === 'event' && entry.event.label === 'some' && entry.event.phase === 'finished',
      );
      if (over === undefined || over.at >= SECONDS * 1000) return undefined;
      return {
        what: 'did not sleep so long',
        expected: `at least ${SECONDS} s`,
        came: `${over.at} ms after the run was sent`,
      };
    },
  };
}

export const WAITING: readonly ProgramCheck[] = [
  sleep('library'),
  sleep('standard'),
  {
    says: 'yield comes back, whoever else is ready',
    advice: 'call what your runtime has for nothing but that; if its sleep of 0 lets others run, leave the word out',
    main: [
      { do: 'yield', label: 'alone' },
      { do: 'spawn', thread: 'other', count: 2 },
      { do: 'yield', label: 'among-others' },
      { do: 'join', thread: 'other' },
    ],
    threads: { other: { steps: [{ do: 'yield' }] } },
    outcomes: { main: [gives('alone'), gives('among-others')] },
  },
  {
    says: 'compute goes on until its flag is raised',
    advice: "look for the file flag-NAME in the run's folder now and then, by a plain file call",
    main: [{ do: 'compute', label: 'it', until: 'enough' }],
    acts: [
      { act: 'await', step: { label: 'it' }, phase: 'started', count: 1 },
      // One that does not wait for it may be slow to say that it has finished.
      { act: 'outlast', step: { label: 'it' }, seconds: SECONDS },
      { act: 'raise', flag: 'enough' },
    ],
    outcomes: { main: [gives('it')] },
    also: (record) => {
      const flag = record.entries.findIndex(({ kind }) => kind === 'flag');
      if (flag >= 0 && flag < heard(record, span(record, 'main', 'it')?.end)) return undefined;
      return {
        what: 'did not wait for its flag',
        expected: 'finished after the flag was raised',
        came: 'finished before',
      };
    },
  },
  {
    says: 'a wait at a gate says hello with the number of its own started, and gives the token',
    section: 'gates',
    advice: 'connect, send “NONCE GATE THREAD N” and LF, read one line, close; the line without its LF is the value',
    main: [
      { do: 'set', label: 'before', variable: 'x', value: 1 },
      { do: 'wait', label: 'it', gate: 'door', through: 'green', into: 'token' },
    ],
    acts: [
      { act: 'gather', gate: 'door', count: 1 },
      { act: 'open', gate: 'door' },
    ],
    outcomes: { main: [gives('before', 1), gives('it', ANY)] },
    also: helloNumber,
  },
  {
    says: 'green threads at several gates are let go one at a time, each with its own token',
    section: 'gates',
    advice: "wait on the runtime's green sockets: a call that blocks holds up all the others",
    main: [
      { do: 'spawn', thread: 'a' },
      { do: 'spawn', thread: 'b' },
      { do: 'wait', label: 'mine', gate: 'third', through: 'green' },
      { do: 'join', label: 'joined', thread: 'b' },
    ],
    threads: {
      a: { steps: [{ do: 'wait', label: 'it', gate: 'first', through: 'green' }] },
      b: {
        steps: [
          { do: 'wait', label: 'it', gate: 'second', through: 'green' },
          { do: 'join', thread: 'a' },
        ],
      },
    },
    acts: [
      { act: 'gather', gate: 'first', count: 1 },
      { act: 'gather', gate: 'second', count: 1 },
      { act: 'gather', gate: 'third', count: 1 },
      { act: 'open', gate: 'third' },
      { act: 'await', step: { thread: 'main', label: 'mine' }, phase: 'finished', count: 1 },
      { act: 'open', gate: 'second' },
      { act: 'await', step: { thread: 'b', label: 'it' }, phase: 'finished', count: 1 },
      { act: 'open', gate: 'first' },
    ],
    outcomes: { main: [gives('mine', ANY), gives('joined')], 'a#1': [gives('it', ANY)], 'b#1': [gives('it', ANY)] },
    also: ({ entries }) => {
      const before = entries.slice(
        0,
        entries.findIndex(({ kind }) => kind === 'opened'),
      );
      const came = before.flatMap((entry) => (entry.kind === 'arrived' ? [entry.thread] : []));
      if (came.length === 3) return undefined;
      const what = 'held up others while one waited at a gate';
      return {
        what,
        expected: 'main, a#1 and b#1 at their gates before any was opened',
        came: came.join(', ') || 'nobody',
      };
    },
  },
  {
    says: 'a wait through raw-pipe reads the line from the pipe of its gate',
    section: 'gates',
    advice: "open pipe-GATE in the run's folder for reading, by plain blocking calls, and read until LF",
    main: [{ do: 'wait', label: 'it', gate: 'door', through: 'raw-pipe' }],
    acts: [{ act: 'fill', pipe: 'door' }],
    outcomes: { main: [gives('it', ANY)] },
  },
  {
    says: "touch of the file gives the text of the run's readable.txt",
    advice: 'read the whole file as UTF-8 at that moment, and change nothing of it',
    main: [{ do: 'touch', label: 'it', what: 'file' }],
    outcomes: { main: [gives('it', ANY)] },
    also: (record) => {
      const text = span(record, 'main', 'it')?.end?.value;
      const { file } = record.challenges;
      return text === file
        ? undefined
        : { what: 'gave another text', expected: JSON.stringify(file), came: JSON.stringify(text ?? null) };
    },
  },
  {
    says: 'touch of the log writes a line “NONCE THREAD” to log.txt at once',
    advice: "use the language's usual logger with a file, and no buffer that outlives the step",
    main: [{ do: 'touch', label: 'it', what: 'log' }],
    outcomes: { main: [gives('it')] },
    also: (record) => {
      const lines = record.challenges.log ?? [];
      const line = `${record.nonce} main`;
      if (lines.some((written) => written.includes(line))) return undefined;
      return {
        what: 'did not write to the log',
        expected: line,
        came: lines.length === 0 ? 'an empty log' : lines.join(' ⏎ '),
      };
    },
  },
];

/** The hello carries the number of the wait's own `started`. */
function helloNumber(record: RunRecord): ComplaintFacts | undefined {
  const started = span(record, 'main', 'it')?.start.n;
  const [arrival] = entriesOf(record, 'arrived');
  if (arrival?.n === started) return undefined;
  return {
    what: 'said another number in its hello',
    expected: `${started}, that of the event started`,
    came: `${arrival?.n}`,
  };
}
