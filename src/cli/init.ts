import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { writeExample } from '../check/example';
import { Fault } from '../fault/fault';
import { CODE, ROOT, suiteVersion } from '../project';
import { shippedRuntimes } from '../runtime/shipped';

export interface InitOptions {
  readonly language: string;
}

/** What an adapter to start from is made of. */
interface Template {
  /** Files of templates/. */
  readonly files: readonly string[];
  /** What installs the SDK into the folder; absent where there is none. */
  readonly install?: string;
  readonly check: string;
  /** Whether the protocol by example goes with it. */
  readonly example: boolean;
}

/** How greenspec is called from another folder. */
const GREENSPEC = CODE === '.js' ? 'npx greenspec' : `node ${join(ROOT, 'bin', 'greenspec.js')}`;

const TEMPLATES: Readonly<Record<string, Template>> = {
  python: {
    files: ['python/adapter.py', 'python/README.md', 'test_adapter.py'],
    install: `python3 -m venv .venv && .venv/bin/python -m pip install ${join(ROOT, 'adapters', 'python')}`,
    check: `${GREENSPEC} check --no-mysql -- .venv/bin/python adapter.py`,
    example: false,
  },
  typescript: {
    files: ['adapter.ts', 'adapter.test.ts', 'package.json', 'README.md'].map((name) => `typescript/${name}`),
    install:
      CODE === '.js'
        ? `npm install ${ROOT}`
        : `npm run --prefix ${ROOT} package && npm install ${join(ROOT, 'build', `greenspec-${suiteVersion()}.tgz`)}`,
    check: 'npx greenspec check --no-mysql -- node adapter.ts',
    example: false,
  },
  go: {
    files: ['main.go', 'main_test.go', 'go.mod.txt', 'README.md'].map((name) => `go/${name}`),
    install: 'go build -o adapter .',
    check: `${GREENSPEC} check --no-mysql -- ./adapter`,
    example: false,
  },
  other: {
    files: ['other/adapter.py', 'other/README.md', 'test_adapter.py'],
    check: `${GREENSPEC} check --no-mysql -- python3 adapter.py`,
    example: true,
  },
};

/** `greenspec init FOLDER --language LANGUAGE`: an adapter that works, to be changed one step after the other. */
export async function init(folder: string, { language }: InitOptions): Promise<number> {
  const template = templateOf(language);
  makeFolder(folder);
  for (const file of template.files) write(file, join(folder, basename(file, '.txt')), template);
  if (template.example) writeFileSync(join(folder, 'EXAMPLE.md'), await writeExample(reference()));
  const here = relative(process.cwd(), resolve(folder)) || '.';
  print(`made in ${here}: ${readdirSync(folder).sort().join(', ')}`);
  print('next:');
  print(`  cd ${here} && ${template.install ?? 'python3 -m unittest'}`);
  print(`  ${template.check}`);
  return 0;
}

function templateOf(language: string): Template {
  const template = Object.hasOwn(TEMPLATES, language) ? TEMPLATES[language] : undefined;
  if (template !== undefined) return template;
  const expected = `one of ${Object.keys(TEMPLATES).join(', ')}`;
  const advice = 'other shows the protocol by example, for any language';
  throw new Fault({
    party: 'user',
    what: 'no adapter to start from in this language',
    expected,
    came: language,
    advice,
  });
}

/** @throws Fault of the user, where it would have to be mixed with what is there */
function makeFolder(folder: string): void {
  if (existsSync(folder) && contents(folder).length > 0)
    throw new Fault({ party: 'user', what: `${folder} is not empty`, expected: 'a new folder, or an empty one' });
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new Fault({ party: 'user', what: `${folder} cannot be made` }, { cause });
  }
}

function contents(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new Fault({ party: 'user', what: `${folder} is no folder` }, { cause });
  }
}

function write(file: string, path: string, template: Template): void {
  const text = readFileSync(join(ROOT, 'templates', file), 'utf8')
    .replaceAll('{{SDK}}', join(ROOT, 'adapters', 'go'))
    .replaceAll('{{GREENSPEC}}', GREENSPEC)
    .replaceAll('{{INSTALL}}', template.install ?? '')
    .replaceAll('{{PROTOCOL}}', join(ROOT, 'docs', 'protocol.md'));
  writeFileSync(path, text);
}

function reference() {
  const [model] = shippedRuntimes();
  if (model === undefined) throw new Error('there is no reference');
  return model.command;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
