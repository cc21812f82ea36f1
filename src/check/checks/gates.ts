import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { EventParams } from '../../protocol/messages';
import type { Check } from '../check';
import { Complaint } from '../complaint';
import type { Conversation } from '../conversation';
import type { Lab } from '../lab';
import { AT_A_GATE } from './lifetime';

/** What befalls a wait at a gate that is not as gates are. */
export const GATES: readonly Check[] = [
  {
    says: 'a gate whose connection ends before the line came raises gate-lost',
    section: 'gates',
    advice: 'an end of the connection before LF is an error with the code gate-lost, not an empty token',
    needs: ['wait/green'],
    async make(lab) {
      const conversation = await lab.ready();
      const end = await waitAt(lab, conversation, async (socket) => void socket.end('half a tok'));
      if (end.phase !== 'raised' || end.error?.code !== 'gate-lost')
        throw new Complaint({
          what: 'took half a line for a token',
          expected: '“it” raised, with code "gate-lost"',
          came: told(end),
        });
      return undefined;
    },
  },
  {
    says: 'a token that comes in pieces is read to its end',
    section: 'gates',
    advice: 'read until LF: one read may give a part of a line',
    needs: ['wait/green'],
    async make(lab) {
      const conversation = await lab.ready();
      const end = await waitAt(lab, conversation, async (socket) => {
        socket.write('first');
        await conversation.rest('rest after half a token');
        socket.end('second\n');
      });
      if (end.phase !== 'finished' || end.value !== 'firstsecond')
        throw new Complaint({ what: 'did not read the token to its end', expected: '"firstsecond"', came: told(end) });
      return undefined;
    },
  },
  {
    says: 'a gate that refuses the connection raises an error, and the run is answered',
    section: 'gates',
    advice: "report the error with the code of your runtime's own",
    needs: ['wait/green'],
    async make(lab) {
      const conversation = await lab.ready();
      // A port that was just let go of: nobody listens there.
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      const params = { ...lab.params(AT_A_GATE), gates: { host: '127.0.0.1', port } };
      await conversation.result(conversation.request('run', params), 'run');
      const end = conversation.events.at(-1);
      if (end?.phase !== 'raised')
        throw new Complaint({
          what: 'took a refusal for a token',
          expected: '“it” raised',
          came: end === undefined ? 'nothing' : told(end),
        });
      return `its code: ${end.error?.code}`;
    },
  },
];

/** Runs a wait at a gate of this check's own, which does with the one who comes as it likes; gives the wait's end. */
async function waitAt(
  lab: Lab,
  conversation: Conversation,
  welcome: (socket: Socket) => Promise<void>,
): Promise<EventParams> {
  let guest: Socket | undefined;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (hello) => {
      conversation.gave(`at the gate came: ${String(hello).trimEnd()}`);
      guest = socket;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const params = { ...lab.params(AT_A_GATE), gates: { host: '127.0.0.1', port } };
    const id = conversation.request('run', params);
    await conversation.until('a hello at the gate', () => guest !== undefined);
    if (guest !== undefined) await welcome(guest);
    conversation.gave('the connection was ended');
    await conversation.result(id, 'run');
  } finally {
    guest?.destroy();
    server.close();
  }
  const end = conversation.events.at(-1);
  if (end !== undefined) return end;
  throw new Complaint({ what: 'reported nothing of the wait', expected: '“it” raised or finished', came: 'no event' });
}

function told({ label, phase, value, error }: EventParams): string {
  return `“${label}” ${phase}${error === undefined ? ` with ${JSON.stringify(value ?? null)}` : `, with code ${JSON.stringify(error.code)}`}`;
}
