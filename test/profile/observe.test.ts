import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FACTS } from '../../src/profile/catalogue';
import { answerOf, type Fact } from '../../src/profile/fact';
import { observe } from '../../src/profile/observe';
import { NO_DATABASE, openScripted } from '../runtime/support';

function fact(id: string): Fact {
  const found = FACTS.find((fact) => fact.id === id);
  assert.ok(found);
  return found;
}

test('what a runtime does not declare is not applicable, and the words that are missing are told', async (t) => {
  const { bench } = await openScripted(t, 'none');
  const { answer, detail, record } = await observe(bench, fact('kill-running'));
  assert.equal(answer, 'not-applicable');
  assert.match(detail ?? '', /does not declare .*kill/);
  assert.equal(record, undefined);
});

test('without a server what takes one is unknown, with the reason, and keeps nobody from the next', async (t) => {
  const { bench } = await openScripted(t, 'none', {}, NO_DATABASE);
  const { answer, detail } = await observe(bench, fact('query-native'));
  assert.equal(answer, 'unknown');
  assert.match(detail ?? '', /no MySQL server/);
  assert.equal((await observe(bench, fact('turn-order'))).answer, 'in turn, as they were spawned');
});

test('the answer is found again in the record that is kept with it', async (t) => {
  const { bench } = await openScripted(t, 'none');
  const { answer, record } = await observe(bench, fact('child-starts'));
  assert.ok(record);
  assert.notEqual(answer, 'unknown');
  assert.equal(answerOf(fact('child-starts'), record).answer, answer);
});
