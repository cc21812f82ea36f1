import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { computes, waitsForBytesAlone } from '../../src/program/activities';
import { compose } from '../../src/program/compose';
import { crowd } from '../../src/program/crowds';
import { NO_FACTS } from '../../src/program/plan';
import { oneOsThread } from '../../src/trace/claims/kernel';
import { updatesLost } from '../../src/trace/claims/locking';
import { judge } from '../../src/verdict/judge';
import { kernelAvailable } from '../../src/witness/procfs';
import { cutBy, openScripted, plan, run } from './support';

const procfs = '/nowhere/proc';
const BLIND = /there is no procfs at \/nowhere\/proc/;

describe('without procfs', { concurrency: 2 }, () => {
  test('it is known that there is none', () => {
    assert.ok(kernelAvailable());
    assert.ok(!kernelAvailable(procfs));
  });

  test('what needs no kernel is judged as ever', async (t) => {
    const session = await openScripted(t, 'none', { procfs });
    const crowded = compose(
      { ready: 0, pending: 0, crowd: () => crowd(3, 'adds 1 to a shared number', { kind: 'none' }) },
      NO_FACTS,
    );
    const record = await run(session, crowded);
    assert.equal(record.end.kind, 'completed');
    assert.equal(judge(record, { says: '2 updates are lost', judge: (of) => updatesLost(of, 2) }).verdict, 'pass');
  });

  test('a reading of the kernel that there cannot be: the environment is at fault, and no claim on it is judged', async (t) => {
    const session = await openScripted(t, 'none', { procfs });
    const waiting = compose({ ready: 0, pending: 0, activity: waitsForBytesAlone }, NO_FACTS);
    const record = await run(session, waiting);
    const { party, what } = cutBy(record);
    assert.equal(party, 'environment');
    assert.match(what, BLIND);
    const result = judge(record, { says: 'all run on one OS thread', judge: oneOsThread });
    assert.equal(result.verdict, 'inconclusive');
    assert.match(result.why ?? '', BLIND);
  });

  test('whether a step holds up its OS thread cannot be seen', async (t) => {
    const session = await openScripted(t, 'none', { procfs, deadline: 500 });
    const { party, what } = cutBy(await run(session, compose({ ready: 0, pending: 0, activity: computes }, NO_FACTS)));
    assert.equal(party, 'environment');
    assert.match(what, BLIND);
  });

  test('a program that is stuck cannot be told from one that is slow', async (t) => {
    const session = await openScripted(t, 'none', { procfs, deadline: 500 });
    const record = await run(session, plan([{ do: 'wait', label: 'door', gate: 'shut', through: 'green' }]));
    const { party, what } = cutBy(record);
    assert.equal(party, 'environment');
    assert.match(what, BLIND);
  });
});
