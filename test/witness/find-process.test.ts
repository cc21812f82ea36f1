import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { bears, type Clues, type Found, findProcess, MARK } from '../../src/witness/find-process';
import { KernelWitness } from '../../src/witness/kernel';
import { ownNumber, PROCFS } from '../../src/witness/procfs';
import { namespacesCanBeMade, start, WHY_NOT } from './namespaces';

const SAYS_PID = 'console.log(process.pid)';
/** One that starts another, which bears the same mark. */
const HAS_CHILD = `require('node:child_process').spawn(process.execPath, ['--eval', 'console.log(0); process.stdin.resume()'])
  .stdout.once('data', () => console.log(process.pid))`;
/** One that has another OS thread. */
const HAS_WORKER = `new (require('node:worker_threads').Worker)('setInterval(() => {}, 1e6)', { eval: true })
  .once('online', () => console.log(process.pid))`;

const newMark = (): string => randomBytes(16).toString('hex');

interface Started {
  readonly child: number;
  readonly told: number;
  readonly mark: string;
}

async function adapter(t: TestContext, where: 'here' | 'apart', code = SAYS_PID): Promise<Started> {
  const mark = newMark();
  const { child, said } = await start(t, where, code, { [MARK]: mark });
  return { child: child.pid ?? 0, told: Number(said), mark };
}

function find(clues: Omit<Clues, 'procfs'>): Found {
  return findProcess({ ...clues, procfs: PROCFS });
}

function pidOf(found: Found): number {
  assert.equal(found.kind, 'found', JSON.stringify(found));
  return found.kind === 'found' ? found.pid : 0;
}

function whyNot(found: Found): string {
  assert.equal(found.kind, 'unknown', JSON.stringify(found));
  return found.kind === 'unknown' ? `${found.why}; ${found.advice}` : '';
}

describe('the process of an adapter', { skip: process.platform !== 'linux' && 'there is no procfs' }, () => {
  test('is the child, where it is none that starts others elsewhere', async (t) => {
    const { child, told, mark } = await adapter(t, 'here');
    assert.equal(told, child);
    assert.deepEqual(find({ child, told, mark }), { kind: 'found', pid: child, direct: true });
    // An adapter need not tell.
    assert.deepEqual(find({ child, mark }), { kind: 'found', pid: child, direct: true });
  });

  test('without procfs is the child, of which nothing can be asked', () => {
    const found = findProcess({ child: 17, told: 1, mark: newMark(), procfs: '/nowhere' });
    assert.deepEqual(found, { kind: 'found', pid: 17, direct: true });
  });
});

if (!namespacesCanBeMade()) console.log(WHY_NOT);
else
  describe('the process of an adapter in a namespace of its own', { concurrency: 2 }, () => {
    test('is the one that bears the mark, by the number that this machine has for it', async (t) => {
      const { child, told, mark } = await adapter(t, 'apart');
      const found = find({ child, told, mark });
      const pid = pidOf(found);
      assert.ok(found.kind === 'found' && !found.direct);
      assert.equal(told, 1);
      assert.notEqual(pid, child);
      assert.equal(ownNumber(readFileSync(`/proc/${pid}/status`, 'utf8')), told);
      assert.ok(bears(pid, mark, PROCFS));
    });

    test('is never another that has the same number in its own', async (t) => {
      const [one, other] = await Promise.all([adapter(t, 'apart'), adapter(t, 'apart')]);
      assert.equal(one.told, other.told);
      assert.notEqual(pidOf(find(one)), pidOf(find(other)));
      // Of a mark that was not passed on, others that would fit are there, and none is taken.
      assert.match(
        whyNot(find({ ...one, mark: newMark() })),
        /of 0 that bear its mark none is 1 to itself; .*--env GREENSPEC_PROCESS/,
      );
    });

    test('is told from those that it has started', async (t) => {
      const { child, told, mark } = await adapter(t, 'apart', HAS_CHILD);
      const pid = pidOf(find({ child, told, mark }));
      assert.equal(ownNumber(readFileSync(`/proc/${pid}/status`, 'utf8')), 1);
      assert.match(whyNot(find({ child, told: 9_999_999, mark })), /that bear its mark none is 9999999 to itself/);
    });

    test('is read by the numbers that its own events bear', async (t) => {
      const { child, told, mark } = await adapter(t, 'apart', HAS_WORKER);
      const pid = pidOf(find({ child, told, mark }));
      const kernel = new KernelWitness(pid);
      t.after(() => kernel.close());
      const reading = kernel.read();
      assert.equal(reading.pid, 1);
      const tids = reading.threads.map(({ tid }) => tid);
      assert.ok(tids.length > 1 && tids.includes(1), tids.join());
      assert.ok(
        tids.every((tid) => tid < pid),
        'numbers of this machine',
      );
      // The worker's thread sleeps without end, and is asked about by the same number.
      assert.ok(tids.some((tid) => kernel.wakeUp(tid) === Number.POSITIVE_INFINITY));
    });

    test('that may not be looked at is not, and it is said whose it is', async (t) => {
      const { child, told, mark } = await adapter(t, 'apart');
      const fixture = join(__dirname, 'fixtures', 'find-as-nobody.ts');
      const clues = JSON.stringify({ child, told, mark, procfs: PROCFS } satisfies Clues);
      const nobody = spawn(process.execPath, ['--require', 'ts-node/register', fixture, clues], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [found] = await Promise.all([text(nobody.stdout), once(nobody, 'exit')]);
      assert.match(
        whyNot(JSON.parse(found)),
        /process may not be looked at: \d+ that may be it are of user \d+.*; run greenspec as root/,
      );
    });
  });
