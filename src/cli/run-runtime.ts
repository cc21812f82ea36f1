import { mkdirSync } from 'node:fs';
import type { Database } from '../database/database';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { onExit } from '../guardian/orderly';
import { closing } from '../report/closing';
import { Summary } from '../report/summary';
import { interrupted } from '../runtime/adapter-faults';
import { inSession } from '../session/current';
import { openSession } from '../session/session';
import type { ResultFile, ScenarioResult } from '../verdict/result';
import { type Judging, writeUpdate } from './expectations';
import { FEATURES } from './feature-files';
import { introduce } from './introduce';
import { playScenarios } from './play-scenarios';
import { placeForFacts, takeProfile } from './profile';
import { resultFile, writeResult } from './result-file';
import type { RuntimeRun } from './runtime-run';

/** Tests one runtime: prints clause by clause while it goes, and writes the result file, whatever comes of it. */
export async function runRuntime(run: RuntimeRun): Promise<ResultFile> {
  mkdirSync(run.reports, { recursive: true });
  const scenarios: ScenarioResult[] = [];
  const facts = placeForFacts(run);
  const summary = new Summary(run.clauses, run.summary, run.write);
  let identity: unknown = null;
  let database: Database | Fault | undefined;
  let fault: Fault | undefined;
  let stopped = false;
  const together = (run.parallel ?? 1) > 1;
  const address = Promise.resolve(run.database).then((database) =>
    database instanceof Fault ? database : database.address,
  );
  const opening = openSession(run.command, address, run.session);
  // Registered after the session, so called before it is closed: what is in hand then is what there is.
  const release = onExit(async () => {
    stopped = true;
    writeResult(run, resultFile(run, { database, identity, scenarios, facts, fault: interrupted() }));
  });
  try {
    // Loaded while the adapter starts.
    const { loadSteps } = await import('./features');
    await loadSteps();
    const session = await opening;
    database = await run.database;
    try {
      identity = await introduce(run, database, session);
      const setting = { command: run.command, database: await address, options: run.session };
      const take = (result: ScenarioResult): void => {
        if (stopped) return;
        scenarios.push(result);
        if (!together) summary.scenario(result);
      };
      await inSession(session, () => playScenarios(run, setting, take));
      // Those that ran together are told when all have run, each where it stands.
      if (together) for (const result of inOrder(scenarios)) summary.scenario(result);
      summary.end();
      await takeProfile(run, session, facts, () => stopped);
    } finally {
      for (const late of await session.close()) run.write(explain(late));
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    fault = error;
    if (!stopped) run.write(explain(error));
  } finally {
    release();
  }
  if (stopped) throw interrupted();
  const file = resultFile(run, { database, identity, scenarios, facts, fault });
  writeResult(run, file);
  for (const line of closing(file)) run.write(line);
  if (run.judging?.update) run.write(update(run.judging, file));
  return file;
}

/** A run that was cut does not tell what differs. */
function update(judging: Judging, { fault, scenarios }: ResultFile): string {
  if (fault === undefined) return writeUpdate(judging, scenarios);
  return `${judging.expectations.file} is left as it is: the run did not come to its end\n`;
}

/** In the order in which they stand in the features. */
function inOrder(scenarios: ScenarioResult[]): ScenarioResult[] {
  const place = ({ feature }: ScenarioResult): number => FEATURES.indexOf(feature);
  return scenarios.sort((a, b) => place(a) - place(b) || a.line - b.line);
}
