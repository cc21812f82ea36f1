import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Fault } from '../../src/fault/fault';
import { cutBy, marked, openScripted, plan, run, runs, until } from './support';

/** What an adapter does in the midst of a run, and what is said of it. */
const IN_MID_RUN: Record<string, { what: RegExp; came: RegExp }> = {
  garbage: { what: /sent a line that is not JSON/, came: /Traceback/ },
  'half-line': { what: /ended before it answered run/, came: /exit code 5, after half a line: \{"jsonrpc"/ },
  'closed-output': { what: /closed its output, and did not end/, came: /nothing more/ },
  huge: { what: /sent a message that is too long/, came: /more than \d+ bytes/ },
  'closed-output in a step': { what: /closed its output, and did not end/, came: /nothing more/ },
  'no-answer': { what: /neither is at a step of the program nor answers run/, came: /nothing/ },
  'answer-to-nobody': { what: /sent an answer to nobody/, came: /"id":999/ },
  'event-of-another-run': { what: /sent an event of another run/, came: /run another/ },
  'long-event': { what: /sent an event that is too long/, came: /^51\d\d bytes/ },
  'deep-answer': { what: /sent an answer to run that does not fit/, came: /expected object/ },
  'misfit-at run': { what: /sent an answer to run that does not fit/, came: /events/ },
  'error-at run': { what: /answered run with an error/, came: /-32602 there is no step dance/ },
  'too-many-events': { what: /sent too many events in one run/, came: /more than 20000/ },
  'exit-at run': {
    what: /ended before it answered run/,
    came: /exit code 6\s+its log ends with:\s+the adapter says goodbye/,
  },
  'crash-at run': { what: /ended before it answered run/, came: /signal SIGSEGV/ },
};

describe('in mid-run', { concurrency: 2 }, () => {
  for (const [misbehaviour, { what, came }] of Object.entries(IN_MID_RUN)) {
    test(`${misbehaviour}: the run is cut, and the adapter is at fault`, async (t) => {
      const session = await openScripted(t, misbehaviour);
      const record = await run(session);
      const fault = cutBy(record);
      assert.equal(fault.party, 'adapter');
      assert.match(fault.what, what);
      assert.match(fault.came, came);
      await until('the process is gone', () => !runs(record.pid));
    });
  }

  test('an event nested as deep as an event can be harms nothing', async (t) => {
    const fault = cutBy(await run(await openScripted(t, 'deep-event')));
    assert.match(fault.what, /sent an event that does not fit/);
  });

  test('only the run at hand is affected: the next has a process of its own', async (t) => {
    const session = await openScripted(t, 'exit-at first run');
    const first = await run(session);
    const second = await run(session);
    assert.match(cutBy(first).what, /ended before it answered run/);
    assert.equal(second.end.kind, 'completed');
    assert.notEqual(second.pid, first.pid);
    assert.equal((await run(session)).pid, second.pid);
  });

  test('green threads that are left behind: the run stands, and the process is replaced', async (t) => {
    const session = await openScripted(t, 'leaves a thread');
    const record = await run(session);
    assert.deepEqual(record.end, { kind: 'completed', events: 0, unfinished: 1 });
    assert.ok(!runs(record.pid));
    assert.notEqual((await run(session)).pid, record.pid);
  });

  test('what breaks the protocol between two runs is told once, and then the process is replaced', async (t) => {
    const session = await openScripted(t, 'answers twice');
    const { pid, end } = await run(session);
    assert.equal(end.kind, 'completed');
    await until('the process is gone', () => !runs(pid));
    await assert.rejects(run(session), (error: Fault) => /sent an answer to nobody/.test(error.facts.what));
    assert.equal((await run(session)).end.kind, 'completed');
  });

  test('what an adapter starts ends with it', async (t) => {
    const session = await openScripted(t, 'leaves a child');
    assert.equal((await run(session)).end.kind, 'completed');
    const child = Number(readFileSync(join(session.marks, 'child'), 'utf8'));
    assert.ok(runs(child));
    assert.deepEqual(await session.close(), []);
    assert.ok(!runs(child));
  });

  test('a process that left the group and holds the output open holds up nobody', async (t) => {
    const session = await openScripted(t, 'child holds the output');
    const record = await run(session);
    process.kill(Number(readFileSync(join(session.marks, 'child'), 'utf8')));
    assert.match(cutBy(record).came, /exit code 8/);
  });
});

describe('stuck or not', { concurrency: 2 }, () => {
  test('asleep for ever with nothing owed: stuck at its step, long before the deadline', async (t) => {
    const session = await openScripted(t, 'sleep-at run', { deadline: 3_600_000 });
    const record = await run(session);
    assert.deepEqual(record.end, { kind: 'stuck', at: [{ thread: 'main', label: 'write' }] });
    assert.ok(!runs(record.pid));
  });

  test('computing for ever: nobody can tell that it never ends, so it is given up at the deadline', async (t) => {
    const session = await openScripted(t, 'compute-at run', { deadline: 1000 });
    const record = await run(session);
    const fault = cutBy(record);
    assert.match(fault.what, /had not ended after 1 s, and it could not be shown that it is stuck/);
    assert.match(fault.came, /write of main/);
    assert.ok(!runs(record.pid));
  });

  test('at a gate that is opened in no act of the plan: nothing is owed, so it is stuck there', async (t) => {
    const session = await openScripted(t, 'none');
    const record = await run(session, plan([{ do: 'wait', label: 'door', gate: 'shut', through: 'green' }]));
    assert.deepEqual(record.end, { kind: 'stuck', at: [{ thread: 'main', label: 'door' }] });
  });
});

test('Ctrl-C: a run that is open is cut, by nobody but the user, and no process is started any more', async (t) => {
  const session = await openScripted(t, 'compute-at run');
  const record = run(session, plan());
  assert.ok(runs(await marked(session.marks, 'run')));
  assert.deepEqual(await session.close(), []);
  assert.deepEqual((({ party, what }) => ({ party, what }))(cutBy(await record)), {
    party: 'user',
    what: 'interrupted',
  });
  await assert.rejects(run(session), (error: Fault) => error instanceof Fault && error.facts.what === 'interrupted');
});
