import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ROOT } from '../../src/project';

function run(script: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const node = ['--require', join(ROOT, 'bin', 'register.js'), script, ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, node, { cwd: ROOT }, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
        output: stdout + stderr,
      });
    });
  });
}

describe('what is made from the source is up to date', { concurrency: 2 }, () => {
  for (const script of ['vocabulary', 'schemas', 'profile'])
    test(`npm run ${script}`, async () => {
      const { code, output } = await run(join('scripts', `${script}.ts`), '--check');
      assert.equal(code, 0, output);
      assert.equal(output, '');
    });
});

describe('a file that is not up to date', () => {
  const PUBLISH = join(ROOT, 'scripts', 'publish.ts');

  /** A script that publishes one file of the test's own, which lies outside the project. */
  function own(t: TestContext): { script: string[]; path: string } {
    const folder = mkdtempSync(join(tmpdir(), 'publish-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'made.txt');
    const code = `require(${JSON.stringify(PUBLISH)}).publish(new Map([[${JSON.stringify(relative(ROOT, path))}, 'made']]), 'npm run it')`;
    return { script: ['--eval', code], path };
  }

  test('is told, and left as it is, with --check', async (t) => {
    const { script, path } = own(t);
    const { code, output } = await run(script[0] ?? '', ...script.slice(1), '--', '--check');
    assert.equal(code, 1, output);
    assert.match(output, /made\.txt is not up to date: npm run it writes it/);
    assert.ok(!existsSync(path));
  });

  test('is written without it, once', async (t) => {
    const { script, path } = own(t);
    const { code, output } = await run(script[0] ?? '', ...script.slice(1));
    assert.equal(code, 0, output);
    assert.match(output, /made\.txt written/);
    assert.equal(readFileSync(path, 'utf8'), 'made');
    assert.equal((await run(script[0] ?? '', ...script.slice(1))).output, '');
    assert.equal((await run(script[0] ?? '', ...script.slice(1), '--', '--check')).code, 0);
  });
});
