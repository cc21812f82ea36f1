import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatUrl } from '../src/database/address';
import { openNamedDatabase } from '../src/database/open';
import { endOnSignals } from '../src/guardian/orderly';
import { POOL } from '../src/program/plan';
import { ROOT } from '../src/project';
import { PROTOCOL } from '../src/protocol/limits';
import type { AdapterCommand } from '../src/runtime/command';
import { shippedRuntimes } from '../src/runtime/shipped';
import type { ResultFile } from '../src/verdict/result';
import { bestOf, median, untilEnd, untilOutput } from './measure';
import { measureSchedules } from './schedules';
import { warmMedian } from './warm';

const ROUNDS = 5;

/** The clauses that a run is held against empty scenarios with: the hardest behaviours, and few that only wait. */
const SLICE = ['TM-2', 'TM-3', 'TM-5', 'YT-3a', 'YT-3b', 'MY-1', 'MY-3'];

/** What a runtime's interpreter does before any adapter: the bare start that an adapter's is held against. */
const BARE: Readonly<Record<string, readonly string[]>> = {
  reference: [
    '--require',
    './bin/register.js',
    '--eval',
    "for (const part of ['hub', 'greenthread', 'lockutils', 'socket', 'mysql', 'monkey']) require('./reference-impl/' + part); console.log('ready')",
  ],
  eventlet: [
    '-c',
    "import eventlet; eventlet.monkey_patch(); import oslo_concurrency.lockutils, MySQLdb, pymysql; print('ready', flush=True)",
  ],
};

/** Prints what a run costs, as ratios within one run: figures of another machine, or of a busy one, compare with nothing. */
async function main(): Promise<void> {
  endOnSignals(print);
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-bench-'));
  const database = await openNamedDatabase();
  try {
    const url = formatUrl(database.address);
    print(
      `${database.server.name} ${database.server.version}, ${database.provider}; best of ${ROUNDS} rounds, milliseconds\n`,
    );
    const runtimes = shippedRuntimes().filter(({ command }) => command.name in BARE);
    for (const { command, missing } of runtimes) {
      if (missing === undefined) await measure(command, url, folder);
      else print(`${command.name}: not installed (${missing.what})`);
    }
    await measureSchedules(print);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(command: AdapterCommand, url: string, folder: string): Promise<void> {
  const run = [
    'bin/greenspec.js',
    'run',
    command.name,
    '--no-report',
    '--no-facts',
    '--mysql',
    url,
    '--reports',
    folder,
  ];
  await untilEnd(process.execPath, run);
  const { scenarios } = JSON.parse(readFileSync(join(folder, `${command.name}.json`), 'utf8')) as ResultFile;
  const slice = scenarios.filter(({ clause }) => SLICE.includes(clause));
  const [waits, sliceWaits] = [waitsOf(scenarios), waitsOf(slice)];
  const tags = ['--tags', SLICE.map((id) => `@${id}`).join(' or ')];
  const feature = emptyFeature(folder, slice.length);
  const [plain, typed] = [emptySteps(folder, 'js'), emptySteps(folder, 'ts')];
  const cucumber = join(ROOT, 'node_modules', '.bin', 'cucumber-js');
  const times = await bestOf(ROUNDS, {
    suite: () => untilEnd(process.execPath, run),
    slice: () => untilEnd(process.execPath, [...run, ...tags]),
    empty: () => untilEnd(cucumber, [feature, '--require', plain]),
    emptyTyped: () => untilEnd(cucumber, [feature, '--require-module', 'ts-node/register', '--require', typed]),
    start: () => untilOutput(command.command, command.args, initialize),
    bare: () => untilOutput(command.command, BARE[command.name] ?? []),
  });
  const costs = scenarios.map(({ milliseconds, declaredWait }) => milliseconds - declaredWait * 1000);
  print(command.name);
  row(`${scenarios.length} scenarios, ${Math.round(waits)} ms of declared waits aside`, times.suite - waits);
  row(`${slice.length} of them, ${Math.round(sliceWaits)} ms of declared waits aside`, times.slice - sliceWaits);
  row(`cucumber-js, ${slice.length} empty scenarios`, times.empty);
  ratio('these / empty scenarios', (times.slice - sliceWaits) / times.empty, 3);
  row(`cucumber-js, ${slice.length} empty scenarios, their step in TypeScript`, times.emptyTyped);
  ratio('these / such empty scenarios', (times.slice - sliceWaits) / times.emptyTyped, 3);
  row('adapter, start to ready', times.start);
  row('its interpreter with the runtime imported', times.bare);
  ratio('adapter start / bare start', times.start / times.bare, 1.5);
  row('median scenario of that run', median(costs));
  row('median scenario on a warm process (aim: at most 5)', await warmMedian(command, url));
  print('');
}

/** Milliseconds that the programs ask to be waited. */
function waitsOf(scenarios: ResultFile['scenarios']): number {
  return scenarios.reduce((sum, { declaredWait }) => sum + declaredWait * 1000, 0);
}

const initialize = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocol: PROTOCOL, patch: true, pool: POOL } })}\n`;

function emptyFeature(folder: string, count: number): string {
  const scenarios = Array.from({ length: count }, (_, i) => `  Scenario: ${i}\n    Given nothing\n`);
  const feature = join(folder, 'empty.feature');
  writeFileSync(feature, `Feature: empty\n${scenarios.join('')}`);
  return feature;
}

/** The step of them, in the language that Node runs as it is, or in the one that this project is written in. */
function emptySteps(folder: string, extension: 'js' | 'ts'): string {
  const steps = join(folder, `empty.${extension}`);
  const cucumber = JSON.stringify(join(ROOT, 'node_modules', '@cucumber', 'cucumber'));
  const given = extension === 'ts' ? `import { Given } from ${cucumber};` : `const { Given } = require(${cucumber});`;
  writeFileSync(steps, `${given}\nGiven('nothing', () => {});\n`);
  return steps;
}

function row(what: string, milliseconds: number): void {
  print(`  ${what.padEnd(60)}${milliseconds.toFixed(1).padStart(10)}`);
}

function ratio(what: string, value: number, bound: number): void {
  print(`  ${what.padEnd(60)}${value.toFixed(2).padStart(10)}  (aim: at most ${bound})`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
