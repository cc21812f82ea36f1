import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { formatUrl } from '../src/database/address';
import { openNamedDatabase } from '../src/database/open';
import { explain } from '../src/fault/explain';
import { guard } from '../src/guardian/guardian';
import { endOnSignals, onExit } from '../src/guardian/orderly';
import { ROOT } from '../src/project';
import { findGo } from '../src/runtime/go-toolchain';
import { commandsOf, run } from './shown-commands';

/** What `init` makes in the other languages, in the folder where docs/adapters.md has been followed. */
const OTHERS: readonly string[] = [
  'npx greenspec init in-typescript --language typescript',
  'cd in-typescript && npm install --no-audit --no-fund ../node_modules/greenspec && npm test',
  `cd in-typescript && ${join(ROOT, 'node_modules', '.bin', 'tsc')} --noEmit --strict --module nodenext --target es2023 --skipLibCheck --types node --typeRoots ${join(ROOT, 'node_modules', '@types')} adapter.ts adapter.test.ts`,
  'cd in-typescript && npx greenspec check --no-mysql -- node adapter.ts',
  'cd in-typescript && npx greenspec run mine --tags @TM-3 -- node adapter.ts',
  'npx greenspec init in-another --language other',
  'cd in-another && python3 -m unittest && grep -q unfinished EXAMPLE.md',
  'npx greenspec check --no-mysql -- python3 in-another/adapter.py',
  'npx greenspec run mine --tags @TM-3 -- python3 in-another/adapter.py || test $? = 1',
];

const IN_GO: readonly string[] = [
  'npx greenspec init in-go --language go',
  'cd in-go && go build -o adapter . && go test',
  'cd in-go && npx greenspec check --no-mysql -- ./adapter',
  'cd in-go && npx greenspec run mine --tags @TM-3 -- ./adapter || test $? = 1',
];

/** Makes the package, and does in an empty folder what docs/adapters.md says; then what it says of other languages. */
async function main(): Promise<void> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  endOnSignals(log);
  const folder = mkdtempSync(join(tmpdir(), 'greenspec-packages-'));
  const unguard = guard({ kind: 'folder', path: folder });
  const clear = async (): Promise<void> => {
    rmSync(folder, { recursive: true, force: true });
    unguard();
  };
  const release = onExit(clear);
  const database = await openNamedDatabase(log);
  try {
    const env = {
      ...process.env,
      GREENSPEC_MYSQL: formatUrl(database.address),
      PATH: [dirname(process.execPath), process.env.PATH, dirname(findGo() ?? '')].join(delimiter),
    };
    run('npm run --silent package', ROOT, env);
    for (const file of readdirSync(join(ROOT, 'build')).filter((name) => name.endsWith('.tgz')))
      copyFileSync(join(ROOT, 'build', file), join(folder, basename(file)));
    const go = findGo();
    if (go === undefined) log('what init makes in Go is NOT tried: there is no Go');
    const commands = [...commandsOf('docs/adapters.md'), ...OTHERS, ...(go === undefined ? [] : IN_GO)];
    for (const command of commands) run(command, folder, env);
    log('the packages work');
  } finally {
    await database.close();
    await clear();
    release();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
