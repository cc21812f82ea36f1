import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { GROUPS } from '../../src/check/all-checks';
import { INTRODUCTION, ITSELF } from '../../src/check/checks/handshake';
import { faulty, find, problems } from './support';

/** What is wrong with an adapter, how the check begins that finds it, and what it says of it. */
const FAULTS: readonly [fault: string, check: string, what: RegExp][] = [
  ['silent', 'it answers initialize', /sleeps, and does not go on/],
  ['misfit', 'it answers initialize', /a result that does not fit/],
  ['dies-at-once', 'it answers initialize', /^ended$/],
  ['starts-a-child', 'it runs a program', /in a process that it has started/],
  ['declares-the-other-mode', 'it declares the modes', /other modes than it grants/],
  ['says-that-it-is-patched', 'it is in the mode', /sleep is not what was asked for/],
  ['declares-an-unknown-word', 'its capabilities', /what no program takes/],
  ['names-no-driver', 'its capabilities', /does not name: c-library/],
  ['agrees-to-a-later-version', 'to a newer harness', /another version/],
  ['takes-an-older-version', 'to an older harness', /with a result/],
  ['runs-before-initialize', 'run before initialize', /run before initialize with a result/],
  ['checks-no-parameters', 'parameters of initialize', /with a result|with error -32002/],
  ['unknown-method-has-another-code', 'a method that it does not know', /with error -32000/],
  ['ends-at-what-is-not-json', 'a line that is not JSON', /^ended$/],
  ['misfits-have-another-code', 'a program that does not fit', /a step that there is not with error -32603/],
  ['runs-what-it-does-not-declare', 'a step whose word', /with (compute|touch\/log) with a result/],
  ['refuses-long-messages', 'it takes a message', /^ended$|with an error/],
  ['takes-a-line-of-any-length', 'a line of more than 1 MiB', /sleeps/],
  ['counts-from-0', 'it runs a program', /an event that does not fit/],
  ['skips-numbers', 'events count from 1', /event 1 came with the number 2/],
  ['never-finishes', 'events count from 1', /something else in main/],
  ['reports-what-has-no-label', 'events count from 1', /something else in main/],
  ['names-its-process', 'events name the OS threads', /OS thread/],
  ['cuts-nothing', 'a value that would make', /too long/],
  ['cuts-without-a-mark', 'a value that would make', /did not cut/],
  ['return-goes-on', 'return ends', /something (else|more) in main/],
  ['codes-are-classes', 'raise raises', /something else in main/],
  ['uncaught-is-an-error-of-run', 'what main raises', /answered run with an error/],
  ['calls-too-often', 'call runs', /something else in main/],
  ['true-is-one', 'when runs', /something else in main/],
  ['repeats-once', 'repeat runs', /something else in main/],
  ['looks-after-the-round', 'until looks', /something else in main/],
  ['sleeps-at-its-flag', 'until stops', /stuck at the step “loop” of main/],
  ['gets-null', 'get and set', /something else in main/],
  ['adds-to-texts', 'plus on', /something else in main/],
  ['loses-characters', 'values of every kind', /something else in main/],
  ['join-gives-a-list', 'spawn starts', /something else in main/],
  ['numbers-from-0', 'instances are numbered', /a green thread that there is not/],
  ['join-of-nobody-is-an-error', 'join of a green thread', /something else in main/],
  ['join-raises-something-else', 'what a green thread raises', /something else in main/],
  ['join-does-not-wait', 'join waits', /something else in worker#1|was told at joined/],
  ['locals-are-shared', 'locals belong', /something else in main/],
  ['lock-excludes-nobody', 'synchronized lets', /two green threads hold one lock/],
  ['prints-to-its-output', 'synchronized lets', /a line that is not JSON/],
  ['keeps-the-lock-after-an-error', 'a lock is let go', /stuck at the step “again” of main/],
  ['sleeps-not-at-all', "sleep through the library's", /did not sleep so long/],
  ['sleeps-not-at-all', "sleep through the standard library's", /did not sleep so long/],
  ['stops-where-it-yields', 'yield comes back', /stuck at the step “alone” of main/],
  ['computes-nothing', 'compute goes on', /did not wait for its flag/],
  ['says-no-number', 'a wait at a gate says', /another number|never came there/],
  ['gives-another-token', 'a wait at a gate says', /was given "token"/],
  ['never-comes-to-the-gate', 'a wait at a gate says', /never came there/],
  ['one-gate-at-a-time', 'green threads at several', /held up others/],
  ['reads-no-pipe', 'a wait through raw-pipe', /nobody read there/],
  ['reads-another-file', 'touch of the file', /a text that the file does not hold|gave another text/],
  ['logs-nothing', 'touch of the log', /did not write to the log/],
  ['attempt-catches-everything', 'kill ends a green thread', /something (else|more) in (main|worker#1)/],
  ['attempt-catches-everything', 'timeout gives steps up', /something else in main/],
  ['times-out-always', 'timeout raises nothing', /something else in main/],
  ['pool-has-another-size', 'spawn through the pool', /a pool of another size/],
  ['ends-at-a-negative-sleep', 'sleep with less than 0', /^ended before it answered run$/],
  ['calls-back-twice', 'call via a callback', /something else in main/],
  ['holds-and-does-nothing', 'hold of the early lock', /something else in main/],
  ['holds-and-does-nothing', 'hold of the log lock', /something else in main/],
  ['half-a-line-is-a-token', 'a gate whose connection ends', /half a line for a token/],
  ['reads-once', 'a token that comes in pieces', /did not read the token to its end/],
  ['ends-when-refused', 'a gate that refuses', /^ended$/],
  ['rows-are-texts', 'native: a query gives', /something else in main/],
  ['strips-comments', 'native: a query reaches', /sent another comment/],
  ['asks-nobody', 'native: a query that waits', /never saw waiting/],
  ['query-errors-are-classes', 'native: a query that fails', /something else in main/],
  ['unknown-connection-has-another-code', 'native: a connection that', /something else in main/],
  ['closes-nothing', 'connections that a program', /left connections open/],
  ['keeps-variables', 'a second run', /kept something of the first run/],
  ['runs-once', 'after a run that failed', /^ended$/],
  ['counts-nobody-as-left-over', 'green threads that are left over', /counts those who are left over wrongly/],
  ['reports-after-the-answer', 'green threads that are left over', /after the answer to run/],
  ['counts-those-that-ended', 'events count from 1', /2 green threads have not ended/],
  ['shutdown-gives-null', 'shutdown is answered', /with something else/],
  ['ends-with-another-code', 'shutdown is answered', /ended in another way/],
  ['stays-after-shutdown', 'shutdown is answered', /sleeps/],
  ['says-goodbye', 'the end of input ends', /answered what nobody asked/],
  ['leaves-a-process', 'what it has started', /left a process behind/],
  ['takes-pieces-for-lines', 'a request that comes in pieces', /sleeps|with an error/],
  ['takes-one-line-of-each-piece', 'requests that come in one piece', /sleeps/],
  ['searches-for-the-method', 'spaces, escapes', /sleeps/],
  ['drops-what-does-not-fit', 'a harness that reads slowly', /lost events/],
  ['survives-its-input', 'the end of input in the midst', /sleeps/],
];

describe('an adapter that is sound but for one thing', { concurrency: 2 }, () => {
  for (const [fault, says, what] of FAULTS) {
    test(`${fault}: ${says}…`, async () => {
      const found = await find(faulty(fault), { says, mysql: /^native|^connections/.test(says) });
      const it = found.find(({ check }) => check.says.startsWith(says));
      assert.equal(it?.finding.kind, 'unsound', JSON.stringify(it?.finding));
      if (it?.finding.kind !== 'unsound') return;
      const { complaint, exchange } = it.finding;
      assert.match(complaint.what, what);
      assert.ok(complaint.advice && complaint.section);
      assert.ok(exchange.length > 0 && exchange.length <= 15, exchange.join('\n'));
    });
  }

  test('and all others find no fault in one without any', async () => {
    assert.deepEqual(problems(await find(faulty('none'), { mysql: true })), []);
  });

  after(() => {
    // One driver stands for all: their checks are made by one function.
    const drivers = /^(c-library|thread-pool|connection-pool): /;
    const checks = [INTRODUCTION, ITSELF, ...GROUPS.flatMap(({ checks }) => checks)];
    const unshown = checks.filter(
      ({ says }) => !drivers.test(says) && !FAULTS.some(([, begins]) => says.startsWith(begins)),
    );
    assert.deepEqual(
      unshown.map(({ says }) => says),
      [],
      'checks that no fault shows to fail',
    );
  });
});
