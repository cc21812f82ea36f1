import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JudgedCase } from '../../proof/judged';
import { catches, score } from '../../proof/score';
import { came, liar, mutant, scenario, trial } from './support';

const runs = scenario('TM-2', 'runs', 'somebody runs', 'everybody ends');
const locks = scenario('TM-5', 'locks', 'nobody overlaps');

describe('a mutant', () => {
  const broken = mutant('broken', 'TM-2', 'somebody runs', /^nobody ran$/);
  const caught = (...outcomes: string[]): number => catches(trial(broken, came(runs, ...outcomes))).length;

  test('is caught by its claim, in a scenario of its clause, in its words', () => {
    const [found] = catches(trial(broken, came(locks, 'pass'), came(runs, 'fail: nobody ran')));
    assert.equal(found?.place, 'runs:1');
    assert.equal(found?.why, 'nobody ran');
  });

  test('is not caught by another claim, in other words, or in a scenario of another clause', () => {
    assert.equal(caught('pass', 'fail: nobody ran'), 0);
    assert.equal(caught('fail: it raised Oops'), 0);
    const elsewhere = scenario('YT-3a', 'elsewhere', 'somebody runs');
    assert.equal(catches(trial(broken, came(elsewhere, 'fail: nobody ran'))).length, 0);
  });

  test('that violates two clauses is caught only where both are seen to be', () => {
    const also = { clause: 'TM-5', claim: 'nobody overlaps', why: /^two overlap$/ };
    const both = (...cases: JudgedCase[]): number => catches(trial({ ...broken, also }, ...cases)).length;
    assert.equal(both(came(runs, 'fail: nobody ran')), 0);
    assert.equal(both(came(locks, 'fail: two overlap')), 0);
    assert.equal(both(came(runs, 'fail: nobody ran'), came(locks, 'fail: two overlap')), 2);
  });

  test('is not caught where it is inconclusive, nor behind a claim that is', () => {
    assert.equal(caught('environment: nobody ran'), 0);
    const behind = mutant('behind', 'TM-2', 'everybody ends', /^nobody ran$/);
    assert.equal(catches(trial(behind, came(runs, 'environment: open', 'fail: nobody ran'))).length, 0);
    assert.equal(catches(trial(behind, came(runs, 'fail: too', 'fail: nobody ran'))).length, 1);
  });

  test('is not caught where its runs could not be made', () => {
    const fault = { party: 'adapter', what: 'nobody ran' };
    assert.equal(catches(trial(broken, { of: runs, verdict: 'inconclusive', claims: [], fault })).length, 0);
  });
});

describe('a liar', () => {
  const lying = liar('lying', /^no query was seen$/);

  test('is found out where the adapter is at fault, in its words', () => {
    assert.equal(catches(trial(lying, came(runs, 'adapter: no query was seen'), came(locks, 'pass'))).length, 1);
    assert.equal(catches(trial(lying, came(runs, 'environment: no query was seen'))).length, 0);
    assert.equal(catches(trial(lying, came(runs, 'adapter: it ended'))).length, 0);
  });

  test('is found out at its start', () => {
    const refused = (party: string) => ({
      ...{ of: runs, verdict: 'inconclusive' as const, claims: [] },
      fault: { party, what: 'no query was seen' },
    });
    assert.equal(catches(trial(lying, refused('adapter'))).length, 1);
    assert.equal(catches(trial(lying, refused('database'))).length, 0);
  });

  test('is nowhere to be taken for a failure, but where a scenario is about what it lies about', () => {
    const cases = [came(runs, 'adapter: no query was seen'), came(locks, 'fail: they overlapped')];
    assert.equal(catches(trial(lying, ...cases)).length, 0);
    assert.equal(catches(trial(liar('lying', /^no query was seen$/, ['TM-5']), ...cases)).length, 1);
  });
});

describe('the score', () => {
  const one = mutant('one', 'TM-2', 'somebody runs', /nobody/);

  test('names the mutants that survive, and the scenarios that catch none', () => {
    const { survivors, idleCases } = score([runs, locks], [trial(one, came(runs, 'pass'), came(locks, 'fail: other'))]);
    assert.deepEqual(
      survivors.map(({ name }) => name),
      ['one'],
    );
    assert.deepEqual(idleCases, [runs]);
  });

  test('a mutant that was tried twice is caught if it was once, and what either shows is shown', () => {
    const trials = [trial(one, came(runs, 'environment: open')), trial(one, came(runs, 'fail: nobody'))];
    const { survivors, idleClaims } = score([runs], trials);
    assert.deepEqual(survivors, []);
    assert.deepEqual(
      idleClaims.map(({ place }) => place),
      ['runs:2'],
    );
  });

  test('a claim is needed if it alone fails its scenario on some mutant', () => {
    const idle = (...outcomes: string[]): string[] =>
      score([runs], [trial(one, came(runs, ...outcomes))]).idleClaims.map(
        ({ place, fails }) => `${place}${fails ? ' beside others' : ''}`,
      );
    assert.deepEqual(idle('fail: nobody', 'pass'), ['runs:2']);
    assert.deepEqual(idle('pass', 'fail: stuck'), ['runs:1']);
    assert.deepEqual(idle('fail: nobody', 'fail: stuck'), ['runs:1 beside others', 'runs:2 beside others']);
    // Without the first, the scenario would be open: it is the first that fails it.
    assert.deepEqual(idle('fail: nobody', 'environment: open'), ['runs:2']);
    assert.deepEqual(idle('environment: open', 'fail: nobody'), ['runs:1', 'runs:2 beside others']);
  });

  test('of an outline, one row is enough', () => {
    const other = { ...runs, name: 'runs, too' };
    const trials = [trial(one, came(runs, 'pass', 'pass'), came(other, 'fail: nobody', 'pass'))];
    assert.deepEqual(
      score([runs, other], trials).idleClaims.map(({ place }) => place),
      ['runs:2'],
    );
  });
});
