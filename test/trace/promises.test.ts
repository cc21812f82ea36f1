import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Program } from '../../src/program/program';
import type { Step } from '../../src/program/step';
import { brokenPromises, neverRan, waits } from '../../src/trace/promises';
import { edit, record } from './record';

const wait = (gate: string, through: 'green' | 'raw-pipe' = 'green'): Step => ({
  do: 'wait',
  label: gate,
  gate,
  through,
});
const program: Program = {
  threads: {
    main: {
      steps: [
        { do: 'spawn', thread: 'one', count: 2 },
        { do: 'spawn', thread: 'silent', count: 2 },
        { do: 'join', label: 'end', thread: 'one' },
      ],
    },
    one: { steps: [wait('a'), wait('pipe', 'raw-pipe')] },
    silent: { steps: [{ do: 'sleep', through: 'library', seconds: 0 }] },
  },
};
const trace = `
  main end started
  one#1 a started
  one#2 a started
  * arrived a one#1
  * arrived a one#2
  * opened a one#1 t-1
  * opened a one#2 t-2
  one#1 a finished "t-1"
  one#2 a finished "t-2"
  one#1 pipe started
  * filled pipe t-pipe
  one#1 pipe finished "t-pipe"
  main end finished`;
const of = (lines: string) => record({ program }, lines);
const broken = (lines: string): string[] => brokenPromises(of(lines)).map(({ why }) => why);

describe('a promise is kept', () => {
  test('where joins come back last, and waits with what was sent', () => {
    assert.deepEqual(broken(trace), []);
    const again = 'one#1 a started\n* arrived a one#1\n* opened a one#1 t-3\none#1 a finished "t-3"\nmain end finished';
    assert.deepEqual(broken(edit(trace, ['main end finished', again])), []);
  });

  test('where a wait or a join raises, or never comes back: that is another matter', () => {
    const raised = edit(
      trace,
      ['one#1 a finished "t-1"', 'one#1 a raised gate-lost'],
      ['one#1 pipe finished "t-pipe"', 'one#1 pipe raised EIO'],
      ['main end finished', 'main end raised Oops'],
    );
    assert.deepEqual(broken(`${raised}\none#2 pipe started`), []);
    assert.deepEqual(broken(edit(trace, ['one#1 a finished "t-1"', ''], ['main end finished', ''])), []);
  });
});

describe('a promise is broken', () => {
  test('by a join that comes back while one of those goes on', () => {
    const why = 'main was told at end that one had ended, and one#2 went on';
    assert.deepEqual(broken(`${trace}\none#2 pipe started`), [why]);
    assert.deepEqual(brokenPromises(of(`${trace}\none#2 pipe started`))[0]?.against, [8, 9]);
  });

  test("by a wait that gives another's token, or one that nobody sent", () => {
    const swapped = edit(
      trace,
      ['one#1 a finished "t-1"', 'one#1 a finished "t-2"'],
      ['one#2 a finished "t-2"', 'one#2 a finished'],
    );
    assert.deepEqual(broken(swapped), [
      'one#1 was given what was sent to one#2 at the gate a, and t-1 was sent',
      'one#2 was given null at the gate a, and t-2 was sent',
    ]);
    const early = edit(trace, ['* opened a one#1 t-1', '']);
    assert.deepEqual(broken(early), ['one#1 was given "t-1" at the gate a, and nothing was sent']);
  });

  test('by a read from a pipe that gives something else than what was written, or before anything was', () => {
    for (const [value, came] of [
      ['"t-1"', '"t-1"'],
      ['""', '""'],
      ['null', 'null'],
    ]) {
      const other = edit(trace, ['one#1 pipe finished "t-pipe"', `one#1 pipe finished ${value}`]);
      assert.deepEqual(broken(other), [`one#1 read ${came}, and t-pipe was written`]);
    }
    const early = edit(trace, ['* filled pipe t-pipe', ''], ['one#1 pipe finished "t-pipe"', 'one#1 pipe finished ""']);
    assert.deepEqual(broken(early), ['one#1 read "", and nothing was written']);
    assert.deepEqual(brokenPromises(of(early))[0]?.against, [7]);
  });
});

test('a wait that goes through no gate is none', () => {
  assert.deepEqual(
    waits(of(trace)).map(({ span: { thread }, gate }) => `${thread} ${gate}`),
    ['one#1 a', 'one#2 a'],
  );
});

test('who has something to report and reports nothing never ran', () => {
  assert.deepEqual(neverRan(of(trace)), []);
  assert.deepEqual(neverRan(of('main end started\none#1 a started')), ['one#2']);
});
