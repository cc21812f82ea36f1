import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Busyness } from '../../src/runtime/watch';
import type { ProcessReading, ThreadReading } from '../../src/trace/record';

const MILLISECOND = 1_000_000;
/** The OS thread that the step runs on. */
const OWN = 1;

/** OS threads by number, each with the milliseconds of processor time that it has used; but for the step's own they sleep. */
function reading(cpu: Record<number, number>, states: Record<number, string> = {}): ProcessReading {
  const threads = Object.entries(cpu).map(([tid, used]): ThreadReading => {
    const state = states[Number(tid)] ?? (Number(tid) === OWN ? 'R' : 'S');
    return { tid: Number(tid), name: 'thread', state, voluntarySwitches: 1, cpu: used * MILLISECOND };
  });
  return { pid: 1, threads };
}

function observed(first: ProcessReading, ...rest: ProcessReading[]): boolean[] {
  const busyness = new Busyness(OWN, first);
  return rest.map((next) => busyness.observe(next));
}

describe('the OS thread of a step is busy', () => {
  test('once it has used ten milliseconds while the others sleep', () => {
    const after = (cpu: number): ProcessReading => reading({ 1: 100 + cpu, 2: 50, 3: 0 });
    assert.deepEqual(observed(after(0), after(0), after(9.999), after(10), after(60)), [false, false, true, true]);
  });

  test('also if it is the only one', () => {
    assert.deepEqual(observed(reading({ 1: 5 }), reading({ 1: 14 }), reading({ 1: 15 })), [false, true]);
  });

  test('whatever its own state is at that moment: it may just have lost the processor', () => {
    for (const state of ['R', 'S', 'D'])
      assert.deepEqual(observed(reading({ 1: 0, 2: 0 }), reading({ 1: 10, 2: 0 }, { 1: state })), [true]);
  });

  test('not while another wants the processor, which it might only be slow to get', () => {
    for (const state of ['R', 'D', 'T', 'Z', '?'])
      assert.deepEqual(observed(reading({ 1: 0, 2: 0 }), reading({ 1: 50, 2: 0 }, { 2: state })), [false]);
    const wants = reading({ 1: 50, 2: 9 }, { 2: 'R' });
    assert.deepEqual(observed(reading({ 1: 0, 2: 0 }), wants, reading({ 1: 51, 2: 9 })), [false, true]);
  });

  test('not by what another computes: a compiler or a collector of the platform', () => {
    const beside = reading({ 1: 5, 2: 500 });
    assert.deepEqual(observed(reading({ 1: 0, 2: 0 }), beside, reading({ 1: 10, 2: 900 })), [false, true]);
  });

  test('not if it is not there, or there is no process any more', () => {
    const idle = reading({ 1: 5, 2: 5 }, { 1: 'S' });
    assert.deepEqual(observed(idle, idle, idle), [false, false]);
    assert.deepEqual(observed(idle, reading({}), reading({ 2: 500 })), [false, false]);
  });

  test('just if it has used so much since the first reading, and all others sleep in the last', () => {
    const used = fc.record({ 1: fc.nat(40), 2: fc.nat(40) });
    const states = fc.record({ 1: fc.constantFrom('R', 'S'), 2: fc.constantFrom('R', 'S') });
    fc.assert(
      fc.property(fc.array(fc.tuple(used, states), { minLength: 1, maxLength: 10 }), (steps) => {
        const [first = reading({}), ...rest] = steps.map(([cpu, state]) => reading(cpu, state));
        const expected = steps
          .slice(1)
          .map(([cpu, state]) => cpu[1] - (steps[0]?.[0][1] ?? 0) >= 10 && state[2] === 'S');
        assert.deepEqual(observed(first, ...rest), expected);
      }),
    );
  });
});
