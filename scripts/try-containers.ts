import { formatUrl } from '../src/database/address';
import { openNamedDatabase } from '../src/database/open';
import { explain } from '../src/fault/explain';
import { endOnSignals } from '../src/guardian/orderly';
import { ROOT } from '../src/project';
import { commandsOf, run } from './shown-commands';

/** What .ci/base-image builds: it stands in for images that a registry has, and its network is this machine's. */
const BUILD = 'docker build --quiet --network host --build-arg BASE=greenspec/base:ci';

/** Does what docs/containers.md says, where no registry need be in reach. */
async function main(): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  endOnSignals(log);
  const database = await openNamedDatabase(log);
  try {
    const env = { ...process.env, GREENSPEC_MYSQL: formatUrl(database.address) };
    for (const command of commandsOf('docs/containers.md')) run(command.replace(/^docker build/, BUILD), ROOT, env);
    log('containers work');
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
