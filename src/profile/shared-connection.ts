import { type Act, CONNECT, type PlanFacts } from '../program/plan';
import type { GreenThread } from '../program/program';
import { heard, span } from '../trace/questions';
import type { RunRecord } from '../trace/record';
import { waitingQuery } from './database';
import type { Answer, Fact } from './fact';
import { awaits, codeRaised, gate, gathers, joins, opens, planOf, serverSightOf } from './words';

const release: Act = { act: 'release', lock: 'advisory' };

export const sharedConnection: Fact = {
  id: 'shared-connection',
  question: 'What happens to two green threads that ask on one connection at once?',
  observed:
    "On one connection of the driver in the runtime's language, a query waits at the server for a lock that the suite holds; another green thread asks for a row meanwhile. Then the suite lets go. Who gets an error, and whether each gets its own row, tells.",
  answers: {
    'the second is given an error': 'As PyMySQL on eventlet: the mistake is told, and the detail has the error.',
    'the second waits its turn': 'The driver puts them in order: to share a connection costs time, and no data.',
    'rows are mixed up': 'One is given what the other asked for, or something else yet: never share a connection.',
    'they never end': 'One of them waits for ever, with nothing to tell of it: never share a connection.',
  },
  plan: (facts) => {
    const asks = (label: string, sql: string): GreenThread['steps'] => [
      { do: 'query', label, connection: 'shared', sql },
    ];
    return planOf(
      {
        main: {
          steps: [
            { do: 'connect', label: CONNECT, connection: 'shared', driver: 'native' },
            { do: 'spawn', thread: 'first' },
            { do: 'spawn', thread: 'second' },
            ...joins('first', 'second'),
          ],
        },
        first: { steps: [gate('now'), ...asks('first', waitingQuery(facts))] },
        second: { steps: [gate('go'), ...asks('second', rowQuery(facts))] },
      },
      [
        gathers('go'),
        gathers('now'),
        opens('now'),
        awaits('first'),
        { act: 'see', lock: 'advisory', count: 1, step: { label: 'first' } },
        opens('go'),
        awaits('second'),
        // Until it is over, or the process rests: then it has asked, too.
        { act: 'see', lock: 'advisory', count: 2, step: { label: 'second' } },
        release,
      ],
      { hold: 'advisory' },
    );
  },
  answer: (record) => (serverSightOf(record)?.outcome === 'waiting' ? came(record) : undefined),
};

function rowQuery({ table, rows }: PlanFacts): string {
  return `SELECT value FROM ${table} WHERE id = ${rows[1]}`;
}

function came(record: RunRecord): Answer | undefined {
  const code = codeRaised(record, 'second', 'second');
  const first = codeRaised(record, 'first', 'first');
  const firstToo = first === undefined ? 'the first has its answer' : `the first is given ${first}`;
  if (code !== undefined) return { answer: 'the second is given an error', detail: `${code}; ${firstToo}` };
  if (record.end.kind === 'stuck') return { answer: 'they never end' };
  const second = span(record, 'second', 'second')?.end;
  if (second === undefined) return undefined;
  const released = record.entries.findIndex(({ kind }) => kind === 'released');
  const own = holds(second.value, record.challenges.rows?.[1]?.value);
  const others = span(record, 'first', 'first')?.end?.value;
  if (
    own &&
    first === undefined &&
    holds(others, record.challenges.rows?.[0]?.value) &&
    heard(record, second) > released
  )
    return { answer: 'the second waits its turn' };
  return { answer: 'rows are mixed up', detail: firstToo };
}

function holds(value: unknown, text: string | undefined): boolean {
  return text !== undefined && JSON.stringify(value ?? null).includes(text);
}
