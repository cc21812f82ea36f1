import { Then } from '@cucumber/cucumber';
import { noOsThreadMore, oneOsThread, osThread, sleepsNextToNever } from '../src/trace/claims/kernel';
import { entersAfterRaise, neverTogether, timesMade, together, updatesLost } from '../src/trace/claims/locking';
import {
  everyPendingRunsInEveryGap,
  servedBeforeTheEnd,
  somebodyRunsInEveryGap,
  timerFiresAfterwards,
} from '../src/trace/claims/meanwhile';
import { endsWithError, givesRow, isCLibrary, queriesAtOnce } from '../src/trace/claims/mysql';
import { showsIn } from '../src/trace/claims/orders';
import { eachRaises, eachReturns, othersGoOn, sameOrder } from '../src/trace/claims/outcomes';
import {
  commitFreesWaiters,
  commitWaitsForGivingUp,
  connectionsAtMost,
  eachGetsItsRow,
  poolHasThreads,
} from '../src/trace/claims/pools';
import {
  endsWithBytes,
  everybodyGoesOn,
  everyoneEnds,
  everyPendingRuns,
  lastsAtLeast,
  nobodyRuns,
  somebodyRuns,
} from '../src/trace/claims/progress';
import { type Finding, unknown } from '../src/trace/finding';
import type { RunRecord } from '../src/trace/record';
import type { Company, Fate, Gift, Pair } from './words';
import type { Scenario } from './world';

type Judge = (record: RunRecord) => Finding;

/** Binds a sentence to what judges it; the sentence itself, with its values, is what the result calls the claim. */
function claim<A extends unknown[]>(sentence: string, judge: (record: RunRecord, ...values: A) => Finding): void {
  const words = sentence.split(/(\{\w+\})/);
  const body = function (this: Scenario, ...values: A): void {
    const rest = [...values];
    const says = words.map((word) => (/^\{\w+\}$/.test(word) ? String(rest.shift()) : word)).join('');
    this.claim({ sentence, says, judge: (record) => judge(record, ...values) });
  };
  // Cucumber tells a step that takes a callback by the number of its parameters.
  Object.defineProperty(body, 'length', { value: words.filter((word) => /^\{\w+\}$/.test(word)).length });
  Then(sentence, body);
}

const MEANWHILE: Record<Company, Judge> = {
  'no other green thread': nobodyRuns,
  'another green thread': somebodyRuns,
  'every pending green thread': everyPendingRuns,
};
const IN_EVERY_GAP: Record<Company, Judge> = {
  'no other green thread': () => unknown('that nobody runs in any gap is no claim of this suite'),
  'another green thread': somebodyRunsInEveryGap,
  'every pending green thread': everyPendingRunsInEveryGap,
};
const OUTCOMES: Record<Gift, Judge> = { returned: eachReturns, raised: eachRaises };
const TOGETHER: Record<Pair, Judge> = { 'no two are ever': neverTogether, 'two are': together };
const COMMIT: Record<Fate, Judge> = {
  'comes only after error 1205': commitWaitsForGivingUp,
  'lets everybody through': commitFreesWaiters,
};

claim('{company} runs meanwhile', (record, company: Company) => MEANWHILE[company](record));
claim('{company} runs in every gap', (record, company: Company) => IN_EVERY_GAP[company](record));
claim('the timer fires only afterwards', timerFiresAfterwards);
claim('the timer and the byte are served before it ends', servedBeforeTheEnd);
claim('afterwards everybody goes on', everybodyGoesOn);
claim('every green thread comes to its end', everyoneEnds);
claim('every other green thread comes to its end', othersGoOn);
claim('whoever waits for them gets what each {gift}', (record, gift: Gift) => OUTCOMES[gift](record));
claim('both have their turns in the same order', sameOrder);
claim('it lasts at least {float} seconds', lastsAtLeast);
claim('it ends because the bytes came, and not before', endsWithBytes);

claim('the kernel sees the OS thread {sight} while a byte lies unread', osThread);
claim('all run on one OS thread, which the kernel knows', oneOsThread);
claim('the process has further OS threads', poolHasThreads);
claim('the kernel counts no OS thread more for {int} green threads than for one', noOsThreadMore);
claim('the OS thread goes to sleep next to never, and next to every time for a short while', sleepsNextToNever);

claim('{int} update(s) is/are lost', updatesLost);
claim('it is made {int} time(s)', timesMade);
claim('{pair} inside together', (record, pair: Pair) => TOGETHER[pair](record));
claim('the other one enters', entersAfterRaise);

claim('in {int} of {int} orders {mishap}', showsIn);

claim('MySQL sees {int} query/queries waiting at once', queriesAtOnce);
claim('the query gives the row that MySQL holds, once the suite lets go', givesRow);
claim('each gets the row that it asked for', eachGetsItsRow);
claim('the query ends with error {int}', endsWithError);
claim('the commit {fate}', (record, fate: Fate) => COMMIT[fate](record));
claim('MySQL sees {int} connections at the most', connectionsAtMost);
claim('the C driver is a C library, mapped into the process', isCLibrary);
