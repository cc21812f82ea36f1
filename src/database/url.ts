import { Fault } from '../fault/fault';
import type { DatabaseAddress } from '../protocol/messages';
import { ask } from './answer';
import type { Database, DatabaseChoice, Provider } from './database';

const EXPECTED = 'mysql://user:password@host:port/database, with %-escapes for what is special in a URL';
const DEFAULT_DATABASE = 'test';

/** A server of the user's. Nothing is started, so nothing is ended. */
export const url: Provider = {
  name: 'the address given',
  async open(choice: DatabaseChoice): Promise<Database> {
    const address = parseUrl(choice.url ?? '', choice.log);
    try {
      const server = await ask(address);
      return { address, server, provider: `the address given, ${shown(address)}`, close: async () => {} };
    } catch (error) {
      throw refused(address, error);
    }
  },
};

/** Reads an address; a Fault of the user's if it is none. */
export function parseUrl(text: string, log?: (line: string) => void): DatabaseAddress {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed?.protocol !== 'mysql:') throw notAnAddress(parsed === undefined ? 'no URL' : `${parsed.protocol}//…`);
  if (parsed.hostname === '') throw notAnAddress('no host');
  if (parsed.port === '0') throw notAnAddress('port 0');
  if (parsed.search !== '' || parsed.hash !== '')
    throw notAnAddress(`${parsed.search}${parsed.hash} after the database's name`);
  const database = decode(parsed.pathname.slice(1));
  if (database.includes('/')) throw notAnAddress(`${database} as the database's name`);
  if (database === '') log?.(`the address names no database: ${DEFAULT_DATABASE} is taken`);
  return {
    host: decode(parsed.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: Number(parsed.port || 3306),
    user: decode(parsed.username) || 'root',
    password: decode(parsed.password),
    database: database || DEFAULT_DATABASE,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notAnAddress('a % that begins no escape');
  }
}

/** Never with the text itself, which may hold a password. */
function notAnAddress(came: string): Fault {
  return new Fault({ party: 'user', what: 'the address of the database cannot be read', expected: EXPECTED, came });
}

function shown({ user, host, port, database }: DatabaseAddress): string {
  return `${user}@${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}

function refused(address: DatabaseAddress, error: unknown): Fault {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  const came = message || code;
  const where = shown(address);
  const user = `'${address.user}'@'%'`;
  switch (code) {
    case 'ER_ACCESS_DENIED_ERROR':
      return new Fault({ party: 'user', what: `the server refuses ${where}`, came, advice: 'check name and password' });
    case 'ER_BAD_DB_ERROR': {
      const advice = `CREATE DATABASE \`${address.database}\`; GRANT ALL ON \`${address.database}\`.* TO ${user};`;
      return new Fault({ party: 'user', what: `${where}: there is no such database`, came, advice });
    }
    case 'ER_DBACCESS_DENIED_ERROR': {
      const advice = `GRANT ALL ON \`${address.database}\`.* TO ${user};`;
      return new Fault({ party: 'user', what: `${where}: no rights on this database`, came, advice });
    }
    default: {
      const advice = 'start the server, or correct the address';
      return new Fault(
        { party: 'database', what: `no MySQL server answers as ${where}`, came, advice },
        { cause: error },
      );
    }
  }
}

/** The URL of an address: what `parseUrl` takes. */
export function formatUrl({ host, port, user, password, database }: DatabaseAddress): string {
  return `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`;
}
