import type { Database } from '../database/database';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { printable } from '../fault/printable';
import type { Session } from '../session/session';
import type { RuntimeRun } from './runtime-run';

/** Says what is tested, and gives it for the result; an adapter that cannot be started ends the run here. */
export async function introduce(
  { command, write }: RuntimeRun,
  database: Database | Fault,
  { bench }: Session,
): Promise<unknown> {
  const adapter = await bench.pool.take();
  if (adapter === undefined) {
    throw new Fault({
      party: 'adapter',
      what: `the adapter of ${command.name} will be neither patched nor unpatched`,
      advice: 'docs/protocol.md',
    });
  }
  const { blindness } = adapter.kernel;
  if (blindness !== undefined)
    write(`${blindness.why}: what only the kernel can tell stays open\n  to do: ${blindness.advice}`);
  const { runtime } = adapter.identity;
  const { 'c-library': driver } = runtime.drivers;
  const lock = `${runtime.lock.name}${runtime.lock.standIn ? ' (stand-in)' : ''}`;
  const language = `${runtime.language.name} ${runtime.language.version}`;
  const model = driver?.model === true ? ' (a model of one)' : '';
  write(printable(`${command.name}: ${runtime.name} ${runtime.version} on ${language}, lock ${lock}`));
  write(printable(`  C driver ${driver === undefined ? 'none' : `${driver.name} ${driver.version}${model}`}`));
  if (!(database instanceof Fault)) write(`  ${database.server.name} ${database.server.version}, ${database.provider}`);
  if (bench.database instanceof Fault)
    write(
      `without MySQL, since there is ${bench.database === database ? 'none' : 'trouble with it'}:\n${explain(bench.database)}`,
    );
  // Of a process, and not of the runtime.
  const { pid: _, ...identity } = adapter.identity;
  return identity;
}
