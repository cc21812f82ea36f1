import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { READY } from '../../src/program/compose';
import type { Program } from '../../src/program/program';
import { starvedOf, waitsOf } from '../../src/runtime/starvation';
import type { OpenStep } from '../../src/trace/record';

/** The subject comes to a gate and computes, while others yield; main waits for it to end. */
const PROGRAM: Program = {
  threads: {
    main: { steps: [{ do: 'attempt', steps: [{ do: 'join', label: 'end', thread: 'subject' }] }] },
    subject: {
      steps: [
        { do: 'wait', label: 'begin', gate: 'start', through: 'green' },
        { do: 'compute', label: 'work', until: 'enough' },
        { do: 'wait', label: 'read', gate: 'plain', through: 'raw-pipe' },
      ],
    },
    [READY]: { steps: [{ do: 'sleep', label: 'ready', through: 'library', seconds: 0 }] },
  },
};

const END: OpenStep = { thread: 'main', label: 'end' };
const BEGIN: OpenStep = { thread: 'subject#1', label: 'begin' };
const YIELDS: OpenStep = { thread: `${READY}#1`, label: 'ready' };

function starved(open: readonly OpenStep[], atGate: readonly string[] = []): OpenStep | undefined {
  return starvedOf(open, waitsOf(PROGRAM), (gate, thread) => atGate.includes(`${gate} ${thread}`));
}

describe('starvation', () => {
  test('is that of one on its way to a gate, or let through it, while others yield or wait for it to end', () => {
    assert.deepEqual(starved([END, YIELDS, BEGIN]), BEGIN);
  });

  test('is none where it waits at a closed gate: it is owed something', () => {
    assert.equal(starved([END, YIELDS, BEGIN], ['start subject#1']), undefined);
    assert.deepEqual(starved([END, YIELDS, BEGIN], ['start other#1', 'plain subject#1']), BEGIN);
  });

  test('is none where nobody is on the way to a gate', () => {
    assert.equal(starved([END, YIELDS]), undefined);
    assert.equal(starved([]), undefined);
  });

  test('is none where another does something that may rightly keep it from going on', () => {
    for (const label of ['work', 'read', 'something else'])
      assert.equal(starved([END, YIELDS, BEGIN, { thread: 'subject#2', label }]), undefined, label);
  });
});
