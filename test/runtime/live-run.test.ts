import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TIMER_SECONDS } from '../../src/program/activities';
import { LiveRun } from '../../src/runtime/live-run';
import { Gates } from '../../src/witness/gates';
import { KernelWitness } from '../../src/witness/kernel';

/** So many times the company may be heard of with no news of anybody else. */
const VOICES = 5;

/** Hears of a timer again and again; what comes `together` comes in one turn of the event loop. Tells whether it was called off. */
async function heard(times: number, together: boolean): Promise<boolean> {
  let calledOff = false;
  const run = new LiveRun({
    ...{ name: 'mine', nonce: 'n', makeGates: (observer) => new Gates(observer), mysql: undefined, gatePort: 0 },
    ...{ kernel: new KernelWitness(process.pid), looks: 1, deadline: 1000, greenThreads: 2, declaredWait: 0 },
    ...{ turning: VOICES * TIMER_SECONDS * 1000, company: ['timer'], waitToHear: undefined },
    callOff: () => {
      calledOff = true;
    },
  });
  for (let n = 1; n <= times; n++) {
    run.event({ run: 'r', n, thread: 'timer#1', os: 1, at: n, label: 'timer', phase: 'started' });
    if (!together) await new Promise(setImmediate);
  }
  return calledOff;
}

test('company that is heard of again and again, and nobody else, is called off', async () => {
  assert.equal(await heard(VOICES - 1, false), false);
  assert.equal(await heard(VOICES, false), true);
});

test('company that is heard of many times at once is not: the harness has not yet let others go on', async () => {
  assert.equal(await heard(20 * VOICES, true), false);
});
