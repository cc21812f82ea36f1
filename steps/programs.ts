import { Given } from '@cucumber/cucumber';
import { queries, queriesHeldRow } from '../src/program/activities';
import { crowd, gathering, type Locking, raisingInside, type Task } from '../src/program/crowds';
import type { LockKind } from '../src/program/plan';
import type { Driver } from '../src/program/step';
import type { MakeActivity } from './words';
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

Given('a green thread that {activity}', function (this: Scenario, activity: MakeActivity) {
  this.cast.activity = activity;
});

Given(
  'a green thread that queries MySQL through {driver}, for {lock} that the suite holds',
  function (this: Scenario, driver: Driver, lock: LockKind) {
    this.cast.activity = (facts) => queries(driver, lock, facts);
  },
);

Given(
  'a green thread that queries MySQL through {driver}, for a row that a sleeping green thread holds',
  function (this: Scenario, driver: Driver) {
    this.cast.activity = (facts) => queriesHeldRow(driver, facts);
  },
);

Given('{int} green threads that report where they run', function (this: Scenario, count: number) {
  this.cast.crowd = gathering(count);
});

Given('{int} green threads, each of which {task}', function (this: Scenario, count: number, task: Task) {
  lead(this, count, task, { kind: 'none' });
});

Given(
  '{int} green threads, each of which {task} under the lock {string}',
  function (this: Scenario, count: number, task: Task, name: string) {
    lead(this, count, task, { kind: 'one', name });
  },
);

Given(
  '{int} green threads, each of which {task} under a lock of its own',
  function (this: Scenario, count: number, task: Task) {
    lead(this, count, task, { kind: 'own' });
  },
);

Given(
  'a green thread that raises an error under the lock {string}, and then another that takes it',
  function (this: Scenario, name: string) {
    this.cast.crowd = raisingInside(name);
  },
);

function lead(scenario: Scenario, count: number, task: Task, locking: Locking): void {
  scenario.cast.crowd = crowd(count, task, locking);
}
