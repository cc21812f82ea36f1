import { After, type ITestCaseHookParameter, setDefaultTimeout } from '@cucumber/cucumber';
import type { Scenario } from './world';

// Deadlines belong to the adapter's channel: a step's time-out could end nothing.
setDefaultTimeout(-1);

After(async function (this: Scenario, parameter: ITestCaseHookParameter) {
  await this.finish(parameter);
});
