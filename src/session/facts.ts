import { Fault, type FaultFacts } from '../fault/fault';
import type { DatabaseAddress } from '../protocol/messages';
import type { AdapterCommand } from '../runtime/command';
import type { SessionOptions } from './session';

/** What a session is opened with. */
export interface SessionSetting {
  readonly command: AdapterCommand;
  readonly database: DatabaseAddress | Fault;
  readonly options: SessionOptions;
}

/** How that travels to another thread: as the world's parameters, which are data. */
export const SessionFacts = {
  write({ command, database, options }: SessionSetting): { session: string } {
    const server = database instanceof Fault ? { fault: database.facts } : { address: database };
    return { session: JSON.stringify({ command, server, options }) };
  },

  read(parameters: unknown): SessionSetting {
    const { session } = parameters as { session?: string };
    if (session === undefined) throw new Error('no session: scenarios are run by `greenspec run`');
    const { command, server, options } = JSON.parse(session) as {
      command: AdapterCommand;
      server: { fault: FaultFacts } | { address: DatabaseAddress };
      options: SessionOptions;
    };
    return { command, options, database: 'fault' in server ? new Fault(server.fault) : server.address };
  },
};
