import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain } from '../../../src/fault/explain';
import { Fault } from '../../../src/fault/fault';
import { parseExpectations, readExpectations } from '../../../src/verdict/expectations/read';

const GOOD = `# a comment
known:
  # of the first
  - clause: TM-2
    reason: it is preempted
    link: https://example.org/1
  - scenario: It sleeps
    clause: TM-3
    reason: it does not
    why: two OS threads
flaky:
  - scenario: "It computes*"
    reason: at times
    repeat: 5
`;

/** What is wrong with a text, as a person is told. */
function fault(text: string): string {
  try {
    parseExpectations('mine.yaml', text);
  } catch (error) {
    assert.ok(error instanceof Fault);
    assert.equal(error.facts.party, 'user');
    return explain(error);
  }
  return assert.fail('nothing was wrong');
}

test('entries are read with the lines on which they begin', () => {
  const { entries } = parseExpectations('mine.yaml', GOOD);
  assert.deepEqual(
    entries.map(({ list, line, clause, scenario, repeat }) => ({ list, line, clause, scenario, repeat })),
    [
      { list: 'known', line: 4, clause: 'TM-2', scenario: undefined, repeat: undefined },
      { list: 'known', line: 7, clause: 'TM-3', scenario: 'It sleeps', repeat: undefined },
      { list: 'flaky', line: 12, clause: undefined, scenario: 'It computes*', repeat: 5 },
    ],
  );
  assert.equal(entries[1]?.why, 'two OS threads');
});

test('a file without entries has none', () => {
  for (const text of ['', '# nothing yet\n', 'known: []\n', '{}'])
    assert.deepEqual(parseExpectations('mine.yaml', text).entries, []);
});

describe('what is wrong is told with its line', () => {
  const WRONG: readonly [what: string, text: string, says: RegExp][] = [
    ['no YAML', 'known:\n  - clause: [TM-2\n', /^user: mine\.yaml is not YAML[\s\S]*\n {2}- mine\.yaml:\d: /],
    ['a key that is there twice', 'known: []\nknown: []\n', /mine\.yaml:2: .*unique/],
    ['an unknown list', 'known: []\nskipped: []\n', /mine\.yaml:2: Unrecognized key: "skipped"/],
    ['an unknown key', 'known:\n  - clause: TM-2\n    reason: x\n    reson: y\n', /mine\.yaml:4: .*"reson"/],
    ['no reason', 'known:\n  - clause: TM-2\n    reason: x\n  - clause: TM-3\n', /mine\.yaml:4: known\.1\.reason: /],
    ['no target', 'known:\n  - reason: x\n', /mine\.yaml:2: known\.0: names neither a clause nor a scenario/],
    [
      'no id of a clause',
      'known:\n  - reason: x\n    clause: TM2\n',
      /mine\.yaml:3: known\.0\.clause: no id of a clause/,
    ],
    ['a link that is none', 'known:\n  - clause: TM-2\n    reason: x\n    link: here\n', /mine\.yaml:4: .*no address/],
    ['no repetitions', 'flaky:\n  - clause: TM-2\n    reason: x\n', /mine\.yaml:2: flaky\.0\.repeat: /],
    ['one repetition', 'flaky:\n  - clause: TM-2\n    reason: x\n    repeat: 1\n', /mine\.yaml:4: flaky\.0\.repeat: /],
    ['repetitions of what is known', 'known:\n  - {clause: TM-2, reason: x, repeat: 3}\n', /mine\.yaml:2: .*"repeat"/],
    ['no list', '- clause: TM-2\n', /mine\.yaml:1: .*expected object/],
  ];
  for (const [what, text, says] of WRONG) test(what, () => assert.match(fault(text), says));

  test('all at once', () => {
    const lines = fault('known:\n  - reason: x\n  - clause: TM-2\n').match(/mine\.yaml:\d: /g);
    assert.deepEqual(lines, ['mine.yaml:2: ', 'mine.yaml:3: ']);
  });
});

test('a file that is not there is a fault, unless it may lack: then it has no entries', () => {
  assert.throws(() => readExpectations('/nowhere/mine.yaml'), /cannot be read/);
  assert.deepEqual(readExpectations('/nowhere/mine.yaml', true).entries, []);
});
