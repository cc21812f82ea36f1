import { When } from '@cucumber/cucumber';
import { everyOrder } from '../src/explore/every-order';
import type { Scenario } from './world';

When('the program runs', async function (this: Scenario) {
  return (await this.run()) ? undefined : 'skipped';
});

/** The gates in the middle of their task are kept shut until all stand there or nobody else can come: see `crowd`. */
When('the suite lets none of them finish before all have begun, as far as it can', async function (this: Scenario) {
  return (await this.run()) ? undefined : 'skipped';
});

/** One order after the other, each to its end: see `lead`. */
When('every order is tried', async function (this: Scenario) {
  this.cast.led = everyOrder;
  return (await this.run()) ? undefined : 'skipped';
});
