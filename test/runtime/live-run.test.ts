import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { test } from 'node:test';
import { TIMER_SECONDS } from '../../src/program/activities';
import { LiveRun } from '../../src/runtime/live-run';
import { waitsOf } from '../../src/runtime/starvation';
import { Gates } from '../../src/witness/gates';
import { KernelWitness } from '../../src/witness/kernel';

/** So many times the company may be heard of with no news of anybody else. */
const VOICES = 5;

/** Of a program in which the subject comes to the gate `start`. */
const WAITS = waitsOf({
  threads: {
    main: { steps: [] },
    subject: { steps: [{ do: 'wait', label: 'begin', gate: 'start', through: 'green' }] },
  },
});

/** One in whose program the subject comes to the gate `start`. */
function running(): { run: LiveRun; gates: Gates } {
  let gates: Gates | undefined;
  const run = new LiveRun({
    ...{ name: 'mine', nonce: 'n', mysql: undefined, gatePort: 0, waitToHear: undefined, callOff: () => {} },
    ...{ kernel: new KernelWitness(process.pid), looks: 1, deadline: 1000, greenThreads: 2, declaredWait: 0 },
    ...{ turning: 1000, company: [], waits: WAITS },
    makeGates: (observer) => (gates = new Gates(observer)),
  });
  return { run, gates: gates ?? assert.fail() };
}

/** Hears of a timer again and again; what comes `together` comes in one turn of the event loop. Tells whether it was called off. */
async function heard(times: number, together: boolean): Promise<boolean> {
  let calledOff = false;
  const run = new LiveRun({
    ...{ name: 'mine', nonce: 'n', makeGates: (observer) => new Gates(observer), mysql: undefined, gatePort: 0 },
    ...{ kernel: new KernelWitness(process.pid), looks: 1, deadline: 1000, greenThreads: 2, declaredWait: 0 },
    ...{ turning: VOICES * TIMER_SECONDS * 1000, company: ['timer'], waitToHear: undefined, waits: WAITS },
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

test('one that is on its way to a gate, or was let through, is owed nothing; one that waits at a closed gate is', (t) => {
  const socket = new Socket();
  socket.on('error', () => {}); // it leads nowhere, and so no token can be sent on it
  t.after(() => socket.destroy());
  const { run, gates } = running();
  const begin = { run: 'r', thread: 'subject#1', os: 1, at: 1, label: 'begin' };
  assert.equal(run.starved(), undefined);
  run.event({ ...begin, n: 1, phase: 'started' });
  assert.deepEqual(run.starved(), { thread: 'subject#1', label: 'begin' });
  gates.admit({ gate: 'start', thread: 'subject#1', n: 1, port: 1 }, socket);
  assert.equal(run.starved(), undefined);
  gates.open('start');
  assert.deepEqual(run.starved(), { thread: 'subject#1', label: 'begin' });
  run.event({ ...begin, n: 2, phase: 'finished' });
  assert.equal(run.starved(), undefined);
});
