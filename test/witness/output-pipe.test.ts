import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, type TestContext, test } from 'node:test';
import { OutputPipe } from '../../src/witness/output-pipe';
import { PROCFS } from '../../src/witness/procfs';

/** Starts a Python program behind a `cat`; gives its process and the lines that come through. */
async function start(t: TestContext, code: string, shell = ''): Promise<{ pid: number; next(): Promise<string> }> {
  const program = `import os, sys\n${code}\nsys.stdin.read()`;
  const child = spawn('bash', ['-c', `${shell} python3 -c "$0" | cat`, program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  t.after(() => process.kill(-(child.pid ?? 0), 'SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const queue: string[] = [];
  lines.on('line', (line) => queue.push(line));
  const next = async (): Promise<string> => {
    while (queue.length === 0) await once(lines, 'line');
    return queue.shift() ?? '';
  };
  return { pid: Number(await next()), next };
}

/** Says who it is by a descriptor that it keeps; another stands at its place. */
const KEPT_ELSEWHERE = `kept = os.dup(1)
os.dup2(2, 1)
own = os.pipe()
os.write(kept, b'%d\\n' % os.getpid())`;

describe('the pipe of a process’s output', { skip: process.platform !== 'linux' && 'there is no procfs' }, () => {
  test('is found wherever it is kept, and what is written to it comes last', async (t) => {
    const { pid, next } = await start(t, `${KEPT_ELSEWHERE}\nos.write(kept, b'before\\n')`);
    const pipe = OutputPipe.of(pid, PROCFS);
    assert.equal(await next(), 'before');
    assert.equal(pipe?.write('behind\n'), 'written');
    assert.equal(await next(), 'behind');
  });

  test('is not guessed where it may be one of two', async (t) => {
    const { pid } = await start(t, KEPT_ELSEWHERE, 'exec 4> >(cat >/dev/null);');
    assert.equal(OutputPipe.of(pid, PROCFS), undefined);
  });

  test('that is another file’s by now, or nobody’s, is written to no more', async (t) => {
    const { pid, next } = await start(
      t,
      `${KEPT_ELSEWHERE}
def close(*_):
    os.close(kept); os.dup2(2, kept); os.dup2(own[1], 1); os.write(other, b'closed\\n')
import signal
other = os.dup(kept)
signal.signal(signal.SIGUSR1, close)
os.write(kept, b'set\\n')`,
    );
    await next();
    const pipe = OutputPipe.of(pid, PROCFS);
    process.kill(pid, 'SIGUSR1');
    assert.equal(await next(), 'closed');
    assert.equal(pipe?.write('behind\n'), 'gone');
    assert.equal(OutputPipe.of(2 ** 22 + 1, PROCFS), undefined);
  });
});
