import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoadedConfig } from '../config/load';
import { parseUrl } from '../database/address';
import { Fault } from '../fault/fault';
import { dropAhead, startAhead } from '../runtime/ahead';
import { configuration } from './configuration';
import type { RunOptions } from './run-options';
import { type Settings, settle } from './settings';
import { allTargets, findTarget, ownTarget, type Target } from './targets';

/** `greenspec run NAME [-- COMMAND…]`. */
export async function run(name: string, command: readonly string[], options: RunOptions): Promise<number> {
  const loaded = await configuration(options.config);
  const target = command.length > 0 ? ownTarget(name, command) : findTarget(name, loaded);
  return begin([target], options, loaded);
}

/** `greenspec conformance`: every runtime that the configuration names; or the model, and every shipped runtime that is there. */
export async function conformance(options: RunOptions): Promise<number> {
  const loaded = await configuration(options.config);
  const targets = allTargets(loaded);
  for (const { command, missing } of targets) {
    if (missing !== undefined)
      process.stdout.write(`${command.name}: not installed (${missing.what}); type: ${missing.install}\n`);
  }
  return begin(
    targets.filter(({ missing }) => missing === undefined),
    options,
    loaded,
  );
}

/** The first adapter starts at once, beside all that is yet to be loaded; one that is not wanted after all is ended. */
async function begin(
  targets: readonly Target[],
  options: RunOptions,
  loaded: LoadedConfig | undefined,
): Promise<number> {
  const settings = settle(options, loaded, process.env);
  const chosen = targets.map((target) => withExpectations(target, options));
  prepareReports(settings.reports);
  if (settings.mysql !== undefined) parseUrl(settings.mysql);
  const [first] = chosen;
  if (first !== undefined) startAhead(first.command);
  try {
    if (!(await someScenarioIsMeant(settings))) {
      process.stdout.write(`nothing is judged: no scenario has the tags ${settings.tags}\n`);
      return 3;
    }
    const { testAll } = await import('./test-all');
    return await testAll(chosen, settings, options.updateExpectations ?? false);
  } finally {
    dropAhead();
  }
}

/** A target with the expectations that the command line asks for. */
function withExpectations({ expectations, ...target }: Target, options: RunOptions): Target {
  if (options.updateExpectations) checkUpdate(target, expectations, options);
  if (options.expectations === false) return target;
  if (typeof options.expectations === 'string')
    return { ...target, expectations: { path: resolve(options.expectations), mayLack: false } };
  return expectations === undefined ? target : { ...target, expectations };
}

/** Only a whole run can tell which entries are of use. */
function checkUpdate({ command }: Target, present: Target['expectations'], options: RunOptions): void {
  const refused = (came: string, advice: string): Fault =>
    new Fault({ party: 'user', what: 'the expectations cannot be updated', came, advice });
  if (options.tags !== '' || options.scenario !== undefined)
    throw refused('a run of some scenarios only', 'leave --tags and --scenario out');
  if (options.expectations === false) throw refused('a run without expectations', 'leave --no-expectations out');
  if (typeof options.expectations !== 'string' && present === undefined)
    throw refused(`${command.name} has no file of expectations`, 'name one: --expectations FILE');
}

async function someScenarioIsMeant({ tags, features = [] }: Settings): Promise<boolean> {
  if (tags === '' && features.length === 0) return true;
  const { countScenarios, findScenarios } = await import('./tags');
  for (const place of features) findScenarios(place);
  return tags === '' || countScenarios(tags) > 0;
}

function prepareReports(folder: Settings['reports']): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const what = 'results cannot be written';
    throw new Fault({ party: 'user', what, expected: 'a folder that can be written to', came: folder }, { cause });
  }
}
