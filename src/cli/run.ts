import { accessSync, constants, mkdirSync } from 'node:fs';
import { parseUrl } from '../database/address';
import { Fault } from '../fault/fault';
import { dropAhead, startAhead } from '../runtime/ahead';
import { type ShippedRuntime, shippedRuntimes } from '../runtime/shipped';
import type { RunOptions } from './run-options';

/** `greenspec run NAME [-- COMMAND…]`. */
export async function run(name: string, command: readonly string[], options: RunOptions): Promise<number> {
  const runtime = command.length > 0 ? ownRuntime(name, command) : find(name);
  return begin([runtime], options);
}

/** `greenspec conformance`: the model, and every shipped runtime that is there. */
export async function conformance(options: RunOptions): Promise<number> {
  const runtimes = shippedRuntimes();
  for (const { command, missing } of runtimes) {
    if (missing !== undefined)
      process.stdout.write(`${command.name}: not installed (${missing.what}); type: ${missing.install}\n`);
  }
  return begin(
    runtimes.filter(({ missing }) => missing === undefined),
    options,
  );
}

/** The first adapter starts at once, beside all that is yet to be loaded; one that is not wanted after all is ended. */
async function begin(runtimes: readonly ShippedRuntime[], options: RunOptions): Promise<number> {
  prepareReports(options.reports);
  if (options.mysql !== undefined) parseUrl(options.mysql);
  const [first] = runtimes;
  if (first !== undefined) startAhead(first.command);
  try {
    if (options.tags !== '' && !(await someScenarioHas(options.tags))) {
      process.stdout.write(`nothing is judged: no scenario has the tags ${options.tags}\n`);
      return 3;
    }
    const { testAll } = await import('./test-all');
    const commands = runtimes.map(({ command }) => command);
    return await testAll(commands, options);
  } finally {
    dropAhead();
  }
}

async function someScenarioHas(tags: string): Promise<boolean> {
  const { countScenarios } = await import('./tags');
  return countScenarios(tags) > 0;
}

function prepareReports(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    const what = 'results cannot be written';
    throw new Fault({ party: 'user', what, expected: 'a folder that can be written to', came: folder }, { cause });
  }
}

function ownRuntime(name: string, [command = '', ...args]: readonly string[]): ShippedRuntime {
  if (!/^[\w.-]+$/.test(name)) {
    throw new Fault({
      party: 'user',
      what: 'no name for a runtime',
      expected: 'letters, digits, and _ . -',
      came: name,
    });
  }
  return { command: { name, command, args, cwd: process.cwd() } };
}

function find(name: string): ShippedRuntime {
  const runtimes = shippedRuntimes();
  const runtime = runtimes.find(({ command }) => command.name === name);
  const known = runtimes.map(({ command }) => command.name).join(', ');
  if (runtime === undefined)
    throw new Fault({ party: 'user', what: 'no such runtime', expected: `one of ${known}`, came: name });
  if (runtime.missing !== undefined) {
    throw new Fault({
      party: 'environment',
      what: `${name} is not installed`,
      came: runtime.missing.what,
      advice: `type: ${runtime.missing.install}`,
    });
  }
  return runtime;
}
