import type { Program } from '../../program/program';
import { RunResult } from '../../protocol/messages';
import { Gates } from '../../witness/gates';
import type { Check } from '../check';
import { Complaint } from '../complaint';
import { type Conversation, howItEnded } from '../conversation';
import type { Lab } from '../lab';
import { descendants, runs } from '../rest';
import { SMALL } from './handshake';

/** `main` waits at the gate `door`. */
export const AT_A_GATE: Program = {
  threads: { main: { steps: [{ do: 'wait', label: 'it', gate: 'door', through: 'green' }] } },
};

const LEAVES_ONE: Program = {
  threads: {
    main: {
      steps: [
        { do: 'spawn', label: 'spawned', thread: 'worker' },
        { do: 'wait', label: 'it', gate: 'first', through: 'green' },
      ],
    },
    worker: {
      steps: [
        { do: 'wait', label: 'left', gate: 'door', through: 'green' },
        { do: 'set', label: 'late', variable: 'x', value: 1 },
      ],
    },
  },
};

export const LIFETIME: readonly Check[] = [
  {
    says: 'a second run in the same process starts anew',
    section: 'run',
    advice: 'make events, variables, locals and instances anew for each run, and leave nothing of them in globals',
    async make(lab) {
      const conversation = await lab.ready();
      const write: Program = { threads: { main: { steps: [{ do: 'set', label: 'it', variable: 'x', value: 9 }] } } };
      await runToEnd(lab, conversation, write);
      conversation.events.length = 0;
      const steps = ['x', 'y'].map((variable) => ({ do: 'get' as const, label: variable, variable }));
      await runToEnd(lab, conversation, { threads: { main: { steps } }, variables: { y: 5 } });
      const came = conversation.events.filter(({ phase }) => phase === 'finished').map(({ value }) => value ?? null);
      if (JSON.stringify(came) !== '[null,5]')
        throw new Complaint({
          what: 'kept something of the first run',
          expected: 'null and 5',
          came: JSON.stringify(came),
        });
      const first = conversation.events[0]?.n;
      if (first !== 1)
        throw new Complaint({ what: 'goes on counting events', expected: '"n":1', came: `"n":${first}` });
      return undefined;
    },
  },
  {
    says: 'after a run that failed in each of the ways there are, it runs the next',
    section: 'lifetime',
    advice: 'let no error of a program out of the run that it belongs to',
    needs: ['raise'],
    async make(lab) {
      const conversation = await lab.ready();
      await runToEnd(lab, conversation, {
        threads: { main: { steps: [{ do: 'raise', label: 'oops', error: 'boom' }] } },
      });
      await runToEnd(lab, conversation, { threads: { main: { steps: [{ do: 'raise', error: 'boom' }] } } });
      const misfit = { ...lab.params(SMALL), program: { threads: {} } };
      await conversation.refusal(conversation.request('run', misfit), -32602, 'a program without main');
      await runToEnd(lab, conversation, SMALL);
      return undefined;
    },
  },
  {
    says: 'green threads that are left over are counted, and report nothing after the answer',
    section: 'run',
    advice: 'answer when main has ended, wait for nobody else, and write no event after that',
    needs: ['spawn', 'wait/green'],
    async make(lab) {
      const conversation = await lab.ready();
      const params = lab.params(LEAVES_ONE);
      const gates = new Gates({
        arrived: ({ thread, gate }) => conversation.gave(`${thread} came to the gate ${gate}`),
        opened: ({ thread, gate }) => conversation.gave(`${thread} was let through the gate ${gate}`),
      });
      const server = lab.equipment.gates;
      server.enter(params.nonce, gates);
      try {
        const id = conversation.request('run', params);
        await conversation.until(
          'both green threads at their gates',
          () => gates.waiting('first').length + gates.waiting('door').length === 2,
        );
        gates.open('first');
        const result = lab.parsed(RunResult, 'run', await conversation.result(id, 'run'));
        if (result.unfinished !== 1)
          throw new Complaint({
            what: 'counts those who are left over wrongly',
            expected: '"unfinished":1',
            came: `"unfinished":${result.unfinished}`,
          });
        const told = conversation.events.length;
        gates.open('door');
        await conversation.rest('rest after the gate was opened');
        if (conversation.events.length > told)
          throw new Complaint({
            what: 'reported an event after the answer to run',
            expected: 'nothing',
            came: JSON.stringify(conversation.events[told]),
          });
        return undefined;
      } finally {
        server.leave(params.nonce);
      }
    },
  },
  {
    says: 'shutdown is answered with {}, and ends it with exit code 0',
    section: 'shutdown',
    advice: 'write the answer, then exit at once: wait for no thread that is left over',
    async make(lab) {
      const conversation = await lab.ready();
      await runToEnd(lab, conversation, SMALL);
      const result = await conversation.result(conversation.request('shutdown'), 'shutdown');
      if (JSON.stringify(result) !== '{}')
        throw new Complaint({
          what: 'answered shutdown with something else',
          expected: '{}',
          came: JSON.stringify(result),
        });
      await endsWell(conversation, 'shutdown');
      return undefined;
    },
  },
  {
    says: 'the end of input ends it with exit code 0, and without a word',
    section: 'shutdown',
    advice: 'exit with 0 when reading standard input gives its end',
    async make(lab) {
      const conversation = await lab.ready();
      const answers = conversation.answers.length;
      conversation.endInput();
      await endsWell(conversation, 'the end of input');
      if (conversation.answers.length > answers)
        throw new Complaint({
          what: 'answered what nobody asked',
          expected: 'nothing',
          came: JSON.stringify(conversation.answers.at(-1)),
        });
      return undefined;
    },
  },
  {
    says: 'what it has started ends with it, also when it is killed in the midst of a run',
    section: 'lifetime',
    advice: 'start processes, if you must, in the process group that you are in: greenspec ends the group',
    needs: ['wait/green'],
    async make(lab) {
      const conversation = await lab.ready();
      const { nonce, ...params } = lab.params(AT_A_GATE);
      const gates = new Gates({ arrived: () => conversation.gave('main came to the gate door'), opened: () => {} });
      lab.equipment.gates.enter(nonce, gates);
      try {
        conversation.request('run', { nonce, ...params });
        await conversation.until('main at its gate', () => gates.waiting('door').length > 0);
        const started = descendants(conversation.pid, lab.equipment.procfs);
        await conversation.kill();
        const left = started.filter((pid) => runs(pid, lab.equipment.procfs));
        for (const pid of left) process.kill(pid, 'SIGKILL');
        if (left.length > 0)
          throw new Complaint({
            what: 'left a process behind',
            expected: 'none',
            came: `process ${left.join(', ')}, in another process group`,
          });
        return started.length === 0 ? undefined : `it had started ${started.length}`;
      } finally {
        lab.equipment.gates.leave(nonce);
      }
    },
  },
];

/** Runs a program that needs nothing of the harness to its end. */
export async function runToEnd(lab: Lab, conversation: Conversation, program: Program): Promise<RunResult> {
  const result = await conversation.result(conversation.request('run', lab.params(program)), 'run');
  return lab.parsed(RunResult, 'run', result);
}

async function endsWell(conversation: Conversation, after: string): Promise<void> {
  const ending = await conversation.end(after);
  if ('code' in ending && ending.code === 0) return;
  throw new Complaint({
    what: `ended in another way after ${after}`,
    expected: 'exit code 0',
    came: howItEnded(ending),
  });
}
