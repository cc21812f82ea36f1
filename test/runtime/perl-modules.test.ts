import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { findPerl, missingPerl, perls } from '../../src/runtime/perl-modules';

const NOWHERE = '/nowhere/bin/perl';
const INSTALL = 'sudo apt-get install libcoro-perl libev-perl libdbd-mysql-perl';

/** A folder that looks like a Perl with these modules. */
function installed(t: TestContext, ...modules: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-perl-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const site = join(folder, 'lib', 'site_perl', '5.36.0', 'x86_64-linux');
  for (const made of [join(folder, 'bin'), site]) mkdirSync(made, { recursive: true });
  writeFileSync(join(folder, 'bin', 'perl'), '');
  for (const name of modules) writeFileSync(join(site, `${name}.pm`), '');
  return join(folder, 'bin');
}

describe('what Perl lacks is told without starting it', () => {
  test('nothing, where the modules are there; the adapter runs in the first interpreter that has them', (t) => {
    const [bare, full] = [installed(t, 'Coro'), installed(t, 'Coro', 'EV')];
    const found = perls(`${bare}:${full}:/nowhere`, '', NOWHERE);
    assert.equal(found.length, 2);
    assert.equal(missingPerl(found), undefined);
    assert.equal(findPerl(found), join(full, 'perl'));
  });

  test('a module, with the line that installs it', (t) => {
    const found = perls(installed(t, 'Coro'), '', NOWHERE);
    assert.deepEqual(missingPerl(found), { what: 'no EV for Perl', install: INSTALL });
    assert.equal(findPerl(found), undefined);
    assert.equal(missingPerl(perls(installed(t), '', NOWHERE))?.what, 'no Coro, no EV for Perl');
  });

  test('Perl itself, where there is none', () => {
    assert.equal(missingPerl(perls('/nowhere', '', NOWHERE))?.what, 'no Perl 5.36 or newer');
  });

  test('modules count that PERL5LIB leads to', (t) => {
    const [bare, modules] = [installed(t), installed(t, 'Coro', 'EV')];
    const own = join(modules, '..', 'lib', 'site_perl', '5.36.0');
    assert.equal(findPerl(perls(bare, own, NOWHERE)), join(bare, 'perl'));
  });
});
