import { randomBytes } from 'node:crypto';
import { mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { createDB } from 'mysql-memory-server';
import { Fault } from '../fault/fault';
import { askUntilItAnswers } from './answer';
import type { Database, DatabaseChoice, Provider } from './database';
import { makeUser, OWN_NAME } from './grants';
import { logExcerpt } from './log-excerpt';
import { ProcessGroup } from './process-group';
import { TemporaryFolder } from './temporary-folder';

const VERSION = '8.4.x';
const PATIENCE_SECONDS = 600;

/** A MySQL that mysql-memory-server downloads, and keeps in the temporary folder of the system for the next time. */
export const memory: Provider = {
  name: 'mysql-memory-server',
  async open({ log }: DatabaseChoice): Promise<Database> {
    const folder = new TemporaryFolder();
    const password = randomBytes(12).toString('hex');
    const output = join(folder.path, 'log');
    log?.(`downloading MySQL ${VERSION}, unless that was done before`);
    await shareDownloads(folder.path);
    const options: Parameters<typeof createDB>[0] = {
      version: VERSION,
      dbName: OWN_NAME,
      initSQLString: makeUser(password, randomBytes(12).toString('hex')),
      xEnabled: 'OFF',
      downloadRetries: 1,
    };
    const group = new ProcessGroup([process.execPath, join(__dirname, 'memory-host.js'), JSON.stringify(options)], {
      folder: folder.path,
      output,
      channel: true,
      env: { TMPDIR: folder.path },
    });
    let closed: Promise<void> | undefined;
    const close = () => (closed ??= group.kill().then(() => folder.discard()));
    const ended = group.ended.then(async (end) => {
      throw failed(`${end}${await logExcerpt(output)}`);
    });
    const late = AbortSignal.timeout(PATIENCE_SECONDS * 1000);
    const tooLate = new Promise<never>((_, reject) =>
      late.addEventListener('abort', () => reject(failed(`nothing within ${PATIENCE_SECONDS} seconds`))),
    );
    try {
      const { port } = (await Promise.race([group.message, ended, tooLate])) as { port: number };
      const address = { host: '127.0.0.1', port, user: OWN_NAME, password, database: OWN_NAME };
      const server = await askUntilItAnswers(address, { ended, seconds: 60 });
      ended.catch(() => {}); // Whoever uses the server will notice.
      tooLate.catch(() => {});
      group.unref();
      return { address, server, provider: 'mysql-memory-server', close };
    } catch (error) {
      await close();
      throw error instanceof Fault ? error : failed(String(error));
    }
  },
};

/** The package puts all it has below TMPDIR: the data goes with our folder, the download stays where it would be without us. */
async function shareDownloads(folder: string): Promise<void> {
  const downloads = join(tmpdir(), 'mysqlmsn', 'binaries');
  await mkdir(downloads, { recursive: true });
  await mkdir(join(folder, 'mysqlmsn'));
  await symlink(downloads, join(folder, 'mysqlmsn', 'binaries'));
}

function failed(came: string): Fault {
  return new Fault({ party: 'environment', what: `mysql-memory-server could not run MySQL ${VERSION}`, came });
}
