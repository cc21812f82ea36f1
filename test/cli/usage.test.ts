import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Greenspec } from './support';

const own = ['--', process.execPath, '--version'];

/** What is known to be wrong before anything is started, its exit code, and what is said. */
const WRONG: readonly [args: string[], code: number, says: RegExp][] = [
  [['run', 'reference', '--no-such-option'], 2, /unknown option '--no-such-option'/],
  [['walk'], 2, /unknown command 'walk'/],
  [['run', 'jython'], 2, /user: no such runtime\n {2}expected: one of reference, eventlet.*\n {2}came: jython/],
  [['run', '../mine', ...own], 2, /user: no name for a runtime/],
  [['run', 'mine', '--deadline', 'soon', ...own], 2, /A number of seconds/],
  [['run', 'mine', '--tags', '@TM-2 and (', ...own], 2, /user: the tags cannot be read\n[\s\S]*came: @TM-2 and \(/],
  [['run', 'mine', '--tags', '@TM-22', ...own], 3, /nothing is judged: no scenario has the tags @TM-22/],
  [
    ['run', 'mine', '--reports', '/dev/null/reports', ...own],
    2,
    /user: results cannot be written[\s\S]*came: \/dev\/null\/reports/,
  ],
  [['run', 'mine', '--mysql', 'mysql://me:secret@/', ...own], 2, /user: the address of the database cannot be read/],
];

describe('what is wrong from the first is told at once', { concurrency: 2 }, () => {
  for (const [args, code, says] of WRONG) {
    test(args.join(' '), async (t) => {
      const greenspec = new Greenspec(t);
      const end = await greenspec.run(args);
      assert.equal(end.code, code, end.output);
      assert.match(end.output, says);
      assert.doesNotMatch(end.output, /defect|\n {4}at |secret/);
      assert.ok(!existsSync(join(greenspec.reports, 'mine.json')));
      await greenspec.nothingLeft();
    });
  }

  test('help is no mistake', async (t) => {
    const end = await new Greenspec(t).run(['run', '--help']);
    assert.equal(end.code, 0);
    assert.match(end.output, /--deadline/);
  });
});
