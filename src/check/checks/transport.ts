import type { Program } from '../../program/program';
import { RunResult } from '../../protocol/messages';
import { Gates } from '../../witness/gates';
import type { Check } from '../check';
import { Complaint } from '../complaint';
import { type Conversation, howItEnded } from '../conversation';
import { AT_A_GATE } from './lifetime';

const TEXT = 'é 漢 😀';
const TEXTUAL: Program = { threads: { main: { steps: [{ do: 'set', label: 'it', variable: 'x', value: TEXT }] } } };

/** So many events that they fit in no buffer of the operating system's. */
const MANY = 6000;

/** Looks without reading, of some milliseconds each: enough for an adapter to fill what buffers there are. No verdict rests on it. */
const UNREAD_LOOKS = 100;

/** The way there is broken on purpose. */
export const TRANSPORT: readonly Check[] = [
  {
    says: 'a request that comes in pieces is put together, also where a character is cut',
    section: 'channel',
    advice: 'gather bytes until LF, and only then read them as UTF-8',
    async make(lab) {
      const conversation = await lab.ready();
      const id = conversation.nextId();
      const request = JSON.stringify({ jsonrpc: '2.0', id, method: 'run', params: lab.params(TEXTUAL) });
      const bytes = Buffer.from(`${request}\n`);
      const inCharacter = bytes.indexOf(Buffer.from('漢')) + 1;
      let from = 0;
      for (const to of [1, inCharacter, inCharacter + 1, bytes.length - 1, bytes.length]) {
        conversation.piece(bytes.subarray(from, to));
        from = to;
        await conversation.rest('rest after a piece of a request');
      }
      await conversation.result(id, 'run');
      gaveText(conversation);
      return undefined;
    },
  },
  {
    says: 'requests that come in one piece are answered one after the other',
    section: 'channel',
    advice: 'look for a further line in what has been read before you read on',
    async make(lab) {
      const conversation = await lab.ready();
      conversation.answers.length = 0;
      const ids = [conversation.nextId(), conversation.nextId(), conversation.nextId()] as const;
      const lines = ['dance', 'sing', 'shutdown'].map((method, i) =>
        JSON.stringify({ jsonrpc: '2.0', id: ids[i], method }),
      );
      conversation.write(`${lines.join('\n')}\n`);
      await conversation.end('shutdown');
      const answered = conversation.answers.map(({ id }) => id);
      if (JSON.stringify(answered) !== JSON.stringify(ids))
        throw new Complaint({
          what: 'did not answer each',
          expected: `answers to ${ids.join(', ')}`,
          came: answered.join(', ') || 'none',
        });
      return undefined;
    },
  },
  {
    says: 'spaces, escapes and another order of fields change nothing',
    section: 'channel',
    advice: 'read requests with a JSON library, never by their looks',
    async make(lab) {
      const conversation = await lab.ready();
      const id = conversation.nextId();
      const params = spaced(JSON.stringify(lab.params(TEXTUAL)));
      conversation.write(`{ "params": ${params} , "method" : "run", "id": ${id}, "jsonrpc" :"2.0" }\n`);
      await conversation.result(id, 'run');
      gaveText(conversation);
      return undefined;
    },
  },
  {
    says: 'a harness that reads slowly loses nothing, and gets all in order',
    section: 'event',
    advice: 'let a write wait until there is room: neither drop what does not fit nor write a part of a line',
    needs: ['repeat'],
    async make(lab) {
      const conversation = await lab.ready();
      conversation.stopReading();
      const steps = [
        {
          do: 'repeat' as const,
          times: MANY / 2,
          steps: [{ do: 'set' as const, label: 'it', variable: 'x', value: 1 }],
        },
      ];
      const id = conversation.request('run', lab.params({ threads: { main: { steps } } }));
      await conversation.pass(UNREAD_LOOKS);
      conversation.readOn();
      const { events } = lab.parsed(RunResult, 'run', await conversation.result(id, 'run'));
      const numbers = conversation.events.map(({ n }) => n);
      const wrong = numbers.findIndex((n, i) => n !== i + 1);
      if (events !== MANY || numbers.length !== MANY || wrong >= 0)
        throw new Complaint({
          what: 'lost events, or mixed them up',
          expected: `${MANY} events, numbered one after the other`,
          came: `${numbers.length}, ${events} by its own count${wrong < 0 ? '' : `; in place ${wrong + 1} stands number ${numbers[wrong]}`}`,
        });
      return undefined;
    },
  },
  {
    says: 'the end of input in the midst of a run ends it',
    section: 'lifetime',
    advice: 'exit at the end of input, at the latest when the run is over',
    needs: ['wait/green'],
    async make(lab) {
      const conversation = await lab.ready();
      const params = lab.params(AT_A_GATE);
      const gates = new Gates({ arrived: () => conversation.gave('main came to the gate door'), opened: () => {} });
      lab.equipment.gates.enter(params.nonce, gates);
      try {
        conversation.request('run', params);
        await conversation.until('main at its gate', () => gates.waiting('door').length > 0);
        conversation.endInput();
        await conversation.rest('its end');
        const at = conversation.ending;
        if (at === undefined) gates.open('door');
        const ending = await conversation.end('the end of input');
        return `${at === undefined ? 'once the run was over' : 'at once'}, with ${howItEnded(ending)}`;
      } finally {
        lab.equipment.gates.leave(params.nonce);
      }
    },
  },
];

function gaveText(conversation: Conversation): void {
  const value = conversation.events.find(({ phase }) => phase === 'finished')?.value;
  if (value !== TEXT)
    throw new Complaint({
      what: 'gave another text',
      expected: JSON.stringify(TEXT),
      came: JSON.stringify(value ?? null),
    });
}

/** With spaces between what belongs together, and escapes for all that is not ASCII. */
function spaced(json: string): string {
  const escaped = json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return escaped.replaceAll('":', '" :\t').replaceAll(',"', ' , "');
}
