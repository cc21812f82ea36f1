import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ROOT } from '../../src/project';
import type { DatabaseAddress } from '../../src/protocol/messages';
import { ResultFile } from '../../src/verdict/result';
import { until } from '../runtime/support';

const SCRIPTED = join(__dirname, '..', 'fixtures', 'adapters', 'scripted.js');

/** A greenspec of a test's own: it has a folder for temporary files that is empty before, and must be empty after. */
export class Greenspec {
  readonly marks: string;
  readonly reports: string;
  readonly #home: string;
  readonly #temporary: string;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(t: TestContext) {
    this.#home = mkdtempSync(join(tmpdir(), 'cli-test-'));
    this.marks = join(this.#home, 'marks');
    this.reports = join(this.#home, 'reports');
    this.#temporary = join(this.#home, 'temporary');
    for (const folder of [this.marks, this.#temporary]) mkdirSync(folder);
    t.after(() => {
      for (const pid of this.processes()) process.kill(pid, 'SIGKILL');
      rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  /** Starts it, in its own folder or one below; a server is found on this machine where none is given. */
  start(args: readonly string[], env: NodeJS.ProcessEnv = {}, below = ''): void {
    const { GREENSPEC_MYSQL: _, GREENSPEC_MYSQL_IMAGE: __, NODE_TEST_CONTEXT: ___, ...inherited } = process.env;
    this.#output = '';
    const child = spawn(process.execPath, [join(ROOT, 'bin', 'greenspec.js'), ...args], {
      cwd: join(this.#home, below),
      env: { ...inherited, TMPDIR: this.#temporary, DOCKER_HOST: 'unix:///nowhere/docker.sock', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (this.#output += text));
    this.#child = child;
  }

  /** Starts the test of the scripted adapter. */
  startScripted(misbehaviour: string, args: readonly string[], env?: NodeJS.ProcessEnv): void {
    const command = [process.execPath, SCRIPTED, misbehaviour, this.marks];
    this.start(['run', 'scripted', '--reports', this.reports, ...args, '--', ...command], env);
  }

  /** A file in the folder that it is started in, written where there is a text; gives its path. */
  file(name: string, text?: string): string {
    const path = join(this.#home, name);
    if (text !== undefined) writeFileSync(path, text);
    return path;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Its exit code, or the signal that ended it, and all that it said. */
  async end(): Promise<{ code: number | string; output: string }> {
    const [code, signal] = await once(this.#child as ChildProcess, 'close');
    return { code: code ?? signal, output: this.#output };
  }

  async run(
    args: readonly string[],
    env?: NodeJS.ProcessEnv,
    below?: string,
  ): Promise<{ code: number | string; output: string }> {
    this.start(args, env, below);
    return this.end();
  }

  result(name = 'scripted'): ResultFile {
    return ResultFile.parse(JSON.parse(readFileSync(join(this.reports, `${name}.json`), 'utf8')));
  }

  /** What the guardian ends goes after greenspec itself. */
  async nothingLeft(): Promise<void> {
    await until('no process is left', () => this.processes().length === 0);
    await until('no temporary folder is left', () => this.temporaries().length === 0);
  }

  /** Caches of compiled code are nobody's, and stay. */
  temporaries(): string[] {
    return readdirSync(this.#temporary).filter((name) => name.startsWith('greenspec-'));
  }

  /** Whatever was started by it, however far removed, has its folder for temporary files. */
  processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(`TMPDIR=${this.#temporary}`);
        } catch {
          return false;
        }
      });
  }
}

export function urlOf({ host, port, user, password, database }: DatabaseAddress): string {
  return `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

/** How many scenarios have each verdict. */
export function counts({ scenarios }: ResultFile): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { verdict } of scenarios) found[verdict] = (found[verdict] ?? 0) + 1;
  return found;
}

export function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}
