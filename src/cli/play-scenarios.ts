import { join } from 'node:path';
import type { SessionSetting } from '../session/facts';
import { Collector } from '../verdict/collect';
import { judgeScenario } from '../verdict/expectations/judge';
import type { ScenarioResult } from '../verdict/result';
import type { runFeatures } from './features';
import { Repetitions } from './repetitions';
import type { RuntimeRun } from './runtime-run';

/** Which scenarios are run, and how. */
type Part = Pick<Parameters<typeof runFeatures>[0], 'names' | 'messages' | 'parallel'>;

/**
 * Runs the scenarios that the tags choose, those that are known to be flaky more than once. Each result is handed over as soon as it is
 * there, held against what is expected.
 */
export async function playScenarios(
  { command, clauses, tags, features, parallel, reports, judging }: RuntimeRun,
  session: SessionSetting,
  take: (result: ScenarioResult) => void,
): Promise<void> {
  const { runFeatures } = await import('./features');
  const play = (part: Part, take: (result: ScenarioResult) => void): Promise<void> => {
    const collector = new Collector(clauses, take);
    return runFeatures({ tags, features, session, onMessage: (envelope) => collector.message(envelope), ...part });
  };
  const bound = judging?.bound ?? [];
  const repetitions = await Repetitions.play(bound, (names, take) => play({ names }, take));
  await play({ messages: join(reports, `${command.name}.ndjson`), parallel }, (result) => {
    const whole = repetitions.with(result);
    take(judging === undefined ? whole : judgeScenario(judging.expectations.file, bound, whole));
  });
}
