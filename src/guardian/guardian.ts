import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { isAbsolute, join, parse, resolve } from 'node:path';

/**
 * What must not outlive greenspec: a process group by its leader, a process that has a mark in its environment, a folder, a container
 * by id or name at an engine, or at the one that a client, such as `docker`, finds by itself.
 */
export type Guarded =
  | { readonly kind: 'group'; readonly pid: number }
  | { readonly kind: 'marked'; readonly pid: number; readonly mark: string }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'container'; readonly id: string; readonly engine: string }
  | { readonly kind: 'container'; readonly id: string; readonly client: string };

const script = join(__dirname, 'guardian.sh');
const lines = new Map<number, string>();
let count = 0;
let guardian: ChildProcess | undefined;

/**
 * Has a thing ended should this process end before it does, be it by SIGKILL. Gives what to call once the thing is gone.
 * Call it in the same tick as the thing is started: what is told has left this process when it returns.
 */
export function guard(thing: Guarded): () => void {
  count += 1;
  const id = count;
  lines.set(id, `${id} ${thing.kind} ${describe(thing)}\n`);
  tell(lines.get(id) ?? '');
  return () => {
    if (lines.delete(id)) guardian?.stdin?.write(`${id} done\n`);
  };
}

function describe(thing: Guarded): string {
  switch (thing.kind) {
    case 'group':
      // kill(-1) would be everything there is, kill(0) ourselves.
      if (!Number.isInteger(thing.pid) || thing.pid <= 1) throw new RangeError(`no process group: ${thing.pid}`);
      return String(thing.pid);
    case 'marked':
      if (!Number.isInteger(thing.pid) || thing.pid <= 1 || !/^[0-9a-f]+$/.test(thing.mark))
        throw new RangeError(`no process: ${JSON.stringify(thing)}`);
      return `${thing.pid} ${thing.mark}`;
    case 'folder':
      if (!isAbsolute(thing.path) || resolve(thing.path) === parse(thing.path).root || thing.path.includes('\n'))
        throw new RangeError(`no folder to guard: ${JSON.stringify(thing.path)}`);
      return thing.path;
    case 'container': {
      const where = 'client' in thing ? `client:${thing.client}` : thing.engine;
      if (/\s/.test(thing.id + where)) throw new RangeError(`no container: ${JSON.stringify(thing)}`);
      return `${where} ${thing.id}`;
    }
  }
}

function tell(line: string): void {
  if (guardian === undefined) guardian = start();
  else guardian.stdin?.write(line);
}

/** In a session of its own, so that the terminal's Ctrl-C does not end it; holding no folder and no output of ours. */
function start(): ChildProcess {
  const child = spawn('/bin/sh', [script], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  const forget = () => {
    if (guardian === child) guardian = undefined;
  };
  child.once('error', forget).once('exit', forget).unref();
  child.stdin.on('error', forget);
  (child.stdin as Socket).unref();
  for (const line of lines.values()) child.stdin.write(line);
  return child;
}
