import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ROOT } from '../../src/project';
import { PYTHON } from '../../src/runtime/python-packages';
import { Greenspec } from './support';

const faulty = (fault: string): string[] => [
  '--',
  PYTHON,
  join(ROOT, 'test', 'fixtures', 'adapters', 'faulty.py'),
  fault,
];
const mysql = ['--mysql', process.env.GREENSPEC_MYSQL ?? ''];

describe('greenspec check', { concurrency: 2 }, () => {
  // The reference lacks steps that serve profiles alone; neither has another yield than a sleep of 0.
  const soundness = {
    reference: String.raw`\d+ sound, 4 do not apply`,
    eventlet: String.raw`\d+ sound, 1 do not apply`,
  };
  for (const [name, sound] of Object.entries(soundness)) {
    test(`the adapter of ${name} is sound`, async (t) => {
      const greenspec = new Greenspec(t);
      const { code, output } = await greenspec.run(['check', name, ...mysql]);
      assert.equal(code, 0, output);
      assert.match(output, new RegExp(`the adapter of ${name} is sound: ${sound}\n$`));
      assert.doesNotMatch(output, /✗|\?/);
      await greenspec.nothingLeft();
    });
  }

  test('what is wrong is told with what to do, where it is said, and the exchange that shows it', async (t) => {
    const greenspec = new Greenspec(t);
    const { code, output } = await greenspec.run([
      'check',
      '--no-mysql',
      '--only',
      'plus on',
      ...faulty('adds-to-texts'),
    ]);
    assert.equal(code, 1, output);
    assert.match(
      output,
      / {2}✗ plus on what is no number raises not-a-number\n {6}it did something else in main\n {6}expected: “sum” raised, with code "not-a-number"\n {6}came: “sum” finished with "text1"\n {6}to do: .*\n {6}see: docs\/protocol\.md, “The program”\n {6}the exchange:\n[\s\S]* {8}→ \{.*"do":"set".*\n {8}← /,
    );
    assert.match(output, /is not sound: 2 sound, 1 not\n$/);
    await greenspec.nothingLeft();
  });

  test('without a server what queries is left out at your wish, and else not judged', async (t) => {
    const greenspec = new Greenspec(t);
    const wished = await greenspec.run(['check', '--no-mysql', '--only', 'native', ...faulty('none')]);
    assert.equal(wished.code, 0, wished.output);
    assert.match(wished.output, /– 5 checks \(it takes a MySQL server, and --no-mysql was said\)/);
    const nowhere = ['--mysql', 'mysql://nobody:secret@127.0.0.1:1/none', '--only', 'native'];
    const missing = await greenspec.run(['check', ...nowhere, ...faulty('none')]);
    assert.equal(missing.code, 3, missing.output);
    assert.match(
      missing.output,
      /no MySQL server answers[\s\S]*\? native: .* \(it takes a MySQL server, and there is none\)/,
    );
    assert.doesNotMatch(missing.output, /secret/);
    await greenspec.nothingLeft();
  });

  test('an adapter that does not introduce itself is told why, and nothing more is tried', async (t) => {
    const greenspec = new Greenspec(t);
    const { code, output } = await greenspec.run(['check', '--no-mysql', ...faulty('dies-at-once')]);
    assert.equal(code, 1, output);
    assert.match(output, /came: exit code 3\n[\s\S]*its log ends with:\n {8}ImportError: no module named greens\n/);
    assert.equal(output.match(/✗/g)?.length, 1);
    await greenspec.nothingLeft();
  });

  test('what can be no adapter is the user’s to correct', async (t) => {
    const greenspec = new Greenspec(t);
    const { code, output } = await greenspec.run(['check', 'no-such-runtime']);
    assert.equal(code, 2, output);
    assert.match(output, /user: no such runtime\n {2}expected: one of reference/);
    assert.equal((await greenspec.run(['check'])).code, 2);
    const program = await greenspec.run(['check', '--', '/no/such/program', 'adapter']);
    assert.equal(program.code, 2, program.output);
    assert.match(program.output, /cannot be started/);
  });
});
