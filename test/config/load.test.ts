import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { loadConfig } from '../../src/config/load';
import { explain } from '../../src/fault/explain';
import { Fault } from '../../src/fault/fault';
import { ROOT } from '../../src/project';
import { folder } from './support';

function file(t: TestContext, name: string, text: string): string {
  const path = join(folder(t), name);
  writeFileSync(path, text);
  return path;
}

const CONFIG = { runtimes: { mine: { command: ['python', 'mine.py'], env: { A: 'b' } } }, deadline: 5, parallel: 2 };
const DATA = JSON.stringify(CONFIG);

describe('a configuration is', () => {
  const GOOD: readonly [name: string, text: string][] = [
    ['greenspec.config.json', DATA],
    ['greenspec.config.js', `module.exports = ${DATA};`],
    ['greenspec.config.mjs', `export default ${DATA};`],
    ['greenspec.config.ts', `const config: object = ${DATA};\nexport default config;`],
  ];
  for (const [name, text] of GOOD)
    test(name, (t) => {
      const path = file(t, name, text);
      assert.deepEqual(loadConfig(path), { folder: join(path, '..'), config: CONFIG });
    });

  test('in TypeScript what defineConfig of greenspec gives', (t) => {
    const text = `import { defineConfig } from 'greenspec';\nexport default defineConfig(${DATA});`;
    const path = file(t, 'greenspec.config.ts', text);
    mkdirSync(join(path, '..', 'node_modules'));
    symlinkSync(ROOT, join(path, '..', 'node_modules', 'greenspec'));
    assert.deepEqual(loadConfig(path).config, CONFIG);
  });

  test('fine without anything, and with its schema', (t) => {
    assert.deepEqual(loadConfig(file(t, 'a.json', '{}')).config, {});
    assert.ok(loadConfig(file(t, 'a.json', '{"$schema":"config.schema.json"}')).config);
  });
});

describe('what is wrong is told with the file and the key', () => {
  const WRONG: readonly [what: string, name: string, text: string, says: RegExp][] = [
    [
      'an unknown key',
      'a.json',
      '{"runtime":{}}',
      /^user: .*a\.json is no configuration[\s\S]*Unrecognized key: "runtime"/,
    ],
    [
      'a runtime that is started in two ways',
      'a.json',
      '{"runtimes":{"mine":{"command":["x"],"container":{"image":"y"}}}}',
      /either command or container[\s\S]*runtimes\.mine/,
    ],
    ['a runtime that is started in none', 'a.json', '{"runtimes":{"mine":{}}}', /either command or container/],
    [
      'an image that is an option',
      'a.json',
      '{"runtimes":{"mine":{"container":{"image":"--privileged"}}}}',
      /an image is one word[\s\S]*container\.image/,
    ],
    [
      'an unknown key of a runtime',
      'a.json',
      '{"runtimes":{"mine":{"command":["x"],"cmd":1}}}',
      /"cmd"[\s\S]*runtimes\.mine/,
    ],
    ['an unknown key of the database', 'a.json', '{"database":{"mysql":"x","url":"y"}}', /"url"[\s\S]*database/],
    ['two databases', 'a.json', '{"database":{"mysql":"x","image":"y"}}', /either mysql or image[\s\S]*database/],
    ['no database', 'a.json', '{"database":{}}', /either mysql or image/],
    [
      'a command that is a text',
      'a.json',
      '{"runtimes":{"mine":{"command":"x y"}}}',
      /array[\s\S]*runtimes\.mine\.command/,
    ],
    ['a command of nothing', 'a.json', '{"runtimes":{"mine":{"command":[]}}}', /runtimes\.mine\.command/],
    ['a name that is none', 'a.json', '{"runtimes":{"../mine":{"command":["x"]}}}', /runtimes[\s\S]*\.\.\/mine/],
    ['a deadline of nothing', 'a.json', '{"deadline":0}', /deadline/],
    ['too many at a time', 'a.json', '{"parallel":65}', /parallel/],
    ['no JSON', 'a.json', '{', /a\.json is not JSON\n {2}because: /],
    [
      'an error in it',
      'a.js',
      'throw new Error("no such thing")',
      /a\.js cannot be loaded\n {2}because: no such thing/,
    ],
    ['no TypeScript', 'a.ts', 'export default {', /a\.ts cannot be loaded\n {2}because: /],
    ['nothing exported that is one', 'a.js', 'module.exports = () => ({})', /a\.js is no configuration/],
  ];
  for (const [what, name, text, says] of WRONG)
    test(what, (t) => {
      const path = file(t, name, text);
      assert.throws(
        () => loadConfig(path),
        (error: unknown) => {
          assert.ok(error instanceof Fault && error.facts.party === 'user', String(error));
          assert.match(explain(error), says);
          return true;
        },
      );
    });

  test('a file that is not there', () => {
    assert.throws(() => loadConfig('/nowhere/greenspec.config.json'), /cannot be read/);
    assert.throws(() => loadConfig('/nowhere/greenspec.config.ts'), /cannot be loaded/);
  });
});
