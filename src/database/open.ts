import { explain } from '../fault/explain';
import { Fault } from '../fault/fault';
import { onExit } from '../guardian/orderly';
import type { Database, DatabaseChoice, Provider } from './database';

/** Opens the database that is chosen, or else the first that can be had. */
export async function openDatabase(choice: DatabaseChoice = {}): Promise<Database> {
  const database = await openFirst(providersFor(choice), choice);
  const release = onExit(() => database.close());
  return { ...database, close: () => database.close().finally(release) };
}

/** Opens the database that GREENSPEC_MYSQL or GREENSPEC_MYSQL_IMAGE names, or else the first that can be had. */
export function openNamedDatabase(log?: DatabaseChoice['log'], env = process.env): Promise<Database> {
  const url = env.GREENSPEC_MYSQL || undefined;
  const image = env.GREENSPEC_MYSQL_IMAGE || undefined;
  return openDatabase({ url, image, log });
}

/** Each is loaded when it is tried: what speaks to a container engine is of no use to whoever has a server. */
type Loader = () => Promise<Provider>;
const url: Loader = async () => (await import('./url')).url;
const container: Loader = async () => (await import('./container')).container;
const local: Loader = async () => (await import('./local')).local;
const memory: Loader = async () => (await import('./memory')).memory;

/** What the user names is tried alone: another server in its place would be a surprise. */
function providersFor(choice: DatabaseChoice): readonly Loader[] {
  if (choice.url !== undefined) return [url];
  if (choice.image !== undefined) return [container];
  return [container, local, memory];
}

async function openFirst(providers: readonly Loader[], choice: DatabaseChoice): Promise<Database> {
  const failures: { name: string; error: unknown }[] = [];
  for (const load of providers) {
    const { name, open } = await load();
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
