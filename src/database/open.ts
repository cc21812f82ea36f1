import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { onExit } from '../guardian/orderly';
import { container } from './container';
import type { Database, DatabaseChoice, Provider } from './database';
import { local } from './local';
import { memory } from './memory';
import { url } from './url';

/** Opens the database that is chosen, or else the first that can be had. */
export async function openDatabase(choice: DatabaseChoice = {}): Promise<Database> {
  const database = await openFirst(providersFor(choice), choice);
  const release = onExit(() => database.close());
  return { ...database, close: () => database.close().finally(release) };
}

/** What the user names is tried alone: another server in its place would be a surprise. */
function providersFor(choice: DatabaseChoice): readonly Provider[] {
  if (choice.url !== undefined) return [url];
  if (choice.image !== undefined) return [container];
  return [container, local, memory];
}

async function openFirst(providers: readonly Provider[], choice: DatabaseChoice): Promise<Database> {
  const failures: { name: string; error: unknown }[] = [];
  for (const { name, open } of providers) {
    try {
      return await open(choice);
    } catch (error) {
      failures.push({ name, error });
      if (providers.length > 1) choice.log?.(`${name}: ${explain(error)}`);
    }
  }
  const [only] = failures;
  if (only !== undefined && failures.length === 1) throw only.error;
  throw new Fault({
    party: 'environment',
    what: 'no MySQL server could be had',
    expected: 'one of these, in this order',
    came: failures.map(({ name, error }) => `\n  - ${name}: ${explain(error).replaceAll('\n', '\n    ')}`).join(''),
    advice: 'do what one of them says, or give the address of a server',
  });
}
