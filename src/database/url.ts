import { Fault } from '../fault/fault';
import type { DatabaseAddress } from '../protocol/messages';
import { parseUrl, shown } from './address';
import { ask } from './answer';
import type { Database, DatabaseChoice, Provider } from './database';

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
