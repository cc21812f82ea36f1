import { basename, dirname, join } from 'node:path';
import type { FeatureScenario } from '../clauses/scenarios';
import { Fault } from '../fault/fault';
import { judgeRun, verdictOf } from '../verdict/outcome';
import type { Part, Platform, ResultFile, ScenarioResult } from '../verdict/result';
import { assertAlike } from './merge-alike';
import type { LoadedResult } from './read-results';

/**
 * One result of several, each of a part of the suite on the same runtime, as machines make them side by side. Its verdict is found anew; one that
 * lacks scenarios of the suite is as little green as a run that was cut short.
 *
 * @param suite all scenarios of the suite, in the order of the document
 * @throws Fault of the user: they are not of one runtime and one suite, or have a scenario in common
 */
export function mergeResults(results: readonly LoadedResult[], suite: readonly FeatureScenario[]): ResultFile {
  assertAlike(results);
  assertApart(results);
  const files = results.map(({ file }) => file);
  const scenarios = inOrder(
    files.flatMap((file) => file.scenarios),
    suite,
  );
  const fault = faultOf(results) ?? lacking(scenarios, suite);
  const cut = fault !== undefined;
  const { greenspec, format, runtime } = files[0] as ResultFile;
  const identity = files.find((file) => file.runtime.identity !== null)?.runtime.identity ?? null;
  return {
    ...{ greenspec, format },
    runtime: { ...runtime, identity },
    platform: allPlatforms(files),
    database: allDatabases(files),
    date: files
      .map(({ date }) => date)
      .sort()
      .at(-1) as string,
    verdict: verdictOf(scenarios, cut),
    ...(cut ? { fault } : {}),
    ...expectationsOf(files, scenarios, cut),
    parts: results.flatMap(partsOf),
    scenarios,
    ...factsOf(files),
  };
}

/** A profile is taken whole, or not at all. */
function factsOf(files: readonly ResultFile[]): Pick<ResultFile, 'facts'> {
  const facts = files.find((file) => file.facts !== undefined)?.facts;
  return facts === undefined ? {} : { facts };
}

/** How many scenarios of the suite a result does not have. */
export function missing(scenarios: readonly ScenarioResult[], suite: readonly FeatureScenario[]): number {
  const present = new Set(scenarios.map(keyOf));
  return suite.filter((scenario) => !present.has(keyOf(scenario))).length;
}

function keyOf({ clause, feature, name }: { clause: string | undefined; feature: string; name: string }): string {
  return JSON.stringify([clause ?? 'none', feature, name]);
}

/** @throws Fault of the user: a scenario is in two results */
function assertApart(results: readonly LoadedResult[]): void {
  const owners = new Map<string, string>();
  for (const { path, file } of results) {
    for (const scenario of file.scenarios) {
      const owner = owners.get(keyOf(scenario));
      if (owner !== undefined) {
        throw new Fault({
          party: 'user',
          what: `${owner} and ${path} have the same scenario`,
          came: `${scenario.clause}: ${scenario.name}`,
          expected: 'parts of the suite that have nothing in common',
          advice: 'give each machine tags of its own: --tags "@TM-1 or @TM-2"',
        });
      }
      owners.set(keyOf(scenario), path);
    }
  }
}

function inOrder(scenarios: readonly ScenarioResult[], suite: readonly FeatureScenario[]): ScenarioResult[] {
  const places = new Map(suite.map((scenario, i) => [keyOf(scenario), i]));
  const place = (scenario: ScenarioResult): number => places.get(keyOf(scenario)) ?? suite.length;
  return [...scenarios].sort((a, b) => place(a) - place(b));
}

/** What ended a part before its time. */
function faultOf(results: readonly LoadedResult[]): ResultFile['fault'] {
  const [first] = results.filter(({ file }) => file.fault !== undefined);
  if (first?.file.fault === undefined) return undefined;
  return { ...first.file.fault, what: `${nameOf(first)}: ${first.file.fault.what}` };
}

function lacking(scenarios: readonly ScenarioResult[], suite: readonly FeatureScenario[]): ResultFile['fault'] {
  const count = missing(scenarios, suite);
  if (count === 0) return undefined;
  return {
    party: 'user',
    what: `${count} of the suite's ${suite.length} scenarios ${count === 1 ? 'is' : 'are'} in none of the parts`,
    expected: 'a whole run',
    advice: 'merge the other parts, too',
  };
}

function allPlatforms(files: readonly ResultFile[]): Platform {
  const all = files.map(({ platform }) => platform);
  return {
    os: distinct(all.map(({ os }) => os)),
    architecture: distinct(all.map(({ architecture }) => architecture)),
    cores: Math.min(...all.map(({ cores }) => cores)),
    node: distinct(all.map(({ node }) => node)),
    procfs: all.every(({ procfs }) => procfs),
  };
}

function allDatabases(files: readonly ResultFile[]): ResultFile['database'] {
  const all = files.flatMap(({ database }) => database ?? []);
  if (all.length === 0) return null;
  return {
    provider: distinct(all.map(({ provider }) => provider)),
    server: distinct(all.map(({ server }) => server)),
    version: distinct(all.map(({ version }) => version)),
  };
}

function distinct(texts: readonly string[]): string {
  return [...new Set(texts)].join(' and ');
}

function expectationsOf(
  files: readonly ResultFile[],
  scenarios: readonly ScenarioResult[],
  cut: boolean,
): Pick<ResultFile, 'expectations'> {
  const all = files.flatMap(({ expectations }) => expectations ?? []);
  const [first] = all;
  if (first === undefined) return {};
  const told = new Map(all.flatMap(({ deviations }) => deviations.map((one) => [JSON.stringify(one), one])));
  const deviations = [...told.values()];
  return { expectations: { file: first.file, outcome: judgeRun(scenarios, cut, deviations), deviations } };
}

/** What was merged before is told by its parts. */
function partsOf({ path, file }: LoadedResult): Part[] {
  if (file.parts !== undefined) return file.parts;
  const { date, verdict, fault, platform, database, scenarios } = file;
  return [
    {
      ...{ file: nameOf({ path, file }), date, verdict, ...(fault === undefined ? {} : { fault }) },
      ...{ scenarios: scenarios.length, platform, database },
    },
  ];
}

/** Its name and its folder's: parts of one runtime are called alike. */
function nameOf({ path }: LoadedResult): string {
  return join(basename(dirname(path)), basename(path));
}
