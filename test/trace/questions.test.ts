import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compose } from '../../src/program/compose';
import { entriesOf, events, heard, nameOf, othersBetween, span, spans, valueGiven } from '../../src/trace/questions';
import { FACTS, linesOf, record } from './record';

const nothing = compose({ ready: 0, pending: 0 }, FACTS);
const of = (trace: string) => record(nothing, trace);

describe('spans', () => {
  test('a step that is gone through by several, several times, and not to its end', () => {
    const all = spans(
      of(`
        a#1 x started
        a#2 x started
        a#1 x entered
        a#1 x finished 1
        a#1 y started
        a#1 x started
        b#1 x started
        a#2 x raised Oops
        b#1 x finished 2`),
      'x',
      (name) => name === 'a',
    );
    assert.deepEqual(
      all.map(({ thread, start, entered, end }) => [thread, start.n, entered?.n, end?.n, end?.phase]),
      [
        ['a#1', 1, 3, 4, 'finished'],
        ['a#2', 2, undefined, 8, 'raised'],
        ['a#1', 6, undefined, undefined, undefined],
      ],
    );
  });

  test('an end without a beginning is no span', () => {
    assert.deepEqual(spans(of('a#1 x finished\na#1 x entered'), 'x'), []);
  });

  test('the first one of a green thread, by its name, and the value that it gave', () => {
    const trace = of(
      'ab#1 x started\nab#1 x finished 1\na#1 x started\na#1 x finished 2\na#1 x started\na#1 x finished 3',
    );
    assert.equal(span(trace, 'a', 'x')?.end?.value, 2);
    assert.equal(valueGiven(trace, 'a', 'x'), 2);
    assert.equal(span(trace, 'main', 'x'), undefined);
  });

  test('each begins before it ends, and every beginning is in one', () => {
    const line = fc
      .tuple(
        fc.constantFrom('a#1', 'a#2', 'b#1'),
        fc.constantFrom('x', 'y'),
        fc.constantFrom('started', 'finished', 'raised'),
      )
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const all = spans(of(lines.join('\n')), 'x');
        for (const { thread, start, end } of all) {
          assert.equal(start.phase, 'started');
          assert.ok(end === undefined || (end.n > start.n && end.thread === thread && end.phase !== 'started'));
        }
        assert.equal(all.length, lines.filter((text) => text.endsWith('x started')).length);
        const ended = all.flatMap(({ end }) => (end === undefined ? [] : [end.n]));
        assert.equal(new Set(ended).size, ended.length);
      }),
    );
  });
});

test('what others reported between two events, and since one that has no end', () => {
  const trace = of('b#1 x started\na#1 x started\nb#1 x finished\na#1 y started\na#1 x finished\nb#1 x started');
  const it = spans(trace, 'x', (name) => name === 'a')[0];
  assert.ok(it !== undefined);
  assert.deepEqual(
    othersBetween(trace, it).map(({ n }) => n),
    [3],
  );
  const { end, ...open } = it;
  assert.deepEqual(
    othersBetween(trace, open).map(({ n }) => n),
    [3, 6],
  );
});

test('entries by their kind, and where one was heard', () => {
  const lines = 'a#1 x started\n* flag enough\n* quiescent\na#1 x finished\n* flag more';
  const trace = of(lines);
  assert.deepEqual(
    entriesOf(trace, 'flag').map(({ flag }) => flag),
    ['enough', 'more'],
  );
  assert.equal(heard(trace, events(trace)[1]), linesOf(lines).indexOf('a#1 x finished'));
  assert.equal(heard(trace, undefined), -1);
});

test('the name of an instance', () => {
  assert.deepEqual(['main', 'a#1', 'a.b-c#12'].map(nameOf), ['main', 'a', 'a.b-c']);
});
