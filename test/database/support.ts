import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { findServers } from '../../src/database/find-servers';
import type { DatabaseAddress } from '../../src/protocol/messages';

/** The image that the container tests run; nothing is downloaded for a test. */
export const IMAGE = process.env.GREENSPEC_MYSQL_IMAGE ?? 'greenspec/mysql:ci';

export function imageIsThere(): boolean {
  try {
    execFileSync('docker', ['image', 'inspect', IMAGE], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

export async function serverIsThere(): Promise<boolean> {
  return (await findServers()).length > 0;
}

/** Tests that cannot be run here are not registered, and not passed over in silence either. */
export function leaveOut(what: string, why: string): void {
  console.log(`left out: ${what}: ${why}`);
}

export async function one(address: DatabaseAddress, sql: string): Promise<unknown> {
  const connection = await createConnection(address);
  try {
    const [[row]] = await connection.query<RowDataPacket[]>(sql);
    return Object.values(row ?? {})[0];
  } finally {
    connection.destroy();
  }
}

/** Processes that run a program with these words in their arguments. */
export function processesWith(words: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(words);
      } catch {
        return false;
      }
    });
}

export function containersPublishing(port: number): string[] {
  const args = ['ps', '--all', '--quiet', '--filter', `publish=${port}`];
  return execFileSync('docker', args, { encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** What is ended by processes that are not ours reports to nobody: looking is all that can be done. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); await pause(20))
    if (Date.now() > end) throw new Error(`never: ${what}`);
}

/** The folder of a local server, by its arguments. */
export function folderOf(port: number): string {
  const [pid] = processesWith(`--port=${port} `);
  const line = pid === undefined ? '' : readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  const data = /--datadir=([^\0]*)/.exec(line)?.[1];
  if (data === undefined || !existsSync(data)) throw new Error(`no server with --port=${port}`);
  return join(data, '..');
}

/** A greenspec that has opened a database and uses it, to be killed. */
export async function startUser(
  choice: object,
  env: object = {},
): Promise<{ child: ChildProcess; address: DatabaseAddress }> {
  const fixture = join(__dirname, 'fixtures', 'user.ts');
  const child = spawn(process.execPath, ['--require', 'ts-node/register', fixture, JSON.stringify(choice)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, address: JSON.parse(line) };
}
