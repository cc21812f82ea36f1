import { type Act, CONNECT, MESSENGER, type Plan, type PlanFacts } from '../program/plan';
import type { Driver } from '../program/step';
import type { RunRecord } from '../trace/record';
import { type Answer, type Fact, UNKNOWN } from './fact';
import { awaits, gate, gathers, messenger, opens, planOf, serverSightOf, sightOf } from './words';

const WAYS: Readonly<Record<Driver, string>> = {
  'c-library': 'a C library',
  native: "a driver in the runtime's language",
  'thread-pool': 'a C library in a pool of OS threads',
  'connection-pool': 'a pool of connections',
};

const BLOCKING = {
  'it stops everybody': 'No green thread runs until the server has answered.',
  'others run': 'Only the one that asked waits: what others change meanwhile has changed when it goes on.',
} as const;

/** Asks for a lock that the suite holds, and gives a value that only the server knows. */
export function waitingQuery({ lockName, table, rows: [row] }: PlanFacts): string {
  return `SELECT GET_LOCK('${lockName}', 50), (SELECT value FROM ${table} WHERE id = ${row})`;
}

/** Whether others run while a query of a driver's waits. */
function queryBlocks(driver: Driver): Fact {
  return {
    id: `query-${driver}`,
    question: `Who runs while a query through ${WAYS[driver]} waits?`,
    observed:
      'A query waits at the server for a lock that the suite holds, as the server shows. A byte is sent to a green thread meanwhile: either it is served, or the kernel shows it unread while the whole process sleeps.',
    answers: BLOCKING,
    plan: (facts) => planOfQuery(driver, facts),
    answer: (record) => (serverSightOf(record)?.outcome === 'waiting' ? whoRan(record) : undefined),
  };
}

function planOfQuery(driver: Driver, facts: PlanFacts): Plan {
  const acts: Act[] = [
    gathers(MESSENGER.gate),
    gathers('go'),
    opens('go'),
    awaits('query'),
    { act: 'see', lock: 'advisory', count: 1, step: { label: 'query' } },
    { act: 'watch', step: { label: 'query' } },
    { act: 'release', lock: 'advisory' },
    opens(MESSENGER.gate),
  ];
  const asker = {
    steps: [
      { do: 'connect' as const, label: CONNECT, connection: 'db', driver },
      gate('go'),
      { do: 'query' as const, label: 'query', connection: 'db', sql: waitingQuery(facts) },
    ],
  };
  return planOf({ [MESSENGER.thread]: messenger, asker }, acts, { hold: 'advisory' });
}

export function whoRan(record: RunRecord): Answer | undefined {
  switch (sightOf(record)?.outcome) {
    case 'served':
      return { answer: 'others run' };
    case 'blocked':
    case 'busy':
      return { answer: 'it stops everybody' };
    case 'over':
      return { answer: UNKNOWN, detail: 'the call was over before it could be seen who ran' };
    case undefined:
      return undefined;
  }
}

export const queries: readonly Fact[] = [
  queryBlocks('c-library'),
  queryBlocks('native'),
  queryBlocks('thread-pool'),
  queryBlocks('connection-pool'),
];
