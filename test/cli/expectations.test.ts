import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { Greenspec } from './support';

/** No server is needed by what is run here. */
const NO_SERVER = ['--mysql', 'mysql://me@127.0.0.1:1/there'];
const TM_2 = [...NO_SERVER, '--tags', '@TM-2'];
const LINK = 'link: https://example.org/early';
const EARLY = 'A sleep of 0.02 seconds lasts at least as long as was asked';

const known = (target: string, more = ''): string =>
  `known:\n  - ${target}\n    reason: its timers are early\n    ${LINK}\n${more}`;

interface End {
  readonly code: number | string;
  readonly output: string;
  readonly greenspec: Greenspec;
}

/** Tests an adapter under the expectations of a text. */
async function judged(t: TestContext, misbehaviour: string, text: string, args = TM_2): Promise<End> {
  const greenspec = new Greenspec(t);
  greenspec.file('mine.yaml', text);
  greenspec.startScripted(misbehaviour, ['--expectations', 'mine.yaml', ...args]);
  return { ...(await greenspec.end()), greenspec };
}

describe('greenspec run --expectations', { concurrency: 2 }, () => {
  test('a difference that is known is told as that, with its reason, and the run is exactly as expected', async (t) => {
    const { code, output, greenspec } = await judged(
      t,
      'wakes early',
      known(`scenario: ${EARLY}`, '    why: it lasted\n'),
    );
    assert.equal(code, 0, output);
    assert.match(output, /^≠ known TM-2 .*\(13 of 15 scenarios\) — guarantee lost$/m);
    const told = `          ≠ known ${EARLY}\n                  its timers are early\n`;
    assert.ok(output.includes(`${told}                  https://example.org/early, expected at mine.yaml:2\n`), output);
    assert.match(output, /^scripted is exactly as expected: 13 pass, 1 known, 1 not-applicable$/m);
    const { verdict, expectations, scenarios } = greenspec.result();
    assert.deepEqual([verdict, expectations?.outcome, expectations?.deviations], ['fail', 'as-expected', []]);
    const place = { file: 'mine.yaml', line: 2 };
    assert.deepEqual(
      scenarios.flatMap(({ expected }) => expected ?? []),
      [{ list: 'known', reason: 'its timers are early', link: 'https://example.org/early', ...place }],
    );
    await greenspec.nothingLeft();
  });

  test('what passes though it is known to fail, and what nothing is left of, are told with the line to change', async (t) => {
    const stale = `  - clause: YT-6\n    reason: x\n    ${LINK}\n`;
    const args = [...NO_SERVER, '--tags', '@TM-2 or @YT-6'];
    const { code, output, greenspec } = await judged(t, 'none', known(`scenario: ${EARLY}`, stale), args);
    assert.equal(code, 1, output);
    const lines = output.slice(output.indexOf('the expectations do not fit')).split('\n');
    assert.deepEqual(lines.slice(1, 3), [
      `  mine.yaml:2: unexpected pass: "${EARLY}" passes: take the entry out`,
      '  mine.yaml:5: stale: YT-6: nothing of it fails: take the entry out',
    ]);
    assert.match(output, /scripted is not as expected: \d+ pass/);
    const { verdict, expectations } = greenspec.result();
    assert.deepEqual([verdict, expectations?.outcome, expectations?.deviations.length], ['pass', 'differs', 2]);
  });

  test('a failure for another reason than was pinned is a failure', async (t) => {
    const text = known(`scenario: ${EARLY}`, '    why: it was late\n');
    const { code, output } = await judged(t, 'wakes early', text);
    assert.equal(code, 1, output);
    assert.match(output, new RegExp(`✗ fail {2}${EARLY}`));
    assert.match(output, /mine\.yaml:2: another reason: .* for another reason than "it was late": it lasted [\d.]+ ms/);
  });

  test('--no-expectations judges by the document alone', async (t) => {
    const greenspec = new Greenspec(t);
    greenspec.startScripted('wakes early', ['--no-expectations', ...TM_2]);
    const { code, output } = await greenspec.end();
    assert.equal(code, 1, output);
    assert.match(output, /scripted does not conform: 13 pass, 1 fail/);
    assert.equal(greenspec.result().expectations, undefined);
  });

  test('an entry that matches nothing is told before anything is run', async (t) => {
    const { code, output, greenspec } = await judged(
      t,
      'none',
      known('scenario: A sleep of 0.2 seconds lasts as asked'),
    );
    assert.equal(code, 2, output);
    assert.match(
      output,
      /mine\.yaml:2: "A sleep of 0\.2 seconds lasts as asked" matches nothing: the nearest scenario is "/,
    );
    assert.ok(!existsSync(`${greenspec.reports}/scripted.json`));
    await greenspec.nothingLeft();
  });

  test('a file that is not there is told, with what makes one', async (t) => {
    const greenspec = new Greenspec(t);
    greenspec.startScripted('none', ['--expectations', 'none.yaml', ...TM_2]);
    const { code, output } = await greenspec.end();
    assert.equal(code, 2, output);
    assert.match(output, /the expectations cannot be read\n {2}came: none\.yaml\n {2}to do: --update-expectations/);
    await greenspec.nothingLeft();
  });
});

describe('a flaky scenario', { concurrency: 2 }, () => {
  const FLAKY = `flaky:\n  - scenario: ${EARLY}\n    reason: at times\n    ${LINK}\n    repeat: 4\n`;

  test('is run as often as its entry says, and told with how often it passed', async (t) => {
    const { code, output, greenspec } = await judged(t, 'wakes early at times', FLAKY);
    assert.equal(code, 0, output);
    assert.ok(output.includes(`≈ flaky ${EARLY}  (2 of 4 runs passed)\n`), output);
    assert.match(output, /^scripted is exactly as expected: 13 pass, 1 flaky, 1 not-applicable$/m);
    const { scenarios } = greenspec.result();
    assert.equal(scenarios.length, 15);
    const [flaky] = scenarios.filter(({ expected }) => expected?.list === 'flaky');
    assert.deepEqual([flaky?.verdict, flaky?.repetitions], ['fail', { passed: 2, of: 4 }]);
  });

  test('is told as flaky even where all its runs pass, also by several at a time', async (t) => {
    const { code, output } = await judged(t, 'none', FLAKY, [...TM_2, '--parallel', '2']);
    assert.equal(code, 0, output);
    assert.ok(output.includes(`≈ flaky ${EARLY}  (4 of 4 runs passed)\n`), output);
    assert.match(output, /is exactly as expected: 13 pass, 1 flaky/);
  });

  test('is not run again where the tags leave it out', async (t) => {
    const { code, output } = await judged(t, 'wakes early', FLAKY, [...NO_SERVER, '--tags', '@TM-3']);
    assert.equal(code, 0, output);
    assert.match(output, /scripted conforms: 2 pass/);
  });
});

describe('--update-expectations', { concurrency: 2 }, () => {
  test('makes a file of what a run finds, whose reasons are to be written', async (t) => {
    const greenspec = new Greenspec(t);
    greenspec.startScripted('wakes early', ['--expectations', 'mine.yaml', '--update-expectations', ...NO_SERVER]);
    const first = await greenspec.end();
    assert.equal(first.code, 1, first.output);
    assert.match(first.output, /mine\.yaml written: 0 stay, 1 new, 0 gone; the reasons of new ones are yours to write/);
    const text = readFileSync(greenspec.file('mine.yaml'), 'utf8');
    assert.match(
      text,
      /^known:\n {2}- clause: TM-2\n {4}scenario: A sleep of 0\.02 .*\n {4}reason: .*TODO say why: it lasted/,
    );
    greenspec.startScripted('wakes early', ['--expectations', 'mine.yaml', ...TM_2]);
    const second = await greenspec.end();
    assert.equal(second.code, 1, second.output);
    assert.match(second.output, /mine\.yaml:2: unexplained: .*: nobody has said why: write the reason/);
    greenspec.file('mine.yaml', text.replace(/reason: .*/, `reason: its timers are early # really\n    ${LINK}`));
    greenspec.startScripted('wakes early', ['--expectations', 'mine.yaml', ...TM_2]);
    const third = await greenspec.end();
    assert.equal(third.code, 0, third.output);
    const explained = readFileSync(greenspec.file('mine.yaml'), 'utf8');
    greenspec.startScripted('wakes early', ['--expectations', 'mine.yaml', '--update-expectations', ...NO_SERVER]);
    const fourth = await greenspec.end();
    assert.match(fourth.output, /mine\.yaml written: 1 stay, 0 new, 0 gone/);
    assert.equal(readFileSync(greenspec.file('mine.yaml'), 'utf8'), explained);
    await greenspec.nothingLeft();
  });

  test('leaves the file as it is where the run does not come to its end', async (t) => {
    const text = known('clause: TM-2');
    const { code, output, greenspec } = await judged(t, 'exit-at initialize', text, [
      '--update-expectations',
      ...NO_SERVER,
    ]);
    assert.equal(code, 3, output);
    assert.match(output, /mine\.yaml is left as it is: the run did not come to its end/);
    assert.equal(readFileSync(greenspec.file('mine.yaml'), 'utf8'), text);
  });

  const REFUSED: readonly [what: string, args: string[], says: RegExp][] = [
    [
      'on some scenarios only',
      ['--expectations', 'mine.yaml', '--tags', '@TM-2'],
      /to do: leave --tags and --scenario out/,
    ],
    ['without expectations', ['--no-expectations'], /to do: leave --no-expectations out/],
    ['without a file', [], /scripted has no file of expectations\n {2}to do: name one: --expectations FILE/],
  ];
  for (const [what, args, says] of REFUSED)
    test(`is refused ${what}`, async (t) => {
      const greenspec = new Greenspec(t);
      greenspec.startScripted('none', ['--update-expectations', ...args, ...NO_SERVER]);
      const { code, output } = await greenspec.end();
      assert.equal(code, 2, output);
      assert.match(output, /^user: the expectations cannot be updated/);
      assert.match(output, says);
      assert.ok(!existsSync(greenspec.file('mine.yaml')));
    });
});
