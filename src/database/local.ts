import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../fault/fault';
import { askUntilItAnswers } from './answer';
import type { Database, DatabaseChoice, Provider } from './database';
import { findServers, type ServerProgram } from './find-servers';
import { freePort } from './free-port';
import { makeUser, OWN_NAME } from './grants';
import { logExcerpt } from './log-excerpt';
import { ProcessGroup } from './process-group';
import { initialise, run } from './recipes';
import { TemporaryFolder } from './temporary-folder';

const PATIENCE_SECONDS = 60;

/** A server program found on this machine, run in a temporary folder. */
export const local: Provider = {
  name: 'a server program on this machine',
  async open({ log }: DatabaseChoice): Promise<Database> {
    const [program] = await findServers();
    if (program === undefined)
      throw new Fault({
        party: 'environment',
        what: 'there is neither mysqld nor mariadbd on this machine',
        advice: 'install one, as in: apt-get install mariadb-server-core mariadb-client-core',
      });
    log?.(`starting ${program.path}, ${program.name} ${program.version}`);
    const folder = new TemporaryFolder();
    try {
      await makeData(program, folder.path);
      return await serve(program, folder);
    } catch (error) {
      await folder.discard();
      throw error;
    }
  },
};

async function makeData(program: ServerProgram, folder: string): Promise<void> {
  const output = join(folder, 'initialise.log');
  const end = await new ProcessGroup(await initialise(program, folder), { folder, output }).ended;
  if (end !== 'exit code 0') throw await fault(program, 'could not make its data folder', end, output);
}

async function serve(program: ServerProgram, folder: TemporaryFolder, tries = 3): Promise<Database> {
  const password = randomBytes(12).toString('hex');
  await writeFile(join(folder.path, 'init.sql'), makeUser(password, randomBytes(12).toString('hex')), { mode: 0o600 });
  const log = join(folder.path, 'error.log');
  const address = { host: '127.0.0.1', port: await freePort(), user: OWN_NAME, password, database: OWN_NAME };
  const group = new ProcessGroup(run(program, folder.path, address.port), { folder: folder.path, output: log });
  const ended = group.ended.then(async (end) => {
    throw await fault(program, 'ended before it answered', end, log);
  });
  try {
    const server = await askUntilItAnswers(address, { ended, seconds: PATIENCE_SECONDS });
    ended.catch(() => {}); // Whoever uses the server will notice.
    group.unref();
    let closed: Promise<void> | undefined;
    const close = () => (closed ??= group.kill().then(() => folder.discard()));
    return { address, server, provider: `${program.path} in a temporary folder`, close };
  } catch (error) {
    await group.kill();
    const known =
      error instanceof Fault
        ? error
        : await fault(program, `did not answer within ${PATIENCE_SECONDS} seconds`, String(error), log);
    // Another program took the port between our look and the server's.
    if (tries > 1 && /address already in use/i.test(known.facts.came ?? ''))
      return await serve(program, folder, tries - 1);
    throw known;
  }
}

async function fault({ name, path, version }: ServerProgram, what: string, how: string, log: string): Promise<Fault> {
  const came = how + (await logExcerpt(log));
  return new Fault({ party: 'database', what: `${path} (${name} ${version}) ${what}`, came });
}
