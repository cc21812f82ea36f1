import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { findRuby, missingRuby, type Ruby, rubies } from '../../src/runtime/ruby-gems';

const NOWHERE = '/nowhere/bin/ruby';

/** A folder that looks like a Ruby with these gems. */
function installed(t: TestContext, ...gems: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-ruby-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const specifications = join(folder, 'lib', 'ruby', 'gems', '3.1.0', 'specifications');
  for (const made of [join(folder, 'bin'), specifications]) mkdirSync(made, { recursive: true });
  writeFileSync(join(folder, 'bin', 'ruby'), '');
  for (const gem of gems) writeFileSync(join(specifications, `${gem}.gemspec`), '');
  return join(folder, 'bin');
}

/** Without what this machine's user has installed. */
function alone(found: readonly Ruby[]): readonly Ruby[] {
  return found.map(({ command, gems }) => ({ command, gems: gems.filter((folder) => folder.startsWith(tmpdir())) }));
}

describe('what Ruby lacks is told without starting it', () => {
  test('nothing, where the gem is there; the adapter runs in the first interpreter that has it', (t) => {
    const [bare, full] = [installed(t, 'mysql2-0.5.3'), installed(t, 'async-1.30.3', 'mysql2-0.5.3')];
    const found = alone(rubies(`${bare}:${full}:/nowhere`, NOWHERE));
    assert.equal(found.length, 2);
    assert.equal(missingRuby(found), undefined);
    assert.equal(findRuby(found), join(full, 'ruby'));
  });

  test('the gem, with the line that installs it, where there is none or one of another version', (t) => {
    for (const gems of [[], ['async-2.6.0'], ['async-1.9.0'], ['async-io-1.30.0']]) {
      const found = alone(rubies(installed(t, ...gems), NOWHERE));
      assert.deepEqual(missingRuby(found), {
        what: 'no gem async, 1.30 or a later 1',
        install: 'sudo apt-get install ruby ruby-async ruby-mysql2',
      });
      assert.equal(findRuby(found), undefined);
    }
  });

  test('Ruby itself, where there is none', () => {
    assert.equal(missingRuby(rubies('/nowhere', NOWHERE))?.what, 'no Ruby 3.1 or newer');
  });

  test('the gems of an interpreter that is a link are those of what it leads to', (t) => {
    const [links, full] = [installed(t), installed(t, 'async-1.30.3')];
    rmSync(join(links, 'ruby'));
    symlinkSync(join(full, 'ruby'), join(links, 'ruby'));
    assert.equal(findRuby(alone(rubies(links, NOWHERE))), join(links, 'ruby'));
  });
});
