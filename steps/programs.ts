import { Given } from '@cucumber/cucumber';
import { raisingAmong, raisingInside } from '../src/program/crowds';
import { poolWaiters } from '../src/program/queriers';
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

Given('{int} green thread(s), each of which {task}', function (this: Scenario, count: number, task: MakeCrowd) {
  this.cast.crowd = (facts) => task(count, facts);
});

Given('{int} green threads, the first of which raises an error', function (this: Scenario, count: number) {
  this.cast.crowd = () => raisingAmong(count);
});

Given(
  'a green thread that raises an error under the lock {string}, and then another that takes it',
  function (this: Scenario, name: string) {
    this.cast.crowd = () => raisingInside(name);
  },
);

Given(
  '{int} green threads that wait in the thread pool for a row, and one that is to commit it',
  function (this: Scenario, count: number) {
    this.cast.crowd = (facts) => poolWaiters(count, facts);
  },
);
