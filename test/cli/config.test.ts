import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { ROOT } from '../../src/project';
import { marked } from '../runtime/support';
import { Greenspec } from './support';

const SCRIPTED = join(__dirname, '..', 'fixtures', 'adapters', 'scripted.js');
const TM_2 = ['--tags', '@TM-2'];
const EARLY = 'A sleep of 0.02 seconds lasts at least as long as was asked';
const EXPECTED = `known:
  - scenario: ${EARLY}
    reason: its timers are early
    link: https://example.org/early
`;

/** The configuration of a repository with two runtimes; no server is needed by what is run here. */
const CONFIG = {
  runtimes: {
    early: {
      command: [process.execPath, SCRIPTED, 'wakes early', 'marks'],
      env: { FROM: 'the configuration' },
      expectations: 'expectations/early.yaml',
    },
    honest: { command: [process.execPath, SCRIPTED, 'none', '.'], cwd: 'marks' },
  },
  database: { mysql: 'mysql://me@127.0.0.1:1/there' },
  reports: 'reports',
};

/** A greenspec that is started in a repository with that configuration. */
function repository(t: TestContext, config: object = CONFIG): Greenspec {
  const greenspec = new Greenspec(t);
  mkdirSync(greenspec.file('expectations'));
  greenspec.file('expectations/early.yaml', EXPECTED);
  greenspec.file('greenspec.config.json', JSON.stringify(config));
  return greenspec;
}

describe('with a configuration', { concurrency: 2 }, () => {
  test('a runtime is tested by its name, where and with what the configuration says', async (t) => {
    const greenspec = repository(t);
    const { code, output } = await greenspec.run(['run', 'early', ...TM_2]);
    assert.equal(code, 0, output);
    assert.match(output, /early is exactly as expected: 13 pass, 1 known/);
    assert.ok(output.includes('expected at expectations/early.yaml:2'), output);
    const honest = await greenspec.run(['run', 'honest', ...TM_2]);
    assert.equal(honest.code, 0, honest.output);
    assert.match(honest.output, /honest conforms: 14 pass/);
    // Both are started in places from which they reach the folder by another name.
    assert.ok(existsSync(join(greenspec.marks, 'initialize')));
    assert.deepEqual(greenspec.result('honest').runtime.command, CONFIG.runtimes.honest.command);
  });

  test('it is found from a folder below, and its paths start from where it stands', async (t) => {
    const greenspec = repository(t);
    const { code, output } = await greenspec.run(['run', 'early', ...TM_2], {}, 'expectations');
    assert.equal(code, 0, output);
    assert.equal(greenspec.result('early').expectations?.outcome, 'as-expected');
  });

  test('the adapter has what the configuration puts into its environment', async (t) => {
    const command = ['sh', '-c', 'echo "from $FROM" >&2; exit 3'];
    const runtimes = { mute: { command, env: CONFIG.runtimes.early.env } };
    const { code, output } = await repository(t, { ...CONFIG, runtimes }).run(['run', 'mute', ...TM_2]);
    assert.equal(code, 3, output);
    assert.match(output, /from the configuration/);
  });

  test('conformance tests all that it names, and nothing else', async (t) => {
    const greenspec = repository(t);
    const { code, output } = await greenspec.run(['conformance', ...TM_2]);
    assert.equal(code, 0, output);
    assert.match(output, /early is exactly as expected[\s\S]*honest conforms/);
    assert.doesNotMatch(output, /reference|eventlet/);
    await greenspec.nothingLeft();
  });

  test('one that differs makes conformance fail, also where the others conform', async (t) => {
    const { code, output } = await repository(t).run(['conformance', '--no-expectations', ...TM_2]);
    assert.equal(code, 1, output);
    assert.match(output, /early does not conform[\s\S]*honest conforms/);
  });

  test('Ctrl-C ends the runtime at hand, and starts no further one', async (t) => {
    const runtimes = {
      one: { command: [process.execPath, SCRIPTED, 'compute-at run', 'marks'] },
      two: { command: [process.execPath, SCRIPTED, 'none', 'others'] },
    };
    const greenspec = repository(t, { ...CONFIG, runtimes });
    mkdirSync(greenspec.file('others'));
    greenspec.start(['conformance', '--jobs', '1', ...TM_2]);
    await marked(greenspec.marks, 'run');
    greenspec.signal('SIGINT');
    const { code, output } = await greenspec.end();
    assert.equal(code, 130, output);
    assert.equal(greenspec.result('one').fault?.what, 'interrupted');
    assert.deepEqual(readdirSync(greenspec.file('others')), []);
    assert.ok(!existsSync(join(greenspec.reports, 'two.json')));
    await greenspec.nothingLeft();
  });

  test('the command line has the last word', async (t) => {
    const greenspec = repository(t);
    const args = ['run', 'honest', '--reports', 'elsewhere', '--mysql', 'mysql://you@127.0.0.1:2/here', ...TM_2];
    const { code, output } = await greenspec.run(args, { GREENSPEC_MYSQL: 'mysql://env@127.0.0.1:3/there' });
    assert.equal(code, 0, output);
    assert.match(output, /no MySQL server answers as you@127\.0\.0\.1:2/);
    assert.ok(existsSync(greenspec.file('elsewhere/honest.json')));
    assert.ok(!existsSync(join(greenspec.reports, 'honest.json')));
  });

  test('a shipped runtime is still there, and one that nobody names is told with all names', async (t) => {
    const greenspec = repository(t);
    const { code, output } = await greenspec.run(['run', 'reference', ...TM_2]);
    assert.equal(code, 0, output);
    const nobody = await greenspec.run(['run', 'jython']);
    assert.equal(nobody.code, 2, nobody.output);
    assert.match(nobody.output, /expected: one of early, honest, reference, .*\n {2}came: jython/);
  });

  test('a name that the suite has, too, is the one of the configuration', async (t) => {
    const runtimes = { reference: CONFIG.runtimes.honest };
    const { code, output } = await repository(t, { ...CONFIG, runtimes }).run(['run', 'reference', ...TM_2]);
    assert.equal(code, 0, output);
    assert.match(output, /reference: scripted 1\.0/);
  });

  test('one that is wrong is told with its file and key, and nothing is started', async (t) => {
    const greenspec = repository(t, { ...CONFIG, deadlin: 5 });
    const { code, output } = await greenspec.run(['run', 'honest']);
    assert.equal(code, 2, output);
    assert.match(output, /^user: .*greenspec\.config\.json is no configuration\n[\s\S]*Unrecognized key: "deadlin"/);
    assert.ok(!existsSync(join(greenspec.marks, 'initialize')));
    await greenspec.nothingLeft();
  });

  test('another can be named', async (t) => {
    const greenspec = repository(t, { deadlin: 5 });
    greenspec.file('other.json', JSON.stringify(CONFIG));
    const { code, output } = await greenspec.run(['run', 'honest', '--config', 'other.json', ...TM_2]);
    assert.equal(code, 0, output);
  });

  test('--update-expectations writes the file that it names', async (t) => {
    const runtimes = { early: { ...CONFIG.runtimes.early, expectations: 'made/early.yaml' } };
    const greenspec = repository(t, { ...CONFIG, runtimes });
    const { output } = await greenspec.run(['run', 'early', '--update-expectations']);
    assert.match(output, /made\/early\.yaml written: 0 stay, 1 new, 0 gone/);
    assert.match(readFileSync(greenspec.file('made/early.yaml'), 'utf8'), /A sleep of 0\.02 seconds/);
  });
});

test('a configuration may be TypeScript that imports from greenspec', async (t) => {
  const greenspec = new Greenspec(t);
  const runtimes = { honest: CONFIG.runtimes.honest };
  const text = `import { type Config, defineConfig } from 'greenspec';
const config: Config = ${JSON.stringify({ ...CONFIG, runtimes })};
export default defineConfig(config);`;
  greenspec.file('greenspec.config.ts', text);
  mkdirSync(greenspec.file('node_modules'));
  symlinkSync(ROOT, greenspec.file('node_modules/greenspec'));
  const { code, output } = await greenspec.run(['run', 'honest', ...TM_2]);
  assert.equal(code, 0, output);
  assert.match(output, /honest conforms: 14 pass/);
});
