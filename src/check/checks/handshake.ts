import { POOL } from '../../program/plan';
import { PROTOCOL } from '../../protocol/limits';
import { InitializeResult } from '../../protocol/messages';
import { checkConditions } from '../../runtime/conditions';
import { ALL_WORDS } from '../capability-words';
import type { Check } from '../check';
import { Complaint } from '../complaint';
import type { Conversation } from '../conversation';
import type { Known, Lab } from '../lab';
import { descendants, lookAt, threadsOf } from '../rest';

const CANNOT = -32002;

/** The first check of all: what it finds out, all others build upon. */
export const INTRODUCTION: Check = {
  says: 'it answers initialize, and says who it is',
  section: 'initialize',
  advice:
    'read a line from standard input, and write one line of JSON with the same id and a result to standard output',
  async make(lab) {
    const granted: { patch: boolean; identity: InitializeResult }[] = [];
    for (const patch of [true, false]) {
      const identity = await tryMode(lab, patch);
      if (identity !== undefined) granted.push({ patch, identity });
    }
    const [first, ...others] = granted;
    if (first === undefined)
      throw new Complaint({
        what: 'refuses both modes',
        expected: 'a result for "patch":true or for "patch":false',
        came: `error ${CANNOT} for both`,
      });
    const known: Known = { identity: first.identity, modes: [first.patch, ...others.map(({ patch }) => patch)] };
    lab.introduced(known);
    const { runtime } = first.identity;
    return `${runtime.name} ${runtime.version} on ${runtime.language.name} ${runtime.language.version}`;
  },
};

/** The kernel is asked about the process that was started: one that only starts another tells nothing. */
export const ITSELF: Check = {
  says: 'it runs a program, in the very process that greenspec has started',
  section: 'lifetime',
  advice: 'start the adapter itself: with exec in a shell script, and without npx, pipenv run and the like',
  async make(lab) {
    const conversation = await lab.ready();
    await stillServes(lab, conversation);
    const [event] = conversation.events;
    if (event === undefined)
      throw new Complaint({
        what: 'ran a program and reported nothing',
        expected: 'events',
        came: 'none',
        section: 'event',
      });
    const { procfs } = lab.equipment;
    const children = descendants(conversation.pid, procfs);
    const home = children.find((pid) => threadsOf(pid, procfs).some(({ tid }) => tid === event.os));
    if (home === undefined) return undefined;
    const expected = `process ${conversation.pid}, which greenspec has started`;
    throw new Complaint({ what: 'runs programs in a process that it has started', expected, came: `process ${home}` });
  },
};

async function tryMode(lab: Lab, patch: boolean): Promise<InitializeResult | undefined> {
  const conversation = lab.open();
  const id = conversation.request('initialize', { protocol: PROTOCOL, patch, pool: POOL });
  const answer = await conversation.answer(id, 'initialize');
  if ('error' in answer && answer.error.code === CANNOT) return undefined;
  return lab.parsed(InitializeResult, 'initialize', await conversation.result(id, 'initialize'));
}

export const HANDSHAKE: readonly Check[] = [
  {
    says: 'it declares the modes that it can be started in, and refuses others with -32002',
    section: 'initialize',
    advice: 'declare patch/on for what initialize can be asked with "patch":true, and patch/off for "patch":false',
    async make(lab) {
      const { identity, modes } = lab.known;
      const declared = [true, false].filter((patch) =>
        identity.capabilities.includes(patch ? 'patch/on' : 'patch/off'),
      );
      if (modes.length !== declared.length || !modes.every((mode) => declared.includes(mode)))
        throw new Complaint({
          what: 'declares other modes than it grants',
          expected: modes.map((mode) => (mode ? 'patch/on' : 'patch/off')).join(', '),
          came:
            declared.length === 0 ? 'neither' : declared.map((mode) => (mode ? 'patch/on' : 'patch/off')).join(', '),
        });
      return undefined;
    },
  },
  {
    says: 'it is in the mode that it was asked for, and the C library that it names is loaded',
    section: 'initialize',
    advice:
      'look whether the sleep of the standard library is yours; name the file of the C library as /proc/PID/maps shows it',
    async make(lab) {
      for (const patch of lab.known.modes) {
        const conversation = lab.open();
        const identity = await lab.greet(conversation, patch);
        lookAt(conversation.look(), (kernel) => checkConditions(identity, patch, kernel));
      }
      return undefined;
    },
  },
  {
    says: 'its capabilities are words that programs take, and it has what it declares',
    section: 'initialize',
    advice: 'spell them as the step, then / and its through, driver or what; name a driver for each connect/…',
    async make(lab) {
      const { capabilities, runtime } = lab.known.identity;
      const unknown = capabilities.filter((word) => !ALL_WORDS.has(word));
      if (unknown.length > 0)
        throw new Complaint({
          what: 'declares what no program takes',
          came: unknown.join(', '),
          expected: 'words of the protocol',
        });
      const connects = capabilities.filter((word) => word.startsWith('connect/')).map((word) => word.slice(8));
      const nameless = connects.filter((driver) => !Object.hasOwn(runtime.drivers, driver));
      if (nameless.length > 0)
        throw new Complaint({
          what: `connects by drivers that it does not name: ${nameless.join(', ')}`,
          expected: 'an entry of runtime.drivers for each',
          came: Object.keys(runtime.drivers).join(', ') || 'none',
        });
      if (connects.length > 0 && !capabilities.includes('query'))
        throw new Complaint({ what: 'connects to MySQL, and declares no query', expected: 'query', came: 'none' });
      return `${capabilities.length} capabilities`;
    },
  },
  {
    says: 'to a newer harness it answers with the version that it will speak',
    section: 'initialize',
    advice: `answer with "protocol":${PROTOCOL} where more is offered, and ignore fields that you do not know`,
    async make(lab) {
      const conversation = lab.open();
      const params = { protocol: PROTOCOL + 1, patch: lab.known.modes[0], pool: POOL, colour: 'of a later version' };
      const id = conversation.request('initialize', params);
      const { protocol } = lab.parsed(InitializeResult, 'initialize', await conversation.result(id, 'initialize'));
      if (protocol !== PROTOCOL)
        throw new Complaint({
          what: 'says that it speaks another version',
          expected: `${PROTOCOL}`,
          came: `${protocol}`,
        });
      return undefined;
    },
  },
  {
    says: 'to an older harness it answers -32001, and names the version that it knows',
    section: 'initialize',
    advice: 'compare the version that is offered with your own before anything else',
    async make(lab) {
      const conversation = lab.open();
      const params = { protocol: PROTOCOL - 1, patch: lab.known.modes[0], pool: POOL };
      const id = conversation.request('initialize', params);
      const message = await conversation.refusal(id, -32001, `initialize with "protocol":${PROTOCOL - 1}`);
      if (!message.includes(String(PROTOCOL)))
        throw new Complaint({
          what: 'does not name its version',
          expected: `a message with ${PROTOCOL} in it`,
          came: message,
        });
      return undefined;
    },
  },
  {
    says: 'run before initialize, and a second initialize, are answered with -32600',
    section: 'run',
    advice: 'keep whether initialize has been answered, and look before you do what a request asks',
    async make(lab) {
      const early = lab.open();
      const run = early.request('run', lab.params({ threads: { main: { steps: [] } } }));
      await early.refusal(run, -32600, 'run before initialize');
      const conversation = await lab.ready();
      const again = conversation.request('initialize', { protocol: PROTOCOL, patch: lab.known.modes[0], pool: POOL });
      await conversation.refusal(again, -32600, 'a second initialize');
      await stillServes(lab, conversation);
      return undefined;
    },
  },
  {
    says: 'parameters of initialize that do not fit are answered with -32602',
    section: 'run',
    advice: 'check the type of each field before you use it',
    async make(lab) {
      const conversation = lab.open();
      const id = conversation.request('initialize', { protocol: PROTOCOL, patch: 'yes', pool: POOL });
      await conversation.refusal(id, -32602, 'initialize with "patch":"yes"');
      return undefined;
    },
  },
];

/** An adapter goes on after what it has refused. */
export async function stillServes(lab: Lab, conversation: Conversation): Promise<void> {
  const id = conversation.request('run', lab.params(SMALL));
  await conversation.result(id, 'run, after what it had refused');
}

/** A program of one step that every adapter has. */
export const SMALL = {
  threads: { main: { steps: [{ do: 'set' as const, label: 'small', variable: 'x', value: 1 }] } },
};
