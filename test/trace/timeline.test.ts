import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Entry, RunRecord } from '../../src/trace/record';
import { timeline } from '../../src/trace/timeline';
import { record } from './record';

const program = { threads: { main: { steps: [] } } };

function event(n: number, more: object = {}): Entry {
  const told = { run: 'r1', n, thread: 'main', os: 100, label: 'it', phase: 'started', ...more } as const;
  return { at: n, kind: 'event', event: told };
}

function withEntries(entries: readonly Entry[]): RunRecord {
  return { ...record({ program }, ''), entries };
}

describe('the timeline', () => {
  test('shows what happened around the events that matter, and marks them', () => {
    const entries = [
      ...[1, 2, 3, 4, 5].map((n) => event(n)),
      { at: 6, kind: 'flag', flag: 'enough' } as const,
      event(6, { thread: 'subject#1', phase: 'finished', value: [[1, 'x']] }),
      ...[7, 8, 9, 10].map((n) => event(n)),
    ];
    assert.deepEqual(timeline(withEntries(entries), [6]), [
      '    4  main       it started',
      '    5  main       it started',
      '       · the suite raised the flag enough',
      '    6  subject#1  it finished [[1,"x"]]  ←',
      '    7  main       it started',
      '    8  main       it started',
      '    9  main       it started',
    ]);
  });

  test('shows the end of the run where no event contradicts', () => {
    const entries = Array.from({ length: 20 }, (_, i) => event(i + 1));
    const lines = timeline(withEntries(entries), []);
    assert.match(lines.at(-1) ?? '', /^ {3}20 /);
    assert.ok(lines.length < 12);
  });

  test('leaves out the middle of what is too long, and cuts long values', () => {
    const entries = Array.from({ length: 100 }, (_, i) => event(i + 1, { phase: 'finished', value: 'v'.repeat(500) }));
    const lines = timeline(withEntries(entries), [1, 100]);
    assert.equal(lines.length, 25);
    assert.match(lines[12] ?? '', /… \d+ more …/);
    assert.ok(lines.every((line) => line.length < 120));
  });
});
