import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { WaitStrategy } from 'testcontainers';
import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { guard } from '../guardian/guardian';
import type { DatabaseAddress } from '../protocol/messages';
import { askUntilItAnswers } from './answer';
import type { Database, DatabaseChoice, Provider } from './database';
import { findEngine } from './engine';
import { EngineContainer } from './engine-container';
import { findPrograms } from './find-servers';
import { grants, OWN_NAME } from './grants';

const DEFAULT_IMAGE = 'mysql:8.4';
const PATIENCE_SECONDS = 120;

/** A container of the image given, or of MySQL's own, through testcontainers. */
export const container: Provider = {
  name: 'a container',
  async open({ image = DEFAULT_IMAGE, log }: DatabaseChoice): Promise<Database> {
    const engine = await findEngine();
    // Where there is a `docker` for our own guardian to end the container with, nobody needs testcontainers' image for it.
    if ((await findPrograms('docker', [])).length > 0) process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
    log?.(`starting a container of ${image}`);
    const name = `greenspec-${randomBytes(8).toString('hex')}`;
    const release = guard({ kind: 'container', id: name, engine });
    const engineContainer = new EngineContainer(name);
    const close = async () => {
      await engineContainer.remove();
      release();
    };
    try {
      const { address, root, ended } = await start(image, engineContainer);
      const server = await askUntilItAnswers(address, { ended, seconds: PATIENCE_SECONDS });
      engineContainer.unwatch();
      await prepare(root, address).catch((error: unknown) => log?.(`witnesses may see less: ${explain(error)}`));
      let closed: Promise<void> | undefined;
      return { address, server, provider: `container ${image}`, close: () => (closed ??= close()) };
    } catch (error) {
      await close().catch(() => {}); // Then it is left to the guardian.
      if (error instanceof Fault) throw error;
      throw new Fault({ party: 'environment', what: `no container of ${image} could be had` }, { cause: error });
    }
  },
};

/** testcontainers is to wait for nothing: what it can wait for comes before the server really answers. */
const atOnce: WaitStrategy = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};

interface Started {
  readonly address: DatabaseAddress;
  readonly root: DatabaseAddress;
  /** Rejects when the container ends. */
  readonly ended: Promise<never>;
}

async function start(image: string, container: EngineContainer): Promise<Started> {
  // Slow to load, so only here.
  const { MySqlContainer } = await import('@testcontainers/mysql');
  let fail = (_: unknown): void => {};
  const ended = new Promise<never>((_, reject) => {
    fail = reject;
  });
  ended.catch(() => {}); // It may have no listener any more, or not yet.
  class Watched extends MySqlContainer {
    protected override async containerCreated(): Promise<void> {
      container.watch(image).catch(fail);
    }
  }
  const [password, rootPassword] = [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')];
  const starting = new Watched(image)
    .withName(container.name)
    .withDatabase(OWN_NAME)
    .withUsername(OWN_NAME)
    .withUserPassword(password)
    .withRootPassword(rootPassword)
    .withWaitStrategy(atOnce)
    .start();
  const started = await Promise.race([starting, ended]);
  // An address in numbers: some runtimes look names up with threads.
  const host = started.getHost() === 'localhost' ? '127.0.0.1' : started.getHost();
  const address = { host, port: started.getPort(), user: OWN_NAME, password, database: OWN_NAME };
  return { address, root: { ...address, user: 'root', password: rootPassword }, ended };
}

/** What only root may do: more rights for our witnesses, and no waiting for the disk. */
async function prepare(root: DatabaseAddress, { user, database }: DatabaseAddress): Promise<void> {
  const connection = await createConnection(root);
  try {
    for (const grant of grants(`'${user}'@'%'`, database)) await connection.query(grant);
    await connection.query('SET GLOBAL innodb_flush_log_at_trx_commit = 0');
    await connection.query('SET GLOBAL sync_binlog = 0');
  } finally {
    connection.destroy();
  }
}
