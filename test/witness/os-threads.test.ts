import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { KernelWitness } from '../../src/witness/kernel';

/** Starts and ends OS threads as it is told, and says when that is done. */
const STARTER = `
  const { Worker } = require('node:worker_threads');
  const workers = [];
  process.stdin.on('data', async (text) => {
    if (String(text) === '+') {
      const worker = new Worker('setInterval(() => {}, 1e6)', { eval: true });
      workers.push(worker);
      await new Promise((resolve) => worker.once('online', resolve));
    } else await workers.shift().terminate();
    process.stdout.write('done');
  });
  process.stdout.write('ready');`;

async function starter(t: TestContext): Promise<ChildProcess & { tell(what: '+' | '-'): Promise<void> }> {
  const child = spawn(process.execPath, ['--eval', STARTER], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const tell = async (what: '+' | '-'): Promise<void> => {
    const done = once(child.stdout, 'data');
    child.stdin.write(what);
    await done;
  };
  return Object.assign(child, { tell });
}

/** What a witness that has read before says, and one that has not. */
function both(kept: KernelWitness): [number[], number[]] {
  const fresh = new KernelWitness(kept.pid);
  const tids = [kept, fresh].map((witness) => witness.read().threads.map(({ tid }) => tid));
  fresh.close();
  return [tids[0] ?? [], tids[1] ?? []];
}

describe('the OS threads of a process', { skip: process.platform !== 'linux' && 'there is no procfs' }, () => {
  test('are those that it has now, however many came and went since the last look', async (t) => {
    const child = await starter(t);
    const kernel = new KernelWitness(child.pid ?? 0);
    t.after(() => kernel.close());
    const first = both(kernel)[0].length;
    for (const [what, more] of [
      ['+', 1],
      ['+', 2],
      ['-', 1],
      ['+', 2],
      ['-', 1],
      ['-', 0],
    ] as const) {
      await child.tell(what);
      const [kept, fresh] = both(kernel);
      assert.deepEqual(kept, fresh);
      assert.equal(kept.length, first + more);
    }
  });

  test('are others where one has taken the place of another since the last look', async (t) => {
    const child = await starter(t);
    const kernel = new KernelWitness(child.pid ?? 0);
    t.after(() => kernel.close());
    await child.tell('+');
    const [before] = both(kernel);
    await child.tell('-');
    await child.tell('+');
    const [kept, fresh] = both(kernel);
    assert.deepEqual(kept, fresh);
    assert.equal(kept.length, before.length);
    assert.notDeepEqual(kept, before);
  });

  test('show that they were woken', async (t) => {
    const child = await starter(t);
    const kernel = new KernelWitness(child.pid ?? 0);
    t.after(() => kernel.close());
    const switches = (): number => kernel.read().threads[0]?.voluntarySwitches ?? Number.NaN;
    const before = switches();
    await child.tell('+');
    assert.ok(switches() > before);
  });

  test('of a process that has ended are none, and no file of theirs is kept open', async (t) => {
    const child = await starter(t);
    const open = readdirSync('/proc/self/fd').length;
    const kernel = new KernelWitness(child.pid ?? 0);
    assert.ok(kernel.read().threads.length > 0);
    kernel.processorTime();
    assert.ok(readdirSync('/proc/self/fd').length > open);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.deepEqual(kernel.read(), { pid: child.pid, threads: [] });
    assert.equal(kernel.processorTime(), 0);
    kernel.close();
    assert.ok(readdirSync('/proc/self/fd').length <= open);
  });
});
