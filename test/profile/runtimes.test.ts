import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openDatabase } from '../../src/database/open';
import { FACTS } from '../../src/profile/catalogue';
import { observe } from '../../src/profile/observe';
import { ROOT } from '../../src/project';
import type { AdapterCommand } from '../../src/runtime/command';
import { shippedRuntimes } from '../../src/runtime/shipped';
import { openSession } from '../../src/session/session';

/** What each fact is on these runtimes: where two columns differ, the fact tells the runtimes apart. */
const NA = 'not-applicable';
const EXPECTED: Record<string, { reference: string; contrary: string; eventlet: string }> = {
  'child-starts': { reference: 'at the next switch', contrary: 'inside spawn', eventlet: 'at the next switch' },
  'turn-order': {
    reference: 'in turn, as they were spawned',
    contrary: 'in no fixed order',
    eventlet: 'in turn, as they were spawned',
  },
  'yields-before-bytes': { reference: '1', contrary: '5', eventlet: '1' },
  'overdue-timer': { reference: 'the timer', contrary: 'the sleep of 0', eventlet: 'the timer' },
  'negative-sleep': { reference: 'it lets nobody run', contrary: 'it raises', eventlet: 'it lets nobody run' },
  'standard-sleep-without-argument': {
    reference: 'it lets others run',
    contrary: 'it raises',
    eventlet: 'it lets others run',
  },
  'switch-in-callback': { reference: NA, contrary: NA, eventlet: 'yes' },
  'contended-log': { reference: NA, contrary: 'it waits for nobody', eventlet: 'it lets others run' },
  'full-pool': {
    reference: 'it waits for a place',
    contrary: 'it goes on, and the task begins',
    eventlet: 'it waits for a place',
  },
  'kill-running': {
    reference: 'yes, where it waits',
    contrary: 'no, it goes on',
    eventlet: 'yes, where it waits',
  },
  'timeout-in-c-call': { reference: 'no', contrary: 'only when the call is over', eventlet: 'no' },
  'query-c-library': { reference: 'it stops everybody', contrary: 'others run', eventlet: 'it stops everybody' },
  'query-native': { reference: 'others run', contrary: 'others run', eventlet: 'others run' },
  'query-thread-pool': { reference: 'others run', contrary: 'it stops everybody', eventlet: 'others run' },
  'query-connection-pool': { reference: 'others run', contrary: 'it stops everybody', eventlet: 'others run' },
  'shared-connection': {
    reference: 'the second waits its turn',
    contrary: 'the second is given an error',
    eventlet: 'the second is given an error',
  },
  'lock-barging': { reference: 'no', contrary: 'yes', eventlet: 'yes' },
  'lock-killed-holder': { reference: 'it is free', contrary: 'the holder goes on', eventlet: 'it is free' },
  'early-lock': { reference: NA, contrary: 'it lets others run', eventlet: 'it stops everybody' },
  'lock-reentrancy': {
    reference: 'no: it waits for itself',
    contrary: 'yes',
    eventlet: 'no: it waits for itself',
  },
};

const contrary: AdapterCommand = {
  name: 'contrary',
  command: process.execPath,
  args: ['--require', join(ROOT, 'bin', 'register.js'), join('test', 'profile', 'fixtures', 'contrary.ts')],
  cwd: ROOT,
};

/** The answers of a runtime; in the place of one that was not observed, why. */
async function profile(command: AdapterCommand): Promise<Record<string, string>> {
  const database = await openDatabase({ url: process.env.GREENSPEC_MYSQL || undefined });
  const session = await openSession(command, database.address);
  const answers: Record<string, string> = {};
  try {
    for (const fact of FACTS) {
      const { id, answer, detail } = await observe(session.bench, fact);
      answers[id] = answer === 'unknown' ? `unknown: ${detail}` : answer;
    }
  } finally {
    await session.close();
    await database.close();
  }
  return answers;
}

function expected(runtime: 'reference' | 'contrary' | 'eventlet'): Record<string, string> {
  return Object.fromEntries(Object.entries(EXPECTED).map(([id, answers]) => [id, answers[runtime]]));
}

function shipped(name: string): AdapterCommand {
  const found = shippedRuntimes().find(({ command }) => command.name === name);
  assert.ok(found?.missing === undefined, `${name} is not installed: ${found?.missing?.install}`);
  return found?.command as AdapterCommand;
}

describe('every fact is observed', () => {
  test('on the reference', async () => {
    assert.deepEqual(await profile(shipped('reference')), expected('reference'));
  });

  test('on a runtime that is otherwise in all that a runtime of its kind can be', async () => {
    assert.deepEqual(await profile(contrary), expected('contrary'));
  });

  test('on eventlet', async () => {
    assert.deepEqual(await profile(shipped('eventlet')), expected('eventlet'));
  });

  test('and tells two of these apart, but for the one that is observed as another is', () => {
    const alike = Object.entries(EXPECTED).filter(([, answers]) => new Set(Object.values(answers)).size === 1);
    assert.deepEqual(
      alike.map(([id]) => id),
      ['query-native'],
    );
  });
});
