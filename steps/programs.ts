import { Given } from '@cucumber/cucumber';
import type { MakeActivity, MakeCrowd } from './words';
import type { Scenario } from './world';

Given('a process that is {patching}', function (this: Scenario, patched: boolean) {
  this.cast.patched = patched;
});

Given('{int} green thread(s) that is/are always ready', function (this: Scenario, count: number) {
  this.cast.ready = count;
});

Given('{int} green thread(s) pending', function (this: Scenario, count: number) {
  this.cast.pending = count;
});

Given('a timer that falls due meanwhile', function (this: Scenario) {
  this.cast.timer = true;
});

Given('a green thread that {activity}', function (this: Scenario, activity: MakeActivity) {
  this.cast.activity = activity;
});

Given('{int} green thread(s), {task}', function (this: Scenario, count: number, task: MakeCrowd) {
  this.cast.crowd = (facts) => task(count, facts);
});
