import type { Driver } from '../../program/step';
import { span } from '../../trace/questions';
import { ANY, gives, type ProgramCheck, raises } from '../program-check';

/** What is checked of each driver that an adapter declares. */
export function databaseChecks(driver: Driver): readonly ProgramCheck[] {
  const connect = { do: 'connect', label: 'connect', connection: 'c', driver } as const;
  const query = (label: string, sql: string) => ({ do: 'query', label, connection: 'c', sql }) as const;
  return [
    {
      says: `${driver}: a query gives its rows, and null where there is no result set`,
      advice: 'rows are lists of texts, numbers and nulls; integers beyond 2^53 travel as texts; autocommit is on',
      main: [
        connect,
        query('kinds', "SELECT 1, 'é 漢 😀', NULL, -7"),
        query('big', 'SELECT 9007199254740993'),
        query('percent', "SELECT '100%', '%s', '?', ':a'"),
        query('none', 'DO 1'),
        query('empty', 'SELECT 1 FROM DUAL WHERE 1 = 0'),
        query('autocommit', 'SELECT @@autocommit'),
      ],
      outcomes: {
        main: [
          gives('connect'),
          gives('kinds', [[1, 'é 漢 😀', null, -7]]),
          gives('big', [['9007199254740993']]),
          gives('percent', [['100%', '%s', '?', ':a']]),
          gives('none'),
          gives('empty', []),
          gives('autocommit', [[1]]),
        ],
      },
    },
    {
      says: `${driver}: a query reaches the server with its comment, the nonce, the green thread and the last event in it`,
      advice:
        'send “/* greenspec NONCE THREAD N */ ” before the statement, and see that the driver leaves the comment where it is',
      main: [connect, query('it', 'SELECT info FROM information_schema.processlist WHERE id = CONNECTION_ID()')],
      outcomes: { main: [gives('connect'), gives('it', ANY)] },
      also: (record) => {
        const end = span(record, 'main', 'it');
        const rows = JSON.stringify(end?.end?.value ?? null);
        const expected = `/* greenspec ${record.nonce} main ${end?.start.n} */`;
        return rows.includes(expected) ? undefined : { what: 'sent another comment', expected, came: rows };
      },
    },
    {
      says: `${driver}: a query that waits for a lock is seen waiting by the server, and ends when it is let go`,
      advice: 'send the query to the server when the step says so, and wait for its answer however long it takes',
      main: ({ lockName }) => [
        connect,
        query('it', `SELECT GET_LOCK('${lockName}', 60)`),
        query('free', `SELECT RELEASE_LOCK('${lockName}')`),
      ],
      hold: 'advisory',
      acts: [
        { act: 'await', step: { label: 'it' }, phase: 'started', count: 1 },
        { act: 'see', lock: 'advisory', count: 1, step: { label: 'it' } },
        { act: 'release', lock: 'advisory' },
      ],
      outcomes: { main: [gives('connect'), gives('it', [[1]]), gives('free', [[1]])] },
      also: (record) =>
        record.entries.some((entry) => entry.kind === 'server' && entry.sight.outcome === 'waiting')
          ? undefined
          : {
              what: 'reported a query that the server never saw waiting',
              expected: 'a session in state User lock',
              came: 'none',
            },
    },
    {
      says: `${driver}: a query that fails raises MySQL's number, and the connection goes on`,
      advice:
        "take the server's error number (1146 here), not the driver's class: as a text in the event, as a number from attempt",
      main: [
        connect,
        { do: 'attempt', label: 'tried', steps: [query('it', 'SELECT * FROM greenspec_no_such_table')] },
        query('after', 'SELECT 2'),
      ],
      outcomes: { main: [gives('connect'), raises('it', '1146'), gives('tried', 1146), gives('after', [[2]])] },
    },
    {
      says: `${driver}: a connection that is not open, or closed, raises no-connection`,
      advice: 'look the name up in the instance that opened it, then in the program',
      main: [
        { do: 'attempt', label: 'unknown', steps: [query('first', 'SELECT 1')] },
        connect,
        { do: 'close', label: 'closed', connection: 'c' },
        { do: 'attempt', label: 'gone', steps: [query('last', 'SELECT 1')] },
      ],
      outcomes: {
        main: [
          raises('first', 'no-connection'),
          gives('unknown', 'no-connection'),
          gives('connect'),
          gives('closed'),
          raises('last', 'no-connection'),
          gives('gone', 'no-connection'),
        ],
      },
    },
  ];
}
