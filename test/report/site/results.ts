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
