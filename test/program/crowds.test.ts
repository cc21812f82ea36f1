import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compose } from '../../src/program/compose';
import {
  comingBack,
  crowd,
  gathering,
  isMember,
  type Locking,
  memberName,
  SECTION,
  taskNames,
} from '../../src/program/crowds';
import type { Step } from '../../src/program/step';
import { everyStep, instancesOf } from '../../src/program/walk';
import { FACTS } from './casts';

function locksOf(locking: Locking): string[] {
  const { threads } = crowd(3, 'switches inside', locking);
  const steps = Object.values(threads).flatMap((thread) => thread.steps);
  return steps.flatMap((step: Step) => (step.do === 'synchronized' ? [step.name] : []));
}

describe('the members of a crowd', () => {
  test('do their task under no lock, under one, or each under its own', () => {
    assert.deepEqual(locksOf({ kind: 'none' }), []);
    assert.deepEqual(locksOf({ kind: 'one', name: 'till' }), ['till', 'till', 'till']);
    assert.equal(new Set(locksOf({ kind: 'own' })).size, 3);
  });

  test('each take the lock at a place of their own, so that one that locks each call site apart excludes nobody', () => {
    const { threads } = crowd(3, 'switches inside', { kind: 'one', name: 'till' });
    assert.deepEqual(
      Object.values(threads).map(({ steps, count }) => [steps.length, count]),
      [
        [1, undefined],
        [1, undefined],
        [1, undefined],
      ],
    );
    assert.deepEqual(Object.keys(threads), [0, 1, 2].map(memberName));
  });

  test('have their task whole inside one section, and a gate in its middle', () => {
    for (const task of taskNames)
      for (const locking of [{ kind: 'none' }, { kind: 'own' }, { kind: 'one', name: 'till' }] as const) {
        const [member] = Object.values(crowd(2, task, locking).threads);
        assert.deepEqual(
          member?.steps.map(({ label }) => label),
          [SECTION],
        );
        const [section] = member?.steps ?? [];
        const inside = section !== undefined && 'steps' in section ? section.steps : [];
        const gate = inside.findIndex((step) => step.do === 'wait');
        assert.ok(gate > 0 && gate < inside.length - 1, `${task}: the gate is step ${gate} of ${inside.length}`);
        assert.ok(
          inside.at(-1)?.label !== undefined || inside.at(-1)?.do === 'when',
          'it says that it is still inside',
        );
      }
  });

  test('come back to the same lock, and stand at a gate of its own each time', () => {
    const { threads, acts } = comingBack(2, 'till');
    for (const { steps } of Object.values(threads)) {
      assert.ok(steps.every((step) => step.do === 'synchronized' && step.name === 'till' && step.label === SECTION));
      const gates = steps.flatMap((step) => ('steps' in step ? step.steps : [])).map(({ label }) => label);
      assert.deepEqual(gates, ['between', 'again']);
    }
    assert.deepEqual(
      acts.map((act) => act.act),
      ['gather', 'open', 'gather', 'open'],
    );
  });

  test('are told from others by their names', () => {
    assert.ok([0, 9, 99].map(memberName).every(isMember));
    assert.ok(!['clerk', 'clerks1', 'subject', 'main', 'clerk1#1'].some(isMember));
  });
});

test('who gathers is there as often as was said, and has one turn', () => {
  const { program } = compose({ ready: 0, pending: 0, crowd: () => gathering(10) }, FACTS);
  assert.equal(instancesOf(program, memberName(0)).length, 10);
  assert.equal(everyStep(program).filter(({ thread }) => isMember(thread)).length, 1);
});
