import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fault } from '../../src/fault/fault';
import { AdapterPool } from '../../src/runtime/pool';
import { marked, openScripted, plan, run, runs, scripted } from './support';

/** What an adapter does at its start, and what is said of it. */
const AT_START: Record<string, { what: RegExp; came: RegExp }> = {
  'hang-at initialize': { what: /did not answer initialize/, came: /nothing/ },
  'exit-at initialize': { what: /ended before it answered initialize/, came: /exit code 3[\s\S]*says goodbye/ },
  'garbage-at initialize': { what: /sent a line that is not JSON/, came: /Welcome/ },
  'misfit-at initialize': { what: /sent an answer to initialize that does not fit/, came: /runtime/ },
  'future-protocol': { what: /speaks another version of the protocol/, came: /version 2/ },
  'other-protocol': { what: /answered initialize with an error/, came: /-32001 knows version 7 alone/ },
};

describe('at the start', { concurrency: 2 }, () => {
  for (const [misbehaviour, { what, came }] of Object.entries(AT_START)) {
    test(`${misbehaviour}: the adapter is at fault`, async (t) => {
      const { command, marks } = scripted(t, misbehaviour);
      const pool = new AdapterPool(command, misbehaviour.startsWith('hang') ? 2000 : 30_000);
      const fault = await pool.take(true).then(
        () => assert.fail('it started'),
        (error: Fault) => error.facts,
      );
      assert.equal(fault.party, 'adapter');
      assert.match(fault.what, what);
      assert.match(fault.came ?? '', came);
      assert.ok(!runs(await marked(marks, 'initialize')));
      assert.deepEqual(await pool.close(), []);
    });
  }

  for (const command of ['greenspec-has-no-such-command', __filename, '/etc/passwd/adapter', '']) {
    test(`a command that is none: '${command.split('/').at(-1)}'`, async (t) => {
      const pool = new AdapterPool({ ...scripted(t).command, command }, 30_000);
      await assert.rejects(pool.take(), ({ facts }: Fault) => {
        assert.deepEqual([facts.party, facts.what], ['user', 'the adapter of scripted cannot be started']);
        return true;
      });
      assert.deepEqual(await pool.close(), []);
    });
  }

  test('a start that failed is not tried again, and everybody hears the same', async (t) => {
    const pool = new AdapterPool(scripted(t, 'exit-at initialize').command, 30_000);
    const faults = await Promise.all([1, 2, 3].map(() => pool.take(true).catch((error: unknown) => error)));
    assert.ok(faults.every((fault) => fault === faults[0]));
  });

  test('an adapter that cannot be started again: whoever wants it hears why', async (t) => {
    const session = await openScripted(t, 'exit-at restart');
    assert.equal((await run(session)).end.kind, 'cut');
    await assert.rejects(run(session), ({ facts }: Fault) => /ended before it answered initialize/.test(facts.what));
  });

  test('closing does not wait for an adapter that is still starting', async (t) => {
    const { command, marks } = scripted(t, 'hang-at initialize');
    const pool = new AdapterPool(command, 3_600_000);
    const taken = pool.take(true).catch((error: Fault) => error.facts.what);
    const pid = await marked(marks, 'initialize');
    await pool.close();
    assert.equal(await taken, 'interrupted');
    assert.ok(!runs(pid));
  });
});

/** What an adapter does at its end, and what is said of it; the runs before it stand. */
const AT_END: Record<string, RegExp | undefined> = {
  none: undefined,
  'ignores shutdown': /did not end/,
  'exit-at shutdown': /ended before it answered shutdown/,
  'garbage-at shutdown': /sent a line that is not JSON/,
};

describe('at the end', { concurrency: 2 }, () => {
  for (const [misbehaviour, what] of Object.entries(AT_END)) {
    test(misbehaviour, async (t) => {
      const session = await openScripted(t, misbehaviour);
      const { end, pid } = await run(session, plan());
      assert.equal(end.kind, 'completed');
      const faults = await session.close();
      assert.equal(faults.length, what === undefined ? 0 : 1);
      if (what !== undefined) assert.match(faults[0]?.facts.what ?? '', what);
      assert.ok(!runs(pid));
    });
  }
});
