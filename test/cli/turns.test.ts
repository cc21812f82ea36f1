import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Turns } from '../../src/cli/turns';

describe('several that write to one place', () => {
  const written = (say: (turns: Turns) => void): string[] => {
    const lines: string[] = [];
    say(new Turns(3, (line) => lines.push(line)));
    return lines;
  };

  test('the first is heard at once', () => {
    assert.deepEqual(
      written((turns) => turns.write(0, 'a')),
      ['a'],
    );
  });

  test('the others when those before them are done, and from then on at once', () => {
    const lines = written((turns) => {
      turns.write(1, 'b');
      turns.write(0, 'a');
      turns.done(0);
      turns.write(2, 'c');
      turns.write(1, 'b again');
      turns.done(1);
    });
    assert.deepEqual(lines, ['a', 'b', 'b again', 'c']);
  });

  test('one that is done early is heard whole in its turn', () => {
    const lines = written((turns) => {
      turns.write(2, 'c');
      turns.done(2);
      turns.done(1);
      turns.write(0, 'a');
      turns.done(0);
    });
    assert.deepEqual(lines, ['a', 'c']);
  });
});
