import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Reference } from '../../reference-impl/adapter';
import { exploreInside } from '../../src/explore/explore';
import { Guided } from '../../src/explore/guided';
import { Model } from '../../src/explore/model';
import type { Outcome } from '../../src/explore/outcome';
import { ReferenceInside } from '../../src/explore/reference';
import { Round } from '../../src/explore/round';
import { writeSchedule } from '../../src/explore/schedule';
import { Enumeration } from '../../src/explore/search';
import type { Body, Op } from '../../src/sdk/runtime';
import { locked, race } from './programs';

/** Every third time that a lock is asked for, it is not there. */
class Fickle extends Reference {
  #asked = 0;

  override synchronized<T>(name: string, body: Body<void, T>): Op<void, T> {
    this.#asked += 1;
    return this.#asked % 3 === 0 ? body() : super.synchronized(name, body);
  }
}

describe('what is not under control', () => {
  it('shows where the same schedule goes another way', () => {
    const search = new Enumeration({ reduce: false });
    exploreInside(locked(), new ReferenceInside(new Fickle()), search);
    assert.notEqual(search.strayed, undefined);
    assert.notDeepEqual(search.strayed?.before, search.strayed?.now);
  });

  it('shows where a schedule that is run twice comes to another outcome', () => {
    const guided = new Guided(new Enumeration({ reduce: false }), { repeats: true });
    const schedules = follow(guided, (outcome, n) => (n === 3 ? { ...outcome, lost: 7 } : outcome));
    // The first and the second are run twice, and then the fourth.
    assert.deepEqual(schedules, ['a2b2', 'a2b2', 'ab2a', 'ab2a']);
    assert.deepEqual([guided.unlike?.before.lost, guided.unlike?.now.lost], [1, 7]);
  });

  it('does not show where all comes to the same', () => {
    const guided = new Guided(new Enumeration({ reduce: false }), { repeats: true });
    const schedules = follow(guided, (outcome) => outcome);
    assert.deepEqual([guided.unlike, guided.strayed, guided.repeated], [undefined, undefined, 3]);
    assert.equal(new Set(schedules).size, 6);
    assert.equal(schedules.length, 9);
  });
});

/** Follows a search in the model, and tells it of each outcome, perhaps of another. */
function follow(guided: Guided, told: (outcome: Outcome, n: number) => Outcome): string[] {
  const schedules: string[] = [];
  for (let walk = guided.begin(); walk !== undefined; walk = guided.begin()) {
    const round = new Round(race(), new Model());
    for (let ready = round.ready(); ready.length > 0; ready = round.ready()) {
      const next: unknown = walk.choose(ready);
      assert.equal(typeof next, 'number');
      round.letGo(Number(next));
      walk.did(round.tracker.reads, round.tracker.writes);
    }
    schedules.push(writeSchedule(walk.schedule));
    walk.end('over');
    guided.came(walk, told(round.tracker.outcome([]), schedules.length - 1));
  }
  return schedules;
}
