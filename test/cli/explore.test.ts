import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ExplorationFile } from '../../src/explore/result';
import { ROOT } from '../../src/project';
import { shippedRuntimes } from '../../src/runtime/shipped';
import { Greenspec } from './support';

const RACE = 'Of the orders of two updates';
const mutant = (name: string): string[] => [
  '--',
  process.execPath,
  '--require',
  join(ROOT, 'bin', 'register.js'),
  join(ROOT, 'mutants', 'serve.ts'),
  name,
];

/** A program of one's own: two withdraw what both have seen to be there. */
const WITHDRAWAL = JSON.stringify({
  variables: { balance: 100 },
  threads: {
    main: {
      steps: [
        { do: 'spawn', thread: 'teller', count: 2 },
        { do: 'join', thread: 'teller' },
      ],
    },
    teller: {
      steps: [
        { do: 'get', variable: 'balance', into: 'seen' },
        { do: 'sleep', through: 'library', seconds: 0 },
        { do: 'set', variable: 'balance', from: 'seen', plus: -30 },
      ],
    },
  },
});

describe('greenspec explore', { concurrency: 2 }, () => {
  const eventlet = shippedRuntimes().find(({ command }) => command.name === 'eventlet');
  for (const where of [[], ['--gates'], ['--runtime', 'eventlet']])
    test(`tells in how many orders a race shows ${where.join(' ')}`, async (t) => {
      if (where.includes('eventlet') && eventlet?.missing !== undefined) return t.skip(eventlet.missing.what);
      const greenspec = new Greenspec(t);
      const { code, output } = await greenspec.run(['explore', RACE, ...where, '--reports', greenspec.reports]);
      assert.equal(code, 0, output);
      assert.match(output, /complete: 4 schedules stand for all 6 orders/);
      assert.match(output, /an update is lost in 4 of 6 orders/);
      assert.match(
        output,
        /again: greenspec explore features\/threading-model\.feature:\d+ --runtime \w+ --replay ab2a/,
      );
      const file = written(greenspec);
      assert.equal(file.complete, true);
      assert.deepEqual(file.mishaps, [{ mishap: 'an update is lost', orders: '4', expected: '4' }]);
      assert.equal(file.strip.length, 4);
      await greenspec.nothingLeft();
    });

  test("finds what goes wrong in a program of one's own, and replays it", async (t) => {
    const greenspec = new Greenspec(t);
    const program = greenspec.file('withdrawal.json', WITHDRAWAL);
    const found = await greenspec.run(['explore', '--program', program, '--reports', greenspec.reports]);
    assert.equal(found.code, 1, found.output);
    assert.match(found.output, /✗ fail: an update is lost in 4 of 6 orders/);
    const again = await greenspec.run(['explore', '--program', program, '--replay', 'ab2a']);
    assert.equal(again.code, 1, again.output);
    assert.match(again.output, /balance is 70/);
    const well = await greenspec.run(['explore', '--program', program, '--replay', 'a2b2']);
    assert.equal(well.code, 0, well.output);
    assert.match(well.output, /balance is 40[\s\S]*nothing goes wrong/);
    await greenspec.nothingLeft();
  });

  test('finds a lock that breaks in some orders only, with as few switches as can be', async (t) => {
    const greenspec = new Greenspec(t);
    const command = mutant('lock-open-after-two-in-a-row');
    const args = ['Under the lock no order lets two in', '--runtime', 'broken', '--reports', greenspec.reports];
    const { code, output } = await greenspec.run(['explore', ...args, ...command]);
    assert.equal(code, 1, output);
    const { shown } = written(greenspec);
    assert.equal(shown?.mishap, 'two are inside together');
    assert.equal(shown.switches, 1);
    const again = await greenspec.run(['explore', ...args, '--replay', shown.schedule, ...command]);
    assert.equal(again.code, 1, again.output);
    assert.match(again.output, /two are inside till together/);
    await greenspec.nothingLeft();
  });

  test('takes nothing that it left out for a pass', async (t) => {
    const greenspec = new Greenspec(t);
    for (const [option, by] of [
      [['--limit', '2'], 'schedules'],
      [['--bound', '0'], 'switches'],
      [['--seed', '7', '--limit', '3'], 'seed'],
    ] as const) {
      const { code, output } = await greenspec.run([
        'explore',
        'Under the lock no order loses an update',
        ...option,
        '--reports',
        greenspec.reports,
      ]);
      assert.equal(code, 3, output);
      assert.match(output, new RegExp(`bounded by ${by}: \\d schedules explored`));
    }
  });

  test('prints its result as data', async (t) => {
    const greenspec = new Greenspec(t);
    const { output } = await greenspec.run(['explore', RACE, '--json', '--reports', greenspec.reports]);
    assert.deepEqual(ExplorationFile.parse(JSON.parse(output)), written(greenspec));
  });

  const mysql = process.env.GREENSPEC_MYSQL;
  test('finds transactions that MySQL ends with 1213, and replays one', {
    skip: mysql === undefined ? 'GREENSPEC_MYSQL names no server' : false,
  }, async (t) => {
    const greenspec = new Greenspec(t);
    const program = join(ROOT, 'examples', 'rows-in-opposite-order.json');
    const args = ['explore', '--program', program, '--mysql', mysql ?? '', '--reports', greenspec.reports];
    const { code, output } = await greenspec.run(args);
    assert.equal(code, 1, output);
    assert.match(output, /complete: 30 schedules stand for all 112 orders/);
    assert.match(output, /✗ fail: a transaction is ended by MySQL with 1213 in 40 of 112 orders/);
    const { shown, database } = written(greenspec);
    assert.match(output, new RegExp(`on reference with ${database?.server} ${database?.version}, led through gates`));
    assert.equal(shown?.switches, 1);
    const again = await greenspec.run([...args, '--replay', shown.schedule]);
    assert.equal(again.code, 1, again.output);
    assert.match(again.output, /waits for a row, as MySQL shows[\s\S]* raised 1213/);
    await greenspec.nothingLeft();
  });

  test('says why queries through the C library cannot be explored', async (t) => {
    const greenspec = new Greenspec(t);
    const text = readFileSync(join(ROOT, 'examples', 'lost-update-in-mysql.json'), 'utf8');
    const program = greenspec.file('c.json', text.replaceAll('"native"', '"c-library"'));
    const { code, output } = await greenspec.run(['explore', '--program', program]);
    assert.equal(code, 2, output);
    assert.match(output, /queries through the C library, which blocks the whole process/);
  });

  for (const [args, says] of [
    [['no such scenario'], /no scenario is called so/],
    [['Under the lock'], /several scenarios are called so/],
    [['A long computation holds everybody up (others ready: 1)'], /cannot be explored/],
    [[], /it is not clear what to explore/],
    [[RACE, '--replay', 'ab!'], /this is no schedule/],
    [
      [RACE, '--replay', 'ab3'],
      /the schedule cannot be followed\n {2}expected: after ab2 a, who can go on\n {2}came: b/,
    ],
  ] as const)
    test(`refuses ${args.join(' ') || 'nothing'}`, async (t) => {
      const greenspec = new Greenspec(t);
      const { code, output } = await greenspec.run(['explore', ...args]);
      assert.equal(code, 2, output);
      assert.match(output, says);
      assert.doesNotMatch(output, /defect|\n {4}at /);
      await greenspec.nothingLeft();
    });
});

function written({ reports }: Greenspec): ExplorationFile {
  const [file = ''] = readdirSync(reports);
  return ExplorationFile.parse(JSON.parse(readFileSync(join(reports, file), 'utf8')));
}
