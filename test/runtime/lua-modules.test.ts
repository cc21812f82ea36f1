import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { findLua, luas, missingLua } from '../../src/runtime/lua-modules';

const NOWHERE = '/nowhere/bin/lua5.4';
const INSTALL = 'sudo apt-get install lua5.4 lua-cqueues lua-sql-mysql';

/** A folder that looks like a Lua with these modules. */
function installed(t: TestContext, ...modules: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-lua-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const share = join(folder, 'share', 'lua', '5.4');
  for (const made of [join(folder, 'bin'), share]) mkdirSync(made, { recursive: true });
  writeFileSync(join(folder, 'bin', 'lua5.4'), '');
  for (const name of modules) writeFileSync(join(share, `${name}.lua`), '');
  return join(folder, 'bin');
}

describe('what Lua lacks is told without starting it', () => {
  test('nothing, where cqueues is there; the adapter runs in the first interpreter that has it', (t) => {
    const [bare, full] = [installed(t, 'copas'), installed(t, 'cqueues')];
    const found = luas(`${bare}:${full}:/nowhere`, '', NOWHERE);
    assert.equal(found.length, 2);
    assert.equal(missingLua(found), undefined);
    assert.equal(findLua(found), join(full, 'lua5.4'));
  });

  test('cqueues, with the line that installs it', (t) => {
    const found = luas(installed(t), '', NOWHERE);
    assert.deepEqual(missingLua(found), { what: 'no cqueues for Lua 5.4', install: INSTALL });
    assert.equal(findLua(found), undefined);
  });

  test('Lua itself, where there is none', () => {
    assert.deepEqual(missingLua(luas('/nowhere', '', NOWHERE)), { what: 'no Lua 5.4', install: INSTALL });
  });

  test('modules count that LUA_PATH leads to', (t) => {
    const [bare, modules] = [installed(t), installed(t, 'cqueues')];
    const own = join(modules, '..', 'share', 'lua', '5.4', '?.lua');
    assert.equal(findLua(luas(bare, `./?.lua;${own};;`, NOWHERE)), join(bare, 'lua5.4'));
  });
});
