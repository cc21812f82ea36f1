import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { computes, waitsForBytesAlone } from '../../src/program/activities';
import { compose } from '../../src/program/compose';
import { NO_FACTS } from '../../src/program/plan';
import { ROOT } from '../../src/project';
import type { AdapterCommand } from '../../src/runtime/command';
import { openSession, type Session } from '../../src/session/session';
import { oneOsThread, osThread } from '../../src/trace/claims/kernel';
import { entriesOf, events } from '../../src/trace/questions';
import { judge } from '../../src/verdict/judge';
import { namespacesCanBeMade, WHY_NOT } from '../witness/namespaces';
import { cutBy, NO_DATABASE, plan, run, runs, until } from './support';

/** Milliseconds: far longer than a process must be seen asleep to be called quiescent. */
const DELAY = 150;
const SLOW_CAT = join(__dirname, 'fixtures', 'slow-cat.js');
const ADAPTER = ['--require', join(ROOT, 'bin', 'register.js'), join(ROOT, 'reference-impl', 'adapter.ts')];

/** The reference in a namespace of its own, whose input and output others hand on, and slowly: as a container engine does. */
function relayed(passesMark = true): AdapterCommand {
  const apart = `${passesMark ? '' : 'env -u GREENSPEC_PROCESS '}unshare --pid --fork --mount-proc --kill-child -- "$0" "$@"`;
  const slowly = `"$0" ${SLOW_CAT} ${DELAY}`;
  const script = `${slowly} | ${apart} | ${slowly}`;
  return { name: 'relayed', command: 'sh', args: ['-c', script, process.execPath, ...ADAPTER], cwd: ROOT };
}

async function open(t: TestContext, command = relayed()): Promise<Session> {
  const session = await openSession(command, NO_DATABASE, {});
  t.after(() => session.close());
  return session;
}

if (!namespacesCanBeMade()) console.log(WHY_NOT);
else
  describe('an adapter elsewhere, whose words are long on their way', { concurrency: 2 }, () => {
    test('is stuck only where all is heard that it has said', async (t) => {
      const record = await run(await open(t), plan([{ do: 'wait', label: 'door', gate: 'shut', through: 'green' }]));
      assert.deepEqual(record.end, { kind: 'stuck', at: [{ thread: 'main', label: 'door' }] });
    });

    test('goes on after it was at rest, as long as anything comes', async (t) => {
      const steps = ['a', 'b', 'c'].map(
        (label) => ({ do: 'sleep', label, through: 'library', seconds: 0.01 }) as const,
      );
      const record = await run(await open(t), plan(steps));
      assert.equal(record.end.kind, 'completed');
      assert.equal(entriesOf(record, 'quiescent').length, 0);
    });

    test('comes to a gate after what it has said before', async (t) => {
      const wait = { do: 'wait', label: 'door', gate: 'way', through: 'green' } as const;
      const record = await run(
        await open(t),
        plan(
          [wait],
          [
            { act: 'gather', gate: 'way', count: 1 },
            { act: 'open', gate: 'way' },
          ],
        ),
      );
      assert.deepEqual(
        record.entries
          .filter(({ kind }) => kind !== 'kernel')
          .map((entry) => (entry.kind === 'event' ? entry.event.phase : entry.kind)),
        ['started', 'arrived', 'opened', 'finished'],
      );
    });

    test('is asked about by the numbers that it has for itself', async (t) => {
      const record = await run(
        await open(t),
        compose({ ready: 0, pending: 0, activity: waitsForBytesAlone, readsKernel: true }, NO_FACTS),
      );
      assert.equal(record.pid, 1);
      assert.ok(events(record).every(({ os }) => os === 1));
      assert.equal(judge(record, { says: 'all run on one OS thread', judge: oneOsThread }).verdict, 'pass');
      const busy = await run(
        await open(t),
        compose({ ready: 0, pending: 0, activity: computes, readsKernel: true }, NO_FACTS),
      );
      assert.equal(judge(busy, { says: 'busy', judge: (of) => osThread(of, 'busy') }).verdict, 'pass');
    });

    test('that does not pass its mark on: what needs the kernel stays open, and the rest is judged', async (t) => {
      const session = await open(t, relayed(false));
      assert.equal((await run(session)).end.kind, 'completed');
      const { party, what } = cutBy(
        await run(session, compose({ ready: 0, pending: 0, activity: computes }, NO_FACTS)),
      );
      assert.equal(party, 'environment');
      assert.match(
        what,
        /adapter's process is not found: of \d+ that bear its mark none is 1 to itself, and so nobody can tell/,
      );
    });

    test('ends, though it hangs and what was started is killed', async (t) => {
      // It hands on the input, and no signal.
      const script = `"$0" --eval 'process.stdin.pipe(process.stdout)' | setsid unshare --pid --fork --mount-proc -- "$0" "$@" | cat`;
      const session = await open(t, { ...relayed(), args: ['-c', script, process.execPath, ...ADAPTER] });
      const adapter = await session.bench.pool.take();
      const pid = adapter?.kernel.pid ?? 0;
      assert.ok(pid !== adapter?.process.pid && runs(pid));
      const hung = plan([{ do: 'wait', label: 'pipe', gate: 'shut', through: 'raw-pipe' }]);
      assert.equal((await run(session, hung)).end.kind, 'stuck');
      await until('it has ended', () => !runs(pid));
      assert.equal((await run(session)).end.kind, 'completed');
    });
  });
