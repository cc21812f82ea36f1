import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ROOT } from '../../src/project';
import { findGo } from '../../src/runtime/go-toolchain';
import { PYTHON } from '../../src/runtime/python-packages';
import { Greenspec } from './support';

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'init-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const FILES: Record<string, readonly string[]> = {
  python: ['README.md', 'adapter.py', 'test_adapter.py'],
  typescript: ['README.md', 'adapter.test.ts', 'adapter.ts', 'package.json'],
  go: ['README.md', 'go.mod', 'main.go', 'main_test.go'],
  other: ['EXAMPLE.md', 'README.md', 'adapter.py', 'test_adapter.py'],
};

describe('greenspec init', { concurrency: 2 }, () => {
  for (const [language, files] of Object.entries(FILES)) {
    test(`${language}: an adapter, its page, its test, and two commands to type next`, async (t) => {
      const greenspec = new Greenspec(t);
      const folder = join(emptyFolder(t), 'mine');
      const { code, output } = await greenspec.run(['init', folder, '--language', language]);
      assert.equal(code, 0, output);
      assert.deepEqual(readdirSync(folder).sort(), files);
      assert.match(output, /next:\n {2}cd .*\n {2}.*greenspec.* check --no-mysql -- .*\n$/);
      const page = readFileSync(join(folder, 'README.md'), 'utf8');
      assert.match(page, /\$ .*greenspec.* check/);
      assert.doesNotMatch(page, /\{\{/);
      await greenspec.nothingLeft();
    });
  }

  for (const language of ['python', 'other']) {
    test(`${language}: what it makes passes its own test, and is sound`, async (t) => {
      const greenspec = new Greenspec(t);
      const folder = emptyFolder(t);
      await greenspec.run(['init', folder, '--language', language]);
      const env = { ...process.env, PYTHONPATH: join(ROOT, 'adapters', 'python') };
      const own = spawnSync(PYTHON, ['-m', 'unittest'], { cwd: folder, env, encoding: 'utf8' });
      assert.equal(own.status, 0, own.stderr);
      const command = ['--', PYTHON, join(folder, 'adapter.py')];
      const { code, output } = await greenspec.run(['check', '--no-mysql', ...command], env);
      assert.equal(code, 0, output);
      await greenspec.nothingLeft();
    });
  }

  test('go: what it makes passes its own test, and is sound, where there is Go', {
    skip: findGo() === undefined,
  }, async (t) => {
    const greenspec = new Greenspec(t);
    const folder = emptyFolder(t);
    await greenspec.run(['init', folder, '--language', 'go']);
    for (const args of [['build', '-o', 'adapter', '.'], ['test']]) {
      const go = spawnSync(findGo() ?? '', args, { cwd: folder, encoding: 'utf8' });
      assert.equal(go.status, 0, go.stderr + go.stdout);
    }
    const { code, output } = await greenspec.run(['check', '--no-mysql', '--', join(folder, 'adapter')]);
    assert.equal(code, 0, output);
    await greenspec.nothingLeft();
  });

  test('what is there is never mixed with what is made', async (t) => {
    const greenspec = new Greenspec(t);
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const { code, output } = await greenspec.run(['init', folder, '--language', 'python']);
    assert.equal(code, 2);
    assert.match(output, /user: .* is not empty\n {2}expected: a new folder, or an empty one/);
    assert.deepEqual(readdirSync(folder), ['mine.txt']);
  });

  test('a language that there is not is answered with those that there are', async (t) => {
    const greenspec = new Greenspec(t);
    const { code, output } = await greenspec.run(['init', join(emptyFolder(t), 'x'), '--language', 'cobol']);
    assert.equal(code, 2);
    assert.match(
      output,
      /expected: one of python, typescript, go, other\n {2}came: cobol\n {2}to do: other shows the protocol/,
    );
  });

  test('the protocol by example is a conversation as it went, from the handshake to the end', async (t) => {
    const greenspec = new Greenspec(t);
    const folder = emptyFolder(t);
    await greenspec.run(['init', folder, '--language', 'other']);
    const example = readFileSync(join(folder, 'EXAMPLE.md'), 'utf8');
    for (const part of [
      '"method":"initialize"',
      '"phase":"raised"',
      'the line: ',
      '"unfinished":0',
      '"code":-32601',
      'exit code 0',
    ])
      assert.ok(example.includes(part), part);
  });
});
