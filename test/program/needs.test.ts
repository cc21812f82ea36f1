import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compose } from '../../src/program/compose';
import { modeOf, needsOf } from '../../src/program/needs';
import type { Program } from '../../src/program/program';
import type { Step } from '../../src/program/step';
import { everyStep, instancesOf } from '../../src/program/walk';
import { anyCast, FACTS } from './casts';

const of = (...steps: Step[]): Program => ({ threads: { main: { steps } } });

test('a step needs its word, and the kind of it where there are several', () => {
  const program = of(
    { do: 'spawn', thread: 'main' },
    { do: 'sleep', through: 'standard' },
    { do: 'sleep', through: 'library', seconds: 1 },
    { do: 'wait', label: 'w', gate: 'g', through: 'green' },
    { do: 'touch', what: 'log' },
    { do: 'connect', connection: 'c', driver: 'thread-pool' },
  );
  assert.deepEqual(needsOf({ program }), [
    'connect/thread-pool',
    'sleep/library',
    'sleep/standard',
    'spawn',
    'touch/log',
    'wait/green',
  ]);
});

test('steps inside steps count, however deep, and each word once', () => {
  const inner: Step = { do: 'when', local: 'x', is: null, steps: [{ do: 'raise', error: 'Oops' }] };
  const program = of({ do: 'repeat', times: 2, steps: [{ do: 'attempt', steps: [inner, inner] }] });
  assert.deepEqual(needsOf({ program }), ['attempt', 'raise', 'repeat', 'when']);
});

test('a mode is needed only where one is asked for', () => {
  const program = of();
  assert.deepEqual(needsOf({ program }), []);
  assert.deepEqual(needsOf({ program, patched: true }), ['patch/on']);
  assert.deepEqual(needsOf({ program, patched: false }), ['patch/off']);
  assert.deepEqual([{}, { patched: true }, { patched: false }].map(modeOf), ['patch/on', 'patch/on', 'patch/off']);
});

test('what a plan needs is in words of the protocol, and has one for every step of it', () => {
  const word =
    /^[a-z]+(\/(library|standard|green|raw-pipe|file|log|c-library|native|thread-pool|connection-pool|on|off))?$/;
  fc.assert(
    fc.property(anyCast, (cast) => {
      const plan = compose(cast, FACTS);
      const needs = needsOf(plan);
      for (const need of needs) assert.match(need, word);
      for (const { step } of everyStep(plan.program)) assert.ok(needs.some((need) => need.split('/')[0] === step.do));
    }),
  );
});

test('the instances that a program starts', () => {
  const program: Program = {
    threads: {
      main: {
        steps: [
          { do: 'spawn', thread: 'one' },
          { do: 'call', depth: 1, steps: [{ do: 'spawn', thread: 'two', count: 2 }] },
          { do: 'spawn', thread: 'two' },
        ],
      },
      one: { steps: [] },
      two: { steps: [], count: 3 },
      none: { steps: [] },
    },
  };
  assert.deepEqual(instancesOf(program, 'main'), ['main']);
  assert.deepEqual(instancesOf(program, 'one'), ['one#1']);
  assert.deepEqual(instancesOf(program, 'two'), ['two#1', 'two#2', 'two#3', 'two#4', 'two#5']);
  assert.deepEqual(instancesOf(program, 'none'), []);
});
