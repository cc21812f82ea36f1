import type { Value } from '../../program/names';
import { entriesOf, events } from '../../trace/questions';
import { ANY, gives, type ProgramCheck } from '../program-check';

/** Values that make an event too long: plain, of three and of four bytes a character, full of escapes, and a list. */
const LONG: readonly Value[] = [
  'x'.repeat(5000),
  '漢'.repeat(3000),
  '😀'.repeat(2000),
  '"\\\n'.repeat(2000),
  Array.from({ length: 2000 }, (_, i) => i),
];

export const EVENTS: readonly ProgramCheck[] = [
  {
    says: 'events count from 1; a step reports started, then finished or raised; one without a label nothing',
    section: 'event',
    advice: 'number and write an event under one lock, in one write, before the step goes on',
    main: [
      { do: 'set', label: 'first', variable: 'x', value: 1 },
      { do: 'set', variable: 'x', value: 2 },
      { do: 'get', variable: 'x', into: 'x' },
      {
        do: 'repeat',
        label: 'loop',
        times: 2,
        steps: [{ do: 'set', label: 'inner', variable: 'x', from: 'x', plus: 1 }],
      },
    ],
    outcomes: { main: [gives('first', 1), gives('inner', 3), gives('inner', 3), gives('loop')] },
  },
  {
    says: 'events name the OS threads that their steps run on, by the ids that the kernel knows',
    section: 'event',
    advice:
      'ask the operating system in each event (gettid on Linux): neither a process id that was kept nor a number of the language',
    main: [
      { do: 'spawn', thread: 'worker' },
      { do: 'wait', label: 'it', gate: 'door', through: 'green' },
      { do: 'join', thread: 'worker' },
    ],
    threads: { worker: { steps: [{ do: 'wait', label: 'it', gate: 'door', through: 'green' }] } },
    acts: [
      { act: 'gather', gate: 'door', count: 2 },
      { act: 'measure', as: 'threads', settled: false },
      { act: 'open', gate: 'door' },
    ],
    outcomes: { main: [gives('it', ANY)], 'worker#1': [gives('it', ANY)] },
    also: (record) => {
      const known = new Set(
        entriesOf(record, 'kernel').flatMap(({ reading }) => reading.threads.map(({ tid }) => tid)),
      );
      const stranger = events(record).find(({ phase, os }) => phase === 'started' && !known.has(os));
      if (stranger === undefined || known.size === 0) return undefined;
      return {
        what: `named an OS thread in event ${stranger.n} that its process does not have`,
        expected: `one of ${[...known].join(', ')}`,
        came: String(stranger.os),
      };
    },
  },
  {
    says: 'a value that would make an event longer than 4096 bytes is cut to a string that ends in …',
    section: 'event',
    advice: 'count bytes, the escapes of JSON included; only the event is cut, never the variable',
    main: [
      ...LONG.map((value, i) => ({ do: 'set' as const, label: `long-${i}`, variable: 'x', value })),
      { do: 'set', variable: 'x', value: LONG[0] ?? '' },
      { do: 'get', variable: 'x', into: 'x' },
      { do: 'when', local: 'x', is: LONG[0] ?? '', steps: [{ do: 'set', label: 'whole', variable: 'y', value: 1 }] },
    ],
    outcomes: { main: [...LONG.map((_, i) => gives(`long-${i}`, ANY)), gives('whole', 1)] },
    also: (record) => {
      const wrong = events(record).find(
        ({ label, phase, value }) =>
          phase === 'finished' && label !== 'whole' && !(typeof value === 'string' && value.endsWith('…')),
      );
      if (wrong === undefined) return undefined;
      return {
        what: `did not cut the value of “${wrong.label}”`,
        expected: 'a string that ends in …',
        came: typeof wrong.value,
      };
    },
  },
];
