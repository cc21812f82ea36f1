import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FACTS } from '../../src/profile/catalogue';
import { type Answer, answerOf, type Fact } from '../../src/profile/fact';
import { NO_FACTS } from '../../src/program/plan';
import type { RunRecord } from '../../src/trace/record';
import { record } from '../trace/record';

function fact(id: string): Fact {
  const found = FACTS.find((fact) => fact.id === id);
  assert.ok(found, id);
  return found;
}

/** The answer that a fact gives on a trace; a `main` that reports is part of each. */
function answer(id: string, trace: string, facts: Partial<RunRecord> = {}): Answer {
  return answerOf(fact(id), record(fact(id).plan(NO_FACTS), trace, facts));
}

/** `LABEL` of `THREAD` begun and ended. */
const step = (thread: string, label: string, value = 'null'): string =>
  `${thread} ${label} started\n${thread} ${label} finished ${value}`;
const stuck = (...at: [thread: string, label: string][]): Partial<RunRecord> => ({
  end: { kind: 'stuck', at: at.map(([thread, label]) => ({ thread, label })) },
});

const turns = (order: string): string => [...order].map((taker) => step(`taker#${taker}`, 'turn')).join('\n');
const ENDS = 'main end-of-taker started\nmain end-of-taker finished [null,null,null]';
const IT = (within: string, afterwards = ''): string => `
  main it started
  ${within}
  main it finished
  main control started
  ${afterwards}
  main control finished`;
const TURN = step('pending#1', 'turn');
const HELD = (during: string, before = ''): string => `
  main spawn-holder started
  main spawn-holder finished
  * arrived inbox messenger#1
  holder#1 held started
  holder#1 inside started
  * arrived inside holder#1
  waiter#1 asks started
  ${before}
  ${during}
  * opened inside holder#1 t1
  holder#1 inside finished "t1"
  holder#1 held finished`;
const ASKED = 'waiter#1 asks finished';

/** Of each fact, traces and what they say. */
const CASES: readonly [id: string, says: string, trace: string, facts?: Partial<RunRecord>][] = [
  [
    'child-starts',
    'at the next switch',
    [step('main', 'spawn'), step('main', 'alone'), step('child#1', 'child')].join('\n'),
  ],
  [
    'child-starts',
    'inside spawn',
    `main spawn started
     ${step('child#1', 'child')}
     main spawn finished
     ${step('main', 'alone')}`,
  ],
  [
    'child-starts',
    'before the next switch',
    `${step('main', 'spawn')}
     main alone started
     ${step('child#1', 'child')}
     main alone finished`,
  ],
  [
    'child-starts',
    'on another OS thread, at any time',
    `${step('main', 'spawn')}
     ${step('main', 'alone')}
     child#1 child started on 101
     child#1 child finished null on 101`,
  ],
  ['turn-order', 'in turn, as they were spawned', `${turns('123123123')}\n${ENDS}`],
  ['turn-order', 'in turn, in another order', `${turns('321321321')}\n${ENDS}`],
  ['turn-order', 'each to its end', `${turns('111222333')}\n${ENDS}`],
  ['turn-order', 'in no fixed order', `${turns('123321123')}\n${ENDS}`],
  ['turn-order', 'in no fixed order', `${turns('112323123')}\n${ENDS}`],
  [
    'turn-order',
    'in no fixed order',
    `${turns('12312312')}\n${step('taker#3', 'turn').replace('started', 'started on 101')}\n${ENDS}`,
  ],
  ['yields-before-bytes', '3', `* watched busy\n${step('main', 'end-of-worker')}\n${step('worker#1', 'yields', '3')}`],
  [
    'yields-before-bytes',
    'more than 5000',
    `* watched busy\n${step('main', 'end-of-worker')}\n${step('worker#1', 'all')}`,
  ],
  ['yields-before-bytes', 'none: it is served meanwhile', `* watched served\n${step('main', 'end-of-worker')}`],
  [
    'yields-before-bytes',
    'unknown',
    `* watched over\n${step('main', 'end-of-worker')}\n${step('worker#1', 'yields', '3')}`,
  ],
  [
    'overdue-timer',
    'the timer',
    `main end-of-sleeper started\nsleeper#1 nap started\n${step('worker#1', 'work')}\nworker#1 yield started\nsleeper#1 nap finished\nworker#1 yield finished`,
  ],
  [
    'overdue-timer',
    'the sleep of 0',
    `main end-of-sleeper started\nsleeper#1 nap started\n${step('worker#1', 'work')}\n${step('worker#1', 'yield')}\nsleeper#1 nap finished`,
  ],
  [
    'overdue-timer',
    'the timer, meanwhile',
    `main end-of-sleeper started\nworker#1 work started\n${step('sleeper#1', 'nap')}\nworker#1 work finished\n${step('worker#1', 'yield')}`,
  ],
  ...(['negative-sleep', 'standard-sleep-without-argument'] as const).flatMap((id): [string, string, string][] => [
    [id, 'it lets nobody run', IT('', TURN)],
    [id, 'it lets others run', IT(TURN)],
    [id, 'it raises', 'main it started\nmain it raised ValueError'],
    [id, 'unknown', IT('')],
    [id, 'unknown', IT(TURN.replace('started', 'started on 101'))],
  ]),
  ['switch-in-callback', 'yes', IT(TURN)],
  ['switch-in-callback', 'no', IT('', TURN)],
  ['switch-in-callback', 'no: it raises', 'main it started\nmain it raised error'],
  ['switch-in-callback', 'unknown', IT('', TURN.replace('started', 'started on 101'))],
  ...(['contended-log', 'early-lock'] as const).flatMap((id): [string, string, string, Partial<RunRecord>?][] => [
    [id, 'it lets others run', `${HELD('* watched served')}\n${ASKED}`],
    [id, 'it stops everybody', HELD('* watched blocked'), stuck(['waiter#1', 'asks'])],
    [id, 'it waits for nobody', HELD('* watched over', ASKED)],
    [id, 'unknown', `${HELD('* watched over')}\n${ASKED}`],
  ]),
  ...(
    [
      ['it waits for a place', '* kernel full 100:1', 'main submit finished', step('extra#1', 'extra')],
      ['it goes on, and the task waits', 'main submit finished', '* kernel full 100:1', step('extra#1', 'extra')],
      ['it goes on, and the task begins', 'main submit finished', step('extra#1', 'extra'), '* kernel full 100:1'],
      ['it is given an error', 'main submit raised RuntimeError', '* kernel full 100:1', ''],
      ['unknown', 'main submit finished', step('extra#1', 'extra'), ''],
    ] as const
  ).map(([says, ...lines]): [string, string, string] => [
    'full-pool',
    says,
    ['main submit started', ...lines].join('\n'),
  ]),
  [
    'kill-running',
    'yes, where it waits',
    `victim#1 work started\n* arrived work victim#1\nmain kill-victim started\nvictim#1 work raised GreenletExit\nmain kill-victim finished\nmain end-of-victim started\nmain end-of-victim raised killed`,
  ],
  [
    'kill-running',
    'no, it goes on',
    `victim#1 work started\n* arrived work victim#1\n${step('main', 'kill-victim')}\n* opened work victim#1 t1\nvictim#1 work finished "t1"\n${step('victim#1', 'after')}\n${step('main', 'end-of-victim')}`,
  ],
  ['kill-running', 'unknown', 'victim#1 work started\nmain kill-victim started\nmain kill-victim raised Oops'],
  [
    'lock-killed-holder',
    'it is free',
    `${step('main', 'end-of-holder')}\nnext#1 next started\nnext#1 next entered\nnext#1 next finished`,
  ],
  [
    'lock-killed-holder',
    'it stays locked',
    `${step('main', 'end-of-holder')}\nnext#1 next started`,
    stuck(['next#1', 'next']),
  ],
  [
    'lock-killed-holder',
    'the holder goes on',
    `holder#1 inside started\n* arrived inside holder#1\n* opened inside holder#1 t1\nholder#1 inside finished "t1"\n${step('main', 'end-of-holder')}`,
  ],
  ...(
    [
      ['no', 'control raised timed-out', ['subject#1 limit finished']],
      ['only when the call is over', 'control raised timed-out', ['subject#1 limit raised timed-out']],
      ['unknown', 'control finished', ['subject#1 limit finished']],
    ] as const
  ).map(([says, control, limit]): [string, string, string] => [
    'timeout-in-c-call',
    says,
    `main spawn-subject started
     subject#1 limit started
     subject#1 call started
     * outlasted whole
     * filled slow t1
     subject#1 call finished "t1"
     ${limit}
     subject#1 control started
     subject#1 ${control}`,
  ]),
  [
    'timeout-in-c-call',
    'yes',
    `main spawn-subject started
     subject#1 limit started
     subject#1 call started
     * outlasted whole
     subject#1 call raised Timeout
     subject#1 limit raised timed-out
     * filled slow t1
     subject#1 control started
     subject#1 control raised timed-out`,
  ],
  ...(['query-c-library', 'query-native', 'query-thread-pool', 'query-connection-pool'] as const).flatMap(
    (id): [string, string, string][] => [
      [id, 'it stops everybody', '* server waiting\n* watched blocked\nmain end-of-asker started'],
      [id, 'others run', '* server waiting\n* watched served\nmain end-of-asker started'],
      [id, 'unknown', '* server waiting\n* watched over\nmain end-of-asker started'],
      [id, 'unknown', '* server over\n* watched served\nmain end-of-asker started'],
    ],
  ),
  ...(
    [
      ['no', 'waiter#1 turn entered\nwaiter#1 turn finished\nholder#1 again entered'],
      ['yes', 'holder#1 again entered\nwaiter#1 turn entered\nwaiter#1 turn finished'],
      ['not seen', 'waiter#1 turn entered on 101\nwaiter#1 turn finished null on 101\nholder#1 again entered'],
    ] as const
  ).map(([says, then]): [string, string, string] => [
    'lock-barging',
    says,
    `main spawn-holder started
     holder#1 first started
     holder#1 first entered
     holder#1 held started
     * arrived held holder#1
     waiter#1 turn started
     * opened held holder#1 t-held
     holder#1 held finished "t-held"
     holder#1 first finished
     holder#1 again started
     ${then}
     holder#1 again finished`,
  ]),
  [
    'lock-barging',
    'unknown',
    `main spawn-holder started
     holder#1 first started
     holder#1 first entered
     holder#1 held started
     * arrived held holder#1
     waiter#1 turn started
     waiter#1 turn entered
     waiter#1 turn finished
     * opened held holder#1 t-held
     holder#1 held finished "t-held"
     holder#1 first finished
     holder#1 again started
     holder#1 again entered
     holder#1 again finished`,
  ],
  [
    'lock-barging',
    'not seen',
    `main spawn-holder started
     holder#1 first started
     holder#1 first entered
     holder#1 held started
     * arrived held holder#1
     waiter#1 turn started on 101
     * opened held holder#1 t-held
     holder#1 held finished "t-held"
     waiter#1 turn entered on 101
     holder#1 first finished
     waiter#1 turn finished null on 101
     holder#1 again started
     holder#1 again entered
     holder#1 again finished`,
  ],
  ...(
    [
      ['no: it waits for itself', '', stuck(['holder#1', 'inner'])],
      ['no: it raises', 'holder#1 inner raised RuntimeError', {}],
      ['yes', 'holder#1 inner entered\nholder#1 inner finished', {}],
      ['unknown', '', stuck(['main', 'end-of-holder'])],
    ] as const
  ).map(([says, then, facts]): [string, string, string, Partial<RunRecord>] => [
    'lock-reentrancy',
    says,
    `main spawn-holder started\nholder#1 outer started\nholder#1 outer entered\nholder#1 inner started\n${then}`,
    facts,
  ]),
];

/** Two queries on one connection; the first is let go between the two parts. */
const asked = (before: string, after: string): string => `
  main connect started
  first#1 first started
  * server waiting
  second#1 second started
  ${before}
  * released advisory
  ${after}`;
const ROWS = [
  { id: 1, value: 'one' },
  { id: 2, value: 'two' },
];
const SHARED: readonly [says: string, trace: string, facts?: Partial<RunRecord>][] = [
  ['the second is given an error', asked('second#1 second raised RuntimeError', 'first#1 first finished [[1,"one"]]')],
  ['the second waits its turn', asked('', 'first#1 first finished [[1,"one"]]\nsecond#1 second finished [["two"]]')],
  ['rows are mixed up', asked('', 'first#1 first finished [["two"]]\nsecond#1 second finished [[1,"one"]]')],
  ['rows are mixed up', asked('', 'first#1 first raised Oops\nsecond#1 second finished [["two"]]')],
  ['they never end', asked('', 'first#1 first finished [[1,"one"]]'), stuck(['second#1', 'second'])],
];

describe('a trace says', () => {
  for (const [id, says, trace, facts] of CASES)
    test(`of ${id}: ${says}`, () => {
      const given = answer(id, trace, facts);
      assert.equal(given.answer, says, given.detail);
      assert.equal(given.answer === 'unknown', given.detail !== undefined && says === 'unknown');
    });
  for (const [says, trace, facts] of SHARED)
    test(`of shared-connection: ${says}`, () => {
      const challenges = { rows: ROWS };
      assert.equal(answer('shared-connection', trace, { challenges, ...facts }).answer, says);
    });
});

test('every answer that a fact has is given on some trace', () => {
  const given = new Map<string, Set<string>>();
  const all = [...CASES, ...SHARED.map(([says]) => ['shared-connection', says] as const)];
  for (const [id, says] of all) given.set(id, (given.get(id) ?? new Set()).add(/^\d+$/.test(says) ? 'a number' : says));
  for (const { id, answers } of FACTS)
    assert.deepEqual(
      Object.keys(answers).filter((known) => !given.get(id)?.has(known)),
      [],
      id,
    );
});

test('what is given on a trace is one of the answers that the fact has', () => {
  for (const [id, says] of CASES)
    if (!/^(\d+|unknown)$/.test(says)) assert.ok(says in fact(id).answers, `${id}: ${says}`);
});

test('an adapter whose word is in doubt, and a run that was cut, leave a fact unknown, with the reason', () => {
  const trace = IT(TURN);
  assert.deepEqual(
    answer('negative-sleep', trace, { end: { kind: 'completed', events: 99, unfinished: 0 } }).answer,
    'unknown',
  );
  const cut = answer('negative-sleep', trace, { end: { kind: 'cut', fault: { party: 'adapter', what: 'it ended' } } });
  assert.deepEqual(cut, { answer: 'unknown', detail: 'it ended' });
});

test('each fact has an id of its own', () => {
  assert.equal(new Set(FACTS.map(({ id }) => id)).size, FACTS.length);
});
