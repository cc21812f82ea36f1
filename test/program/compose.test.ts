import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as activities from '../../src/program/activities';
import { compose } from '../../src/program/compose';
import { type Act, MESSENGER, type Plan } from '../../src/program/plan';
import { Program } from '../../src/program/program';
import type { Step } from '../../src/program/step';
import { everyStep, instancesOf } from '../../src/program/walk';
import { MESSAGE_LIMIT } from '../../src/protocol/messages';
import { anyCast, FACTS } from './casts';

function each(check: (plan: Plan) => void): void {
  fc.assert(fc.property(anyCast, (cast) => check(compose(cast, FACTS))));
}

describe('every plan', () => {
  test('is a program by its schema, and short enough for a message', () => {
    each(({ program }) => {
      assert.deepEqual(Program.parse(program), program);
      assert.ok(JSON.stringify(program).length < MESSAGE_LIMIT / 2);
    });
  });

  test('names only green threads, variables and connections that it has', () => {
    each(({ program }) => {
      const places = everyStep(program);
      const connections = places.flatMap(({ step }) => (step.do === 'connect' ? [step.connection] : []));
      const uses = (step: Step): readonly [name: string | undefined, among: readonly string[]][] => [
        ['thread' in step ? step.thread : undefined, Object.keys(program.threads)],
        ['variable' in step ? step.variable : undefined, Object.keys(program.variables ?? {})],
        ['connection' in step ? step.connection : undefined, connections],
      ];
      for (const [name, among] of places.flatMap(({ step }) => uses(step)))
        assert.ok(name === undefined || among.includes(name), name);
    });
  });

  test('starts every green thread that it has, and waits for each it started', () => {
    each(({ program }) => {
      const of = (what: 'spawn' | 'join'): Set<string> =>
        new Set(everyStep(program).flatMap(({ step }) => (step.do === what ? [step.thread] : [])));
      const others = new Set(Object.keys(program.threads).filter((name) => name !== 'main'));
      assert.deepEqual(of('spawn'), others);
      assert.deepEqual(of('join'), others);
    });
  });

  test('lets the harness act only on gates, steps, flags and locks that it has', () => {
    each((plan) => {
      for (const act of plan.acts) assertKnown(act, plan);
    });
  });

  test('opens every gate at which it waits, and none before all have come that are gathered there', () => {
    each(({ program, acts }) => {
      for (const gate of gatesOf(program)) assert.ok(opens(acts, gate) >= 0, `nobody opens ${gate}`);
      for (const [i, act] of acts.entries())
        if (act.act === 'gather') assert.ok(opens(acts, act.gate) > i, `${act.gate} is open before it is gathered at`);
    });
  });

  test('awaits and gathers no more than can come', () => {
    each(({ program, acts }) => {
      for (const act of acts) {
        if (act.act === 'await') assert.ok(instancesOf(program, act.thread).length >= act.count);
        if (act.act === 'gather') assert.ok(comingTo(program, act.gate) >= act.count, `${act.count} at ${act.gate}`);
      }
    });
  });

  test('raises every flag that it computes for, and releases the lock that it holds', () => {
    each(({ program, acts, hold }) => {
      const flags = everyStep(program).flatMap(({ step }) => (step.do === 'compute' ? [step.until] : []));
      for (const flag of flags) assert.ok(acts.some((act) => act.act === 'raise' && act.flag === flag));
      const released = acts.flatMap((act) => (act.act === 'release' ? [act.lock] : []));
      assert.deepEqual(released, hold === undefined ? [] : [hold]);
    });
  });

  test('gives each step of a green thread a label of its own, except where it is repeated', () => {
    each(({ program }) => {
      const labels = everyStep(program).flatMap(({ thread, step }) =>
        step.label === undefined ? [] : [`${thread} ${step.label}`],
      );
      assert.deepEqual(labels, [...new Set(labels)]);
    });
  });
});

function assertKnown(act: Act, { program, hold }: Plan): void {
  const places = everyStep(program);
  if ('thread' in act && 'label' in act)
    assert.ok(
      places.some(({ thread, step }) => thread === act.thread && step.label === act.label),
      `${act.act} ${act.label} of ${act.thread}`,
    );
  if (act.act === 'gather' || act.act === 'open') assert.ok(gatesOf(program).has(act.gate), `${act.act} ${act.gate}`);
  if (act.act === 'raise') assert.ok(places.some(({ step }) => step.do === 'compute' && step.until === act.flag));
  if (act.act === 'release') assert.equal(act.lock, hold);
  if (act.act === 'see') assert.ok(places.some(({ step }) => step.do === 'query'));
  if (act.act === 'watch') assert.ok(gatesOf(program).has(MESSENGER.gate));
}

function gatesOf(program: Program): Set<string> {
  return new Set(everyStep(program).flatMap(({ step }) => (step.do === 'wait' ? [step.gate] : [])));
}

function opens(acts: readonly Act[], gate: string): number {
  return acts.findLastIndex((act) =>
    act.act === 'watch' ? gate === MESSENGER.gate : act.act === 'open' && act.gate === gate,
  );
}

function comingTo(program: Program, gate: string): number {
  return everyStep(program)
    .filter(({ step }) => step.do === 'wait' && step.gate === gate)
    .reduce((sum, { thread }) => sum + instancesOf(program, thread).length, 0);
}

describe('a cast', () => {
  test('that says nothing of patching leaves it open', () => {
    assert.equal(compose({ ready: 0, pending: 0 }, FACTS).patched, undefined);
    for (const patched of [true, false])
      assert.equal(compose({ ready: 0, pending: 0, patched }, FACTS).patched, patched);
  });

  test('of nobody is a messenger, and main', () => {
    assert.deepEqual(Object.keys(compose({ ready: 0, pending: 0 }, FACTS).program.threads), ['main', 'messenger']);
  });

  test('asks for no wait but the one of its activity', () => {
    const wait = (activity: () => activities.Activity): number =>
      compose({ ready: 3, pending: 0, activity }, FACTS).declaredWait;
    assert.equal(wait(activities.computes), 0);
    assert.equal(
      wait(() => activities.sleeps(0.02)),
      0.02,
    );
    assert.equal(
      wait(() => activities.sleeps(undefined)),
      0,
    );
    assert.equal(wait(() => activities.sleepsManyTimes('library 0')), 0.01);
  });

  test('reads the others just before and just after the step, and again after a wait', () => {
    const { program } = compose({ ready: 1, pending: 2, activity: activities.computes }, FACTS);
    assert.deepEqual(
      program.threads.subject?.steps.map((step) => step.label ?? step.do),
      ['start', 'before', 'spawn', 'it', 'after', 'finish', 'later'],
    );
  });
});
