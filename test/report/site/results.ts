import type { ExplorationFile } from '../../../src/explore/result';
import type { Program } from '../../../src/program/program';
import type { ResultFile, ScenarioResult } from '../../../src/verdict/result';
import { record } from '../../trace/record';

const PROGRAM: Program = { threads: { main: { steps: [] } } };

export function scenario(facts: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    ...{ clause: 'TM-2', strength: 'must', polarity: 'guarantee', name: 'One is never interrupted' },
    ...{ feature: 'features/threading-model.feature', line: 12, gherkin: ['Given a green thread', 'Then it runs'] },
    ...{ verdict: 'pass', claims: [{ says: 'it runs', verdict: 'pass' }], milliseconds: 1, declaredWait: 0 },
    record: record({ program: PROGRAM }, 'main it started\nmain it finished 3'),
    ...facts,
  };
}

/** A scenario that fails, contradicted by its second event. */
export function failing(facts: Partial<ScenarioResult> = {}): ScenarioResult {
  return scenario({
    ...{ verdict: 'fail', reason: 'it runs: it did not' },
    claims: [{ says: 'it runs', verdict: 'fail', why: 'it did not', against: [2] }],
    ...facts,
  });
}

export function result(
  name: string,
  scenarios: readonly ScenarioResult[],
  facts: Partial<ResultFile> = {},
): ResultFile {
  const runtime = {
    ...{ name, version: '1.2.3', language: { name: 'python', version: '3.11.7' } },
    ...{ lock: { name: 'lockutils', standIn: false }, drivers: {}, components: {} },
  };
  return {
    ...{ greenspec: '0.1.0', format: 2, date: '2026-11-25T10:00:00.000Z' },
    runtime: { name, command: ['python', 'my adapter.py'], named: true, identity: { runtime } },
    platform: { os: 'linux 6', architecture: 'x64', cores: 2, node: 'v24', procfs: true },
    database: { provider: 'container', server: 'MySQL', version: '9.7.4' },
    verdict: 'pass',
    scenarios: [...scenarios],
    ...facts,
  };
}

/** The orders of two updates, of a scenario or a program. */
export function exploration(facts: Partial<ExplorationFile> = {}): ExplorationFile {
  const outcome = (number: number, lost: number) => ({
    ...{ variables: { number }, lost, stale: 0, together: [], raised: {}, waits: [], cut: false },
  });
  const steps = [{ do: 'sleep', through: 'library', seconds: 0 } as const];
  const timeline = ['a  is let go', 'a  read-number finished 0', 'b  is let go'];
  return {
    ...{ kind: 'exploration', greenspec: '0.1.0', format: 1, date: '2026-11-25T10:00:00.000Z' },
    runtime: { name: 'eventlet', by: 'gates', identity: null },
    database: null,
    scenario: { name: 'One is never interrupted', place: 'features/threading-model.feature:12' },
    threads: [
      { letter: 'a', name: 'clerk#1', steps },
      { letter: 'b', name: 'clerk#2', steps },
    ],
    ...{ verdict: 'fail', reason: 'an update is lost in 4 of 6 orders', complete: true, bounds: [] },
    ...{ schedules: 3, orders: '6', repeated: 2 },
    mishaps: [{ mishap: 'an update is lost', orders: '4', expected: null }],
    ways: [
      { outcome: outcome(2, 0), mishaps: [], orders: '2', schedules: 1, example: 'a2b2', switches: 0 },
      {
        ...{ outcome: outcome(1, 1), mishaps: ['an update is lost'], orders: '4', schedules: 2 },
        ...{ example: 'ab2a', switches: 1 },
      },
    ],
    strip: [
      { schedule: 'a2b2', orders: '2', way: 0, timeline },
      { schedule: 'b2a2', orders: '2', way: 1 },
      { schedule: 'ab2a', orders: '2', way: 1, timeline },
    ],
    again: 'greenspec explore features/threading-model.feature:12 --runtime eventlet --replay SCHEDULE',
    shown: {
      ...{ mishap: 'an update is lost', schedule: 'ab2a', switches: 1, timeline, replay: 'greenspec explore x' },
      record: record({ program: PROGRAM }, 'main it started\nmain it finished 3'),
    },
    ...facts,
  };
}
