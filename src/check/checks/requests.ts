import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Step } from '../../program/step';
import { MESSAGE_LIMIT } from '../../protocol/limits';
import { ALL_WORDS } from '../capability-words';
import type { Check } from '../check';
import { Complaint } from '../complaint';
import { howItEnded } from '../conversation';
import { SMALL, stillServes } from './handshake';

/** A step of each kind, for a runtime that does not declare it. */
const UNDECLARED: Readonly<Record<string, Step>> = {
  spawn: { do: 'spawn', thread: 'main' },
  join: { do: 'join', thread: 'main' },
  return: { do: 'return', value: null },
  raise: { do: 'raise', error: 'boom' },
  attempt: { do: 'attempt', steps: [] },
  compute: { do: 'compute', until: 'now' },
  call: { do: 'call', depth: 1, steps: [] },
  get: { do: 'get', variable: 'x' },
  set: { do: 'set', variable: 'x', value: 1 },
  when: { do: 'when', local: 'x', is: 1, steps: [] },
  repeat: { do: 'repeat', times: 1, steps: [] },
  until: { do: 'until', variable: 'x', is: 1, steps: [] },
  'sleep/library': { do: 'sleep', through: 'library' },
  'sleep/standard': { do: 'sleep', through: 'standard' },
  yield: { do: 'yield' },
  'wait/green': { do: 'wait', label: 'wait', gate: 'door', through: 'green' },
  'wait/raw-pipe': { do: 'wait', label: 'wait', gate: 'door', through: 'raw-pipe' },
  'touch/file': { do: 'touch', what: 'file' },
  'touch/log': { do: 'touch', what: 'log' },
  synchronized: { do: 'synchronized', name: 'lock', steps: [] },
  kill: { do: 'kill', thread: 'main' },
  timeout: { do: 'timeout', seconds: 1, steps: [] },
  'hold/early': { do: 'hold', lock: 'early', steps: [] },
  'hold/log': { do: 'hold', lock: 'log', steps: [] },
  'spawn/pool': { do: 'spawn', thread: 'main', through: 'pool' },
  'call/callback': { do: 'call', depth: 1, via: 'callback', steps: [] },
  'sleep/negative': { do: 'sleep', through: 'library', seconds: -1 },
  'connect/c-library': { do: 'connect', connection: 'c', driver: 'c-library' },
  'connect/native': { do: 'connect', connection: 'c', driver: 'native' },
  'connect/thread-pool': { do: 'connect', connection: 'c', driver: 'thread-pool' },
  'connect/connection-pool': { do: 'connect', connection: 'c', driver: 'connection-pool' },
};

/** Programs that do not fit, and what is wrong with each. */
const MISFITS: readonly [what: string, program: unknown][] = [
  ['a step that there is not', { threads: { main: { steps: [{ do: 'dance', label: 'it' }] } } }],
  ['a program without main', { threads: { other: { steps: [] } } }],
  [
    'a spawn of a green thread that is not there',
    { threads: { main: { steps: [{ do: 'spawn', thread: 'nobody' }] } } },
  ],
  ['a step that lacks a field', { threads: { main: { steps: [{ do: 'set', label: 'it', value: 1 }] } } }],
  ['a field of another type', { threads: { main: { steps: [{ do: 'set', label: 'it', variable: 7, value: 1 }] } } }],
];

export const REQUESTS: readonly Check[] = [
  {
    says: 'a method that it does not know is answered with -32601, and it goes on',
    section: 'run',
    advice: 'answer each request, whatever its method',
    async make(lab) {
      const conversation = await lab.ready();
      await conversation.refusal(conversation.request('dance'), -32601, 'an unknown method');
      await stillServes(lab, conversation);
      return undefined;
    },
  },
  {
    says: 'a line that is not JSON is answered with -32700, and what is no request with -32600',
    section: 'run',
    advice: 'answer with "id":null where no id can be told, and read on',
    async make(lab) {
      const conversation = await lab.ready();
      conversation.write('{"jsonrpc": oops\n');
      await conversation.refusal(null, -32700, 'a line that is not JSON');
      conversation.answers.length = 0;
      conversation.write('[1,2,3]\n');
      await conversation.refusal(null, -32600, 'JSON that is no request');
      await stillServes(lab, conversation);
      return undefined;
    },
  },
  {
    says: 'a program that does not fit is answered with -32602 before anything of it is run',
    section: 'run',
    advice: 'check the whole program first: src/program/program.schema.json says what fits',
    async make(lab) {
      const conversation = await lab.ready();
      for (const [what, program] of MISFITS) {
        const params = { ...lab.params(SMALL), program };
        await conversation.refusal(conversation.request('run', params), -32602, what);
      }
      if (conversation.events.length > 0)
        throw new Complaint({ what: 'ran a part of a program that it refused', expected: 'no event', came: 'events' });
      await stillServes(lab, conversation);
      return undefined;
    },
  },
  {
    says: 'a step whose word it does not declare is answered with -32602',
    section: 'run',
    advice: 'hold each step of a program against your own capabilities before you run it',
    async make(lab) {
      const lacking = [...ALL_WORDS].filter(
        (word) => UNDECLARED[word] !== undefined && !lab.known.identity.capabilities.includes(word),
      );
      if (lacking.length === 0) return 'it declares every step';
      const conversation = await lab.ready();
      for (const word of lacking) {
        const steps = [UNDECLARED[word]];
        const params = { ...lab.params(SMALL), program: { threads: { main: { steps } } } };
        // One that computes all the same is to come to an end.
        writeFileSync(join(params.folder, 'flag-now'), '');
        await conversation.refusal(conversation.request('run', params), -32602, `a program with ${word}`);
      }
      return `not declared: ${lacking.join(', ')}`;
    },
  },
  {
    says: 'it takes a message of nearly 1 MiB',
    section: 'channel',
    advice: 'read until LF, in as many pieces as it takes',
    async make(lab) {
      const conversation = await lab.ready();
      const value = 'x'.repeat(1000);
      const steps = Array.from({ length: 950 }, () => ({ do: 'set' as const, variable: 'x', value }));
      const id = conversation.request('run', lab.params({ threads: { main: { steps } } }));
      await conversation.result(id, 'run of a program of 950 steps');
      return undefined;
    },
  },
  {
    says: 'a line of more than 1 MiB is answered with -32600, and ends it with exit code 1',
    section: 'run',
    advice: 'count the bytes that came without an LF; at more than 1 MiB answer with "id":null, and exit with 1',
    async make(lab) {
      const conversation = await lab.ready();
      conversation.write(`"${'x'.repeat(MESSAGE_LIMIT + 64 * 1024)}`);
      await conversation.refusal(null, -32600, 'a line that is too long');
      const ending = await conversation.end('a line that is too long');
      if (!('code' in ending) || ending.code !== 1)
        throw new Complaint({ what: 'ended in another way', expected: 'exit code 1', came: howItEnded(ending) });
      return undefined;
    },
  },
];
