import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../src/project';

/** The commands that a page shows. */
export function commandsOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/```console\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  const commands = blocks.flatMap((block) => [...block.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command));
  if (commands.length === 0) throw new Error(`${page} shows no commands`);
  return commands;
}

/** Runs one as a person would type it. @throws Error with what it said, where it fails */
export function run(command: string, cwd: string, env: NodeJS.ProcessEnv): void {
  const began = performance.now();
  process.stderr.write(`$ ${command}\n`);
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`exit code ${status} of: ${command}\n${stdout}${stderr}`);
  process.stderr.write(`  ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
}
