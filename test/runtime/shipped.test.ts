import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ROOT } from '../../src/project';
import { missingFrom } from '../../src/runtime/python-packages';
import { shippedRuntimes } from '../../src/runtime/shipped';

/** A folder that looks like a Python environment with these modules. */
function environment(t: TestContext, modules: readonly string[], settings = ''): string {
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-venv-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const module of modules)
    mkdirSync(join(folder, 'lib', 'python3.11', 'site-packages', module), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'python'), '');
  writeFileSync(join(folder, 'pyvenv.cfg'), settings);
  return folder;
}

describe('the shipped runtimes', () => {
  test('have a name and an adapter each', () => {
    const runtimes = shippedRuntimes();
    assert.equal(new Set(runtimes.map(({ command }) => command.name)).size, runtimes.length);
    // What is compiled is there once it has been built.
    for (const { command, missing } of runtimes)
      assert.ok(missing !== undefined || existsSync(join(ROOT, command.args.at(-1) ?? '')), command.name);
  });
});

describe('what a Python environment lacks is told without starting Python', () => {
  test('nothing, where every package is there', (t) => {
    assert.equal(missingFrom(['gevent', 'oslo.service'], environment(t, ['gevent', 'oslo_service'])), undefined);
  });

  test('a package, with the line that installs it', (t) => {
    assert.deepEqual(missingFrom(['oslo.service', 'gevent', 'futurist'], environment(t, ['gevent'])), {
      what: 'no oslo.service, no futurist in .venv',
      install: '.venv/bin/python -m pip install -c adapters/python/requirements.txt oslo.service futurist',
    });
  });

  test('all of it, where there is no environment', () => {
    const { what, install } = missingFrom([], '/nowhere') ?? assert.fail();
    assert.deepEqual([what, install], ['no Python environment', './setup']);
  });

  test("the system's packages count where the environment sees them, and not where it does not", (t) => {
    const system = mkdtempSync(join(tmpdir(), 'greenspec-system-'));
    t.after(() => rmSync(system, { recursive: true }));
    mkdirSync(join(system, 'gevent'));
    const seeing = environment(t, [], 'home = /usr/bin\ninclude-system-site-packages = true\n');
    assert.equal(missingFrom(['gevent'], seeing, system), undefined);
    const alone = environment(t, [], 'home = /usr/bin\ninclude-system-site-packages = false\n');
    assert.equal(missingFrom(['gevent'], alone, system)?.what, 'no gevent in .venv');
  });

  test('each package that an adapter takes is pinned', () => {
    const pins = readFileSync(join(ROOT, 'adapters', 'python', 'requirements.txt'), 'utf8');
    for (const name of ['eventlet', 'oslo.concurrency', 'gevent', 'oslo.service', 'cotyledon', 'futurist', 'aiomysql'])
      assert.match(pins, new RegExp(`^${name.replace('.', '\\.')}==`, 'm'));
  });
});
