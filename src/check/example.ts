import type { Program } from '../program/program';
import type { AdapterCommand } from '../runtime/command';
import { Gates } from '../witness/gates';
import type { Conversation } from './conversation';
import type { Lab } from './lab';
import { withLab } from './open-lab';

/** A green thread that waits at a gate, and one that raises. */
const PROGRAM: Program = {
  threads: {
    main: {
      steps: [
        { do: 'spawn', label: 'spawned', thread: 'worker' },
        { do: 'wait', label: 'let-in', gate: 'door', through: 'green', into: 'token' },
        { do: 'attempt', label: 'tried', steps: [{ do: 'join', label: 'joined', thread: 'worker' }] },
      ],
    },
    worker: { steps: [{ do: 'raise', label: 'oops', error: 'boom' }] },
  },
};

/** The protocol by example, in Markdown: what was said in a conversation with an adapter, with remarks. */
export async function writeExample(command: AdapterCommand): Promise<string> {
  return withLab(command, async (lab) => {
    const conversation = lab.open();
    const part = (title: string, remark: string): string => {
      const lines = lab.transcript.excerpt().map((line) => line.replaceAll(command.command, 'node'));
      lab.beginCheck();
      conversation.tellInto(lab.transcript);
      return `## ${title}\n\n${remark}\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
    };
    await lab.greet(conversation, true);
    const parts = [part('The handshake', HANDSHAKE)];
    await runProgram(lab, conversation);
    parts.push(part('A program', PROGRAM_REMARK));
    await conversation.answer(conversation.request('dance'), 'an unknown method');
    parts.push(part('What cannot be done', REFUSAL));
    await conversation.result(conversation.request('shutdown'), 'shutdown');
    await conversation.end('shutdown');
    parts.push(part('The end', END));
    return [INTRODUCTION, ...parts].join('\n');
  });
}

async function runProgram(lab: Lab, conversation: Conversation): Promise<void> {
  const params = lab.params(PROGRAM);
  const gates = new Gates({
    arrived: ({ thread, gate, n }) =>
      conversation.gave(`at the gate came a connection, and the line: ${params.nonce} ${gate} ${thread} ${n}`),
    opened: (_, token) => conversation.gave(`greenspec opened the gate by the line: ${token}`),
  });
  lab.equipment.gates.enter(params.nonce, gates);
  try {
    const id = conversation.request('run', params);
    await conversation.until('main at its gate', () => gates.waiting('door').length > 0);
    await conversation.rest('rest at the gate');
    gates.open('door');
    await conversation.result(id, 'run');
  } finally {
    lab.equipment.gates.leave(params.nonce);
  }
}

const INTRODUCTION = `# The protocol by example

This conversation went as it stands here, between greenspec and the adapter of its reference. \`→\` is what the adapter reads from standard
input, \`←\` what it writes to standard output, each one line; \`·\` is what happened beside. Long lines are cut.
`;

const HANDSHAKE = `The harness offers a version of the protocol, asks for a mode (with the standard library monkey-patched, or without), and says how large pools are to be. The
adapter answers with the same id: who it is, and its capabilities. A mode that there is not is answered with error -32002.`;

const PROGRAM_REMARK = `\`main\` starts, and spawns the others; the program ends when \`main\` does. Each labelled step reports that it started, then what came of it. Events are numbered in the
order in which they are written; \`os\` is the id of the OS thread, asked of the operating system at that moment. At a gate a green thread connects over the
runtime's own sockets, says who it is, with the number of its own \`started\`, and reads a line: the value of the step.`;

const REFUSAL = 'A request that cannot be served is answered with an error, and the adapter goes on.';

const END = 'It answers, and exits with 0. At the end of input it exits without an answer.';
