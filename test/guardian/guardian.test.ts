import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { guard } from '../../src/guardian/guardian';

interface Held {
  readonly folder: string;
  readonly group: number;
  readonly guardian: number;
  /** It bears the mark by which it is guarded; the other does not. */
  readonly marked: number;
  readonly unmarked: number;
}

class Holder {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterableIterator<string>;
  readonly ended: Promise<unknown[]>;

  constructor(ending: string) {
    const fixture = join(__dirname, 'fixtures', 'holder.ts');
    const child = spawn(process.execPath, ['--require', 'ts-node/register', fixture, ending], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.process = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.ended = once(child, 'exit');
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    return done === true ? 'end of output' : value;
  }

  async held(): Promise<Held> {
    return JSON.parse(await this.line());
  }
}

/** Running, and not merely a corpse that nobody has taken notice of. */
function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The things end in processes that are not ours, which report to nobody: looking is all that can be done. */
async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); await pause(20)) assert.ok(Date.now() < end, `never: ${what}`);
}

async function allGone({ folder, group, guardian, marked, unmarked }: Held): Promise<void> {
  await until('the guardian ends', () => !runs(guardian));
  // Who was sent KILL runs until the kernel comes to it, and nobody but the guardian sent one.
  await until('the process with the mark ends', () => !runs(marked));
  await until('the process group ends', () => !runs(group));
  assert.ok(runs(unmarked), 'a process without the mark was ended');
  process.kill(unmarked, 'SIGKILL');
  assert.ok(!existsSync(folder), `${folder} is still there`);
}

describe('the guardian', { concurrency: true }, () => {
  test('what is guarded goes when the process is killed, even in the very tick in which it was told', async () => {
    const holder = new Holder('killed-at-once');
    const held = await holder.held();
    assert.deepEqual(await holder.ended, [null, 'SIGKILL']);
    await allGone(held);
  });

  test('what is guarded goes when the process is killed later', async () => {
    const holder = new Holder('waits');
    const held = await holder.held();
    assert.ok(runs(held.group) && runs(held.marked) && runs(held.guardian) && existsSync(held.folder));
    holder.process.kill('SIGKILL');
    await allGone(held);
  });

  test('the guardian keeps no process alive, and ends what was forgotten when it ends normally', async () => {
    const holder = new Holder('returns');
    const held = await holder.held();
    assert.deepEqual(await holder.ended, [0, null]);
    await allGone(held);
  });

  test('what was released is left alone, and the guardian goes', async (t) => {
    const holder = new Holder('released');
    const held = await holder.held();
    t.after(() => {
      process.kill(-held.group, 'SIGKILL');
      for (const pid of [held.marked, held.unmarked]) process.kill(pid, 'SIGKILL');
      rmSync(held.folder, { recursive: true });
    });
    assert.deepEqual(await holder.ended, [0, null]);
    await until('the guardian ends', () => !runs(held.guardian));
    assert.ok(runs(held.group) && runs(held.marked) && existsSync(held.folder));
  });

  test('Ctrl-C ends everything in order, the newest first, and exits with 130', async () => {
    const holder = new Holder('waits');
    const held = await holder.held();
    holder.process.kill('SIGINT');
    assert.match(await holder.line(), /^SIGINT: ending what was started/);
    assert.deepEqual([await holder.line(), await holder.line()], ['second', 'first']);
    assert.deepEqual(await holder.ended, [130, null]);
    await allGone(held);
  });

  test('a second Ctrl-C leaves at once, the rest to the guardian', async () => {
    const holder = new Holder('never-ends');
    const held = await holder.held();
    holder.process.kill('SIGINT');
    assert.match(await holder.line(), /^SIGINT/);
    holder.process.kill('SIGTERM');
    assert.deepEqual(await holder.ended, [143, null]);
    await allGone(held);
  });
});

test('what would end more than was meant is refused', () => {
  for (const pid of [-1, 0, 1, 1.5, Number.NaN]) assert.throws(() => guard({ kind: 'group', pid }), RangeError);
  for (const mark of ['', 'ab*', 'a b']) assert.throws(() => guard({ kind: 'marked', pid: 17, mark }), RangeError);
  assert.throws(() => guard({ kind: 'marked', pid: 1, mark: 'ab' }), RangeError);
  for (const path of ['/', '/tmp/..', 'relative', '', '/tmp/two\nlines'])
    assert.throws(() => guard({ kind: 'folder', path }), RangeError);
  assert.throws(() => guard({ kind: 'container', id: 'a b', engine: 'unix:///var/run/docker.sock' }), RangeError);
});
