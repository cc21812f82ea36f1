import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { KernelWitness } from '../../src/witness/kernel';
import { kernelAvailable } from '../../src/witness/procfs';

test("an OS thread that is called as a JVM's housekeeping, in a process that is no JVM, may wake as any other", {
  skip: !kernelAvailable() && 'there is no procfs here: the kernel witness is NOT tested',
}, async () => {
  const child = spawn('bash', ['-c', 'printf "Service Thread" >/proc/$$/comm; read -t 60'], { stdio: 'pipe' });
  const kernel = new KernelWitness(child.pid ?? 0);
  const [thread] = await (async () => {
    for (;;) {
      const { threads } = kernel.read();
      if (threads[0]?.name === 'Service Thread' && threads[0].state === 'S') return threads;
      await turn();
    }
  })();
  // It waits in select, whose time-out lies behind a pointer.
  assert.equal(kernel.wakeUp(thread?.tid ?? 0), undefined);
  kernel.close();
  child.kill();
});
