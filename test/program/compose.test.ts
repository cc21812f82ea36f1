import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import * as activities from '../../src/program/activities';
import { compose, TIMER } from '../../src/program/compose';
import { type Act, CALLED_OFF, MESSENGER, type Plan, type StepName } from '../../src/program/plan';
import { Program } from '../../src/program/program';
import type { Step } from '../../src/program/step';
import { everyStep, instancesOf } from '../../src/program/walk';
import { MESSAGE_LIMIT } from '../../src/protocol/limits';
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
      for (const gate of gatesOf(program, 'green')) assert.ok(opens(acts, gate) >= 0, `nobody opens ${gate}`);
      for (const pipe of gatesOf(program, 'raw-pipe'))
        assert.ok(
          acts.some((act) => act.act === 'fill' && act.pipe === pipe),
          `nobody fills ${pipe}`,
        );
      for (const [i, act] of acts.entries())
        if (act.act === 'gather') assert.ok(opens(acts, act.gate) > i, `${act.gate} is open before it is gathered at`);
    });
  });

  test('awaits and gathers no more than can come', () => {
    each(({ program, acts }) => {
      for (const act of acts) {
        if (act.act === 'await') assert.ok(timesOf(program, act.step) >= act.count);
        if (act.act === 'gather') assert.ok(comingTo(program, act.gate) >= act.count, `${act.count} at ${act.gate}`);
      }
    });
  });

  test('raises every flag that ends a step, and releases the lock that it holds', () => {
    each(({ program, acts, hold }) => {
      const flags = everyStep(program).flatMap(({ step }) => flagOf(step));
      for (const flag of flags) assert.ok(acts.some((act) => act.act === 'raise' && act.flag === flag));
      const released = acts.flatMap((act) => (act.act === 'release' ? [act.lock] : []));
      assert.deepEqual(released, hold === undefined ? [] : [hold]);
    });
  });

  test('gives a label in a green thread to one step, or to several that do the same one after the other', () => {
    each(({ program }) => {
      const kinds = new Map<string, string>();
      for (const { thread, step } of everyStep(program)) {
        if (step.label === undefined) continue;
        const key = `${thread} ${step.label}`;
        assert.equal(kinds.get(key) ?? step.do, step.do, key);
        kinds.set(key, step.do);
        if ('steps' in step) assert.ok(!step.steps.some(({ label }) => label === step.label), `${key} in itself`);
      }
    });
  });

  test('lets time pass only where a timer is to fall due', () => {
    each(({ program, acts }) => {
      assert.ok(acts.every(({ act }) => act !== 'outlast') || TIMER in program.threads);
    });
  });
});

function assertKnown(act: Act, { program, hold }: Plan): void {
  const places = everyStep(program);
  if ('step' in act) assert.ok(timesOf(program, act.step) > 0, `${act.act} ${act.step.label}`);
  if (act.act === 'gather' || act.act === 'open')
    assert.ok(gatesOf(program, 'green').has(act.gate), `${act.act} ${act.gate}`);
  if (act.act === 'fill') assert.ok(gatesOf(program, 'raw-pipe').has(act.pipe), act.pipe);
  if (act.act === 'raise') assert.ok(places.some(({ step }) => flagOf(step).includes(act.flag)));
  if (act.act === 'release') assert.equal(act.lock, hold);
  if (act.act === 'see') assert.ok(places.some(({ step }) => step.do === 'query'));
  if (act.act === 'watch') assert.ok(gatesOf(program, 'green').has(MESSENGER.gate));
}

/** The flag that ends a step; the one that calls company off is raised by no act. */
function flagOf(step: Step): string[] {
  if (step.do === 'compute') return [step.until];
  return step.do === 'until' && step.unless !== undefined && step.unless !== CALLED_OFF ? [step.unless] : [];
}

/** How often a step may begin, not counting that it may be repeated. */
function timesOf(program: Program, { thread, label }: StepName): number {
  return everyStep(program)
    .filter((place) => place.step.label === label && (thread === undefined || place.thread === thread))
    .reduce((sum, place) => sum + instancesOf(program, place.thread).length, 0);
}

function gatesOf(program: Program, through: 'green' | 'raw-pipe'): Set<string> {
  const waits = everyStep(program).flatMap(({ step }) => (step.do === 'wait' ? [step] : []));
  return new Set(waits.filter((step) => step.through === through).map(({ gate }) => gate));
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

  test('has those who are always ready yield by the call for that, and sleep for 0 where there is none', () => {
    const turns = (yields?: boolean): Set<string> => {
      const ready = compose({ ready: 1, pending: 1, ...(yields === undefined ? {} : { yields }) }, FACTS).program
        .threads.ready;
      return new Set(
        (ready?.steps ?? []).flatMap((step) => ('steps' in step ? step.steps.map(({ do: word }) => word) : [])),
      );
    };
    assert.deepEqual(turns(), new Set(['get', 'set', 'sleep']));
    assert.deepEqual(turns(false), turns());
    assert.deepEqual(turns(true), new Set(['get', 'set', 'yield']));
  });

  test('of nobody is a messenger, and main', () => {
    assert.deepEqual(Object.keys(compose({ ready: 0, pending: 0 }, FACTS).program.threads), ['main', 'messenger']);
  });

  test('asks for no wait but the one of its activity, and for one of its timer', () => {
    const wait = (activity: () => activities.Activity, timer = false): number =>
      compose({ ready: 3, pending: 0, timer, activity }, FACTS).declaredWait;
    assert.equal(wait(activities.computes), 0);
    assert.equal(
      wait(() => activities.sleeps(0.02)),
      0.02,
    );
    assert.equal(
      wait(() => activities.sleeps(undefined)),
      0,
    );
    assert.equal(
      wait(() => activities.sleepsManyTimes('library 0')),
      0.05,
    );
    assert.equal(wait(activities.computes, true), activities.TIMER_SECONDS);
  });

  test('reads the others just before and just after the step, and again after a wait', () => {
    const { program } = compose({ ready: 1, pending: 2, activity: activities.computes }, FACTS);
    assert.deepEqual(
      program.threads.subject?.steps.map((step) => step.label ?? step.do),
      ['start', 'before', 'spawn', 'it', 'after', 'finish', 'later'],
    );
  });
});
