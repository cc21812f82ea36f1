import { Fault } from '../fault/fault';
import type { DatabaseAddress } from '../protocol/messages';

const EXPECTED = 'mysql://user:password@host:port/database, with %-escapes for what is special in a URL';
const DEFAULT_DATABASE = 'test';

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

/** An address as it may be shown: without the password. */
export function shown({ user, host, port, database }: DatabaseAddress): string {
  return `${user}@${host.includes(':') ? `[${host}]` : host}:${port}/${database}`;
}

/** The URL of an address: what `parseUrl` takes. */
export function formatUrl({ host, port, user, password, database }: DatabaseAddress): string {
  return `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${encodeURIComponent(database)}`;
}
