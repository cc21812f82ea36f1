import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Fault } from '../../src/fault/fault';
import { firstRows, gatedProgram, mostRounds, readGated } from '../../src/program/gated';
import type { Program } from '../../src/program/program';
import { Program as ProgramSchema } from '../../src/program/program';
import { smallProgramOf } from '../../src/program/small-program';
import type { Step } from '../../src/program/step';
import { stepsWithin } from '../../src/program/walk';

function program(steps: Step[], main: Step[] = [], threads: Program['threads'] = {}): Program {
  return {
    threads: { main: { steps: [{ do: 'spawn', thread: 'one', count: 2 }, ...main] }, one: { steps }, ...threads },
  };
}

const open = { do: 'connect', connection: 'db', driver: 'native' } as const;
const lock: Step = { do: 'synchronized', name: 'till', steps: [{ do: 'sleep', through: 'library' }] };
const looks: Step = { do: 'get', variable: 'number', into: 'seen' };
const acts: Step = {
  do: 'when',
  local: 'seen',
  is: null,
  steps: [{ do: 'set', variable: 'number', value: 1 }],
};

describe('a program whose orders can be explored', () => {
  it('has an instance for each green thread that main starts, and the things that these share', () => {
    const { threads, things } = smallProgramOf(program([looks, lock, acts], [{ do: 'join', thread: 'one' }]));
    assert.deepEqual(
      threads.map(({ name }) => name),
      ['one#1', 'one#2'],
    );
    assert.deepEqual(
      [...things],
      [
        ['variable number', 1],
        ['lock till', 2],
      ],
    );
  });

  for (const [what, steps, main] of [
    ['computes', [{ do: 'compute', until: 'enough' }], []],
    ['queries what all orders have in common', [open, { do: 'query', connection: 'db', sql: 'SELECT 1' }], []],
    ['queries for a row that it does not have', [open, { do: 'query', connection: 'db', sql: 'SELECT {left}' }], []],
    ['queries on a connection of another', [{ do: 'query', connection: 'db', sql: 'COMMIT' }], []],
    ['queries through the C library', [{ ...open, driver: 'c-library' }], []],
    ['takes a connection from a pool', [{ ...open, driver: 'connection-pool' }], []],
    ['sleeps by the standard library', [{ do: 'sleep', through: 'standard', seconds: 1 }], []],
    ['ends another', [{ do: 'kill', thread: 'one' }], []],
    ['is called back', [{ do: 'call', depth: 1, via: 'callback', steps: [looks] }], []],
    ['spins', [{ do: 'until', variable: 'number', is: 1, steps: [looks] }], []],
    ['waits for several', [{ do: 'join', thread: 'one' }], []],
    ['does more in main', [looks], [{ do: 'set', variable: 'number', value: 1 }]],
    ['shares what has a long name', [{ do: 'get', variable: `n${'x'.repeat(35)}` }], []],
  ] as [string, Step[], Step[]][])
    it(`is not one that ${what}`, () => {
      assert.throws(
        () => smallProgramOf(program(steps, main)),
        (error) => error instanceof Fault && error.facts.party === 'user',
      );
    });

  it('is not one of more green threads than there are letters', () => {
    assert.throws(() => smallProgramOf(program([looks], [{ do: 'spawn', thread: 'one', count: 25 }])), Fault);
  });
});

describe('a gated program', () => {
  const small = smallProgramOf(program([looks, lock, acts]));
  const written = gatedProgram(small, 3);

  it('is one that adapters take', () => {
    assert.deepEqual(ProgramSchema.parse(written), written);
  });

  it('shares nothing between rounds', () => {
    const names = (round: number): string[] =>
      [
        ...JSON.stringify(Object.entries(written.threads).filter(([name]) => name.endsWith(`.${round}`))).matchAll(
          /"(?:variable|name|gate)":"([^"]+)"/g,
        ),
      ].map(([, name = '']) => name);
    assert.ok(names(1).length > 0);
    for (const name of names(1)) assert.ok(!names(2).includes(name), name);
  });

  it('has fewer rounds the more each reports', () => {
    const rounds = (times: number): number =>
      mostRounds(smallProgramOf(program([{ do: 'repeat', times, steps: [looks, lock] }])));
    assert.equal(rounds(1), 100);
    assert.ok(rounds(50) < 15);
    assert.equal(rounds(10_000), 1);
  });

  it('has in each round rows and connections of its own, and a turn before each query', () => {
    const sql = 'UPDATE {rows} SET value = 1 WHERE id = {left}';
    const steps: Step[] = [open, { do: 'query', connection: 'db', sql }, { do: 'close', connection: 'db' }];
    const withRows = smallProgramOf(program(steps), { rows: { left: '0', right: '0' } });
    const { threads } = gatedProgram(withRows, 2, { lockName: 'none', table: 'mine', rows: [5, 6, 7, 8] });
    const sent = (name: string): unknown =>
      stepsWithin(threads[name]?.steps ?? []).flatMap((step) =>
        step.do === 'wait' ? ['turn'] : step.do === 'query' ? [`${step.connection}: ${step.sql}`] : [],
      );
    const limit = 'SET SESSION innodb_lock_wait_timeout = 2';
    assert.deepEqual(sent('b.2'), [
      ...['turn', `db.2: ${limit}`, 'turn', 'db.2: UPDATE mine SET value = 1 WHERE id = 7', 'db.2: ROLLBACK'],
    ]);
    assert.deepEqual(firstRows(withRows, 2), ['0', '0', '0', '0']);
    assert.deepEqual([...withRows.things.keys()], ['server']);
  });

  it('leaves a thread of a pool for the query that lets the others go', () => {
    const three = program([{ ...open, driver: 'thread-pool' }], [{ do: 'spawn', thread: 'one', count: 2 }]);
    assert.equal(mostRounds(smallProgramOf(three)), 1);
    assert.equal(mostRounds(smallProgramOf(program([{ ...open, driver: 'thread-pool' }]))), 3);
    assert.equal(mostRounds(smallProgramOf(program([open]))), 32);
  });

  it('tells what it was made of', () => {
    const { rounds, small: again, meanings } = readGated(written);
    assert.equal(rounds, 3);
    assert.deepEqual([...again.things.keys()], [...small.things.keys()]);
    assert.deepEqual(
      [...(meanings[1] ?? [])],
      [
        ['life', { says: 'life' }],
        ['turn', { says: 'stand' }],
        ['read-number', { says: 'read', variable: 'number', into: 'seen' }],
        ['lock-till', { says: 'lock', lock: 'till' }],
        ['turn-2', { says: 'stand' }],
        ['turn-3', { says: 'stand' }],
        ['write-number', { says: 'write', variable: 'number', basis: 'seen', because: true }],
      ],
    );
  });
});
