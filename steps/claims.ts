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
import type { Finding } from '../src/trace/finding';
import type { RunRecord } from '../src/trace/record';
import type { Scenario } from './world';

/** Binds a sentence to what judges it; the sentence itself, with its values, is what the result calls the claim. */
function claim<A extends unknown[]>(sentence: string, judge: (record: RunRecord, ...values: A) => Finding): void {
  const words = sentence.split(/(\{\w+\})/);
  const body = function (this: Scenario, ...values: A): void {
    const rest = [...values];
    const says = words.map((word) => (/^\{\w+\}$/.test(word) ? String(rest.shift()) : word)).join('');
    this.claim({ says, judge: (record) => judge(record, ...values) });
  };
  // Cucumber tells a step that takes a callback by the number of its parameters.
  Object.defineProperty(body, 'length', { value: words.filter((word) => /^\{\w+\}$/.test(word)).length });
  Then(sentence, body);
}

claim('no other green thread runs meanwhile', nobodyRuns);
claim('another green thread runs meanwhile', somebodyRuns);
claim('every pending green thread runs meanwhile', everyPendingRuns);
claim('another green thread runs in every gap', somebodyRunsInEveryGap);
claim('every pending green thread runs in every gap', everyPendingRunsInEveryGap);
claim('the timer fires only afterwards', timerFiresAfterwards);
claim('the timer and the byte are served before it ends', servedBeforeTheEnd);
claim('afterwards everybody goes on', everybodyGoesOn);
claim('every green thread comes to its end', everyoneEnds);
claim('the others come to their end', othersGoOn);
claim('whoever waits for them gets what each returned', eachReturns);
claim('whoever waits for them gets what each raised', eachRaises);
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
claim('no two are ever inside together', neverTogether);
claim('two are inside together', together);
claim('the other one enters', entersAfterRaise);

claim('MySQL sees {int} query/queries waiting at once', queriesAtOnce);
claim('the query gives the row that MySQL holds, once the suite lets go', givesRow);
claim('each gets the row that it asked for', eachGetsItsRow);
claim('the query ends with error {int}', endsWithError);
claim('the commit comes only after error 1205', commitWaitsForGivingUp);
claim('the commit lets everybody through', commitFreesWaiters);
claim('MySQL sees {int} connections at the most', connectionsAtMost);
claim('the C driver is a C library, mapped into the process', isCLibrary);
