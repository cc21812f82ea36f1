import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { Fault } from '../../src/fault/fault';
import type { Act, Plan } from '../../src/program/plan';
import type { Step } from '../../src/program/step';
import type { DatabaseAddress } from '../../src/protocol/messages';
import type { AdapterCommand } from '../../src/runtime/command';
import { runPlan } from '../../src/runtime/run-plan';
import { openSession, type Session, type SessionOptions } from '../../src/session/session';
import type { RunRecord } from '../../src/trace/record';

const SCRIPTED = join(__dirname, '..', 'fixtures', 'adapters', 'scripted.js');

/** The reason that the tests give for having no server where they need none. */
export const NO_DATABASE = new Fault({ party: 'environment', what: 'these tests have no server' });

/** An adapter that is honest but for one thing, and a folder in which it shows how far it is. */
export function scripted(t: TestContext, misbehaviour = 'none'): { command: AdapterCommand; marks: string } {
  const marks = mkdtempSync(join(tmpdir(), 'scripted-'));
  t.after(() => rmSync(marks, { recursive: true, force: true }));
  const args = [SCRIPTED, misbehaviour, marks];
  return { command: { name: 'scripted', command: process.execPath, args, cwd: marks }, marks };
}

export async function openScripted(
  t: TestContext,
  misbehaviour: string,
  options: SessionOptions = {},
  database: DatabaseAddress | Fault = NO_DATABASE,
): Promise<Session & { readonly marks: string }> {
  let session: Session | undefined;
  // Before the folder that is made next goes, which its process writes to.
  t.after(() => session?.close());
  const { command, marks } = scripted(t, misbehaviour);
  session = await openSession(command, database, options);
  return { ...session, marks };
}

/** A plan of one green thread. */
export function plan(steps: Step[] = [{ do: 'set', label: 'write', variable: 'x', value: 1 }], acts: Act[] = []): Plan {
  return { program: { threads: { main: { steps } }, variables: { x: 0 } }, acts, declaredWait: 0 };
}

/** One run of a plan on the process that the pool has ready. */
export async function run({ bench }: Session, made: Plan | ((facts: Facts) => Plan) = plan()): Promise<RunRecord> {
  const adapter = await bench.pool.take();
  assert.ok(adapter !== undefined);
  return runPlan(bench, adapter, typeof made === 'function' ? made : () => made);
}

type Facts = Parameters<Parameters<typeof runPlan>[2]>[0];

export function cutBy(record: RunRecord): { party: string; what: string; came: string } {
  assert.equal(record.end.kind, 'cut', JSON.stringify(record.end));
  const { party, what, came = '' } = (record.end as Extract<RunRecord['end'], { kind: 'cut' }>).fault;
  return { party, what, came };
}

/** Running, and not merely a corpse that nobody has taken notice of. */
export function runs(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** What happens in processes that are not ours, which report to nobody: looking is all that can be done. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds()); await pause(10))
    assert.ok(Date.now() < end, `never: ${what}`);
}

/** Waits for the adapter to have been sent a request; gives its process. */
export async function marked(marks: string, name: string): Promise<number> {
  const path = join(marks, name);
  await until(`${name} is sent`, () => existsSync(path) && readFileSync(path, 'utf8') !== '');
  return Number(readFileSync(path, 'utf8'));
}

/** Asks a server over a connection of its own. */
export async function ask(address: DatabaseAddress, sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(address);
  try {
    return (await connection.query<RowDataPacket[]>(sql))[0];
  } finally {
    await connection.end();
  }
}
